import { exampleIds } from "./example-ids.ts";
import type { SomeExamples } from "./example.ts";

const { customerId, userId, batchId, agentId } = exampleIds;

/** Examples of questions to the audit and to the search. */
export const recordExamples: SomeExamples<"listAudit" | "downloadAudit" | "search"> = {
  listAudit: {
    user: { summary: "What was done to one user", query: { userId } },
    batch: { summary: "Who downloaded passwords of a batch", query: { batchId, operation: "download_passwords" } },
    agent: {
      summary: "What an agent did at a customer in the first half of May",
      query: { agentId, customerId, since: "2026-05-01T00:00:00Z", until: "2026-05-16T00:00:00Z" },
    },
  },
  downloadAudit: {
    deletions: {
      summary: "All users of a customer that were deleted since New Year",
      query: { customerId, operation: "delete_customer_user", since: "2026-01-01T00:00:00+01:00" },
    },
  },
  search: { person: { summary: "José Núñez, found without his accents", query: { q: "jose nunez", limit: 10 } } },
};
