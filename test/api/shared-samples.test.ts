import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Batch, CauseCount } from "../../contract/batch.ts";
import type { ProblemDocument } from "../../contract/problem-document.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { canReadSamples, fieldSamples } from "../support/field-samples.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

/** The customer's own domain, which is another one in each run. */
const own = "(the customer's own)";

type Sample = {
  file: string;
  domain?: string;
  upnPattern?: string;
  mapping?: Record<string, string | null>;
  /** Rows by what the plan says of them, the counts of its causes, and how many users there are in the end. */
  gives: { create: number; invalid: number; causes: Record<string, number>; succeeded: number } | { refused: string };
};

const upnPattern = "{givenName}.{surname}";
const none = {};
const samples: Sample[] = [
  {
    file: "entra-bulk-create.csv",
    gives: { create: 0, invalid: 10, causes: { upn_invalid: 10 }, succeeded: 0 },
  },
  { file: "entra-bulk-create.csv", domain: own, gives: { create: 10, invalid: 0, causes: none, succeeded: 10 } },
  {
    file: "entra-bulk-create-699.csv",
    gives: { create: 0, invalid: 697, causes: { upn_invalid: 697 }, succeeded: 0 },
  },
  // All its passwords are of digits and capitals alone.
  {
    file: "entra-bulk-create-699.csv",
    domain: own,
    gives: { create: 0, invalid: 697, causes: { password_invalid: 697 }, succeeded: 0 },
  },
  {
    file: "entra-bulk-create-699.csv",
    domain: own,
    mapping: { "Initial password [passwordProfile] Required": null },
    // Its sign-in names are first names, of which many are alike.
    gives: { create: 507, invalid: 190, causes: { duplicate_in_file: 190 }, succeeded: 507 },
  },
  {
    file: "entra-bulk-create-699.csv",
    upnPattern,
    mapping: {
      "Initial password [passwordProfile] Required": null,
      "User name [userPrincipalName] Required": null,
    },
    gives: { create: 697, invalid: 0, causes: none, succeeded: 697 },
  },
  {
    file: "people-without-upn-2500.csv",
    gives: { create: 0, invalid: 2500, causes: { required_missing: 2500 }, succeeded: 0 },
  },
  {
    file: "people-without-upn-2500.csv",
    upnPattern,
    gives: { create: 2500, invalid: 0, causes: none, succeeded: 2500 },
  },
  // Eleven people stand in it a second time, or have a namesake: that is for the agent to say.
  {
    file: "username-without-domain-200.csv",
    gives: { create: 189, invalid: 11, causes: { duplicate_in_file: 11 }, succeeded: 189 },
  },
  {
    file: "username-without-domain-200.csv",
    upnPattern,
    mapping: { username: null },
    gives: { create: 200, invalid: 0, causes: none, succeeded: 200 },
  },
  { file: "username-department-3.csv", gives: { create: 3, invalid: 0, causes: none, succeeded: 3 } },
  {
    file: "french-headers-json-cells.csv",
    gives: { create: 0, invalid: 8, causes: { domain_unverified: 8 }, succeeded: 0 },
  },
  { file: "french-headers-json-cells.csv", domain: own, gives: { create: 8, invalid: 0, causes: none, succeeded: 8 } },
  { file: "header-only-semicolon.csv", gives: { refused: "upload_header_only" } },
];

it.runIf(canReadSamples("npx vitest run test/api/shared-samples.test.ts")).each(samples)(
  "$file gives what it should, with domain $domain, upnPattern $upnPattern and mapping $mapping",
  async ({ file, domain, mapping, gives, ...options }) => {
    const customer = await app.makeCustomer();
    const query = new URLSearchParams({ operation: "create-users", ...options });
    if (domain === own) query.set("domain", customer.domain);
    if (mapping !== undefined) query.set("mapping", JSON.stringify(mapping));
    const path = `/v1/customers/${customer.id}/uploads?${query.toString()}`;
    const answer = await app.request<Batch | ProblemDocument>(path, { csv: readFileSync(fieldSamples + file) });
    expect("code" in answer.body ? { refused: answer.body.code } : await outcomeOf(answer.body)).toEqual(gives);
  },
);

/** What `batch` plans, and what becomes of it once it is applied. */
async function outcomeOf({ id, plan: { create, invalid } }: Batch): Promise<Sample["gives"]> {
  const { body } = await app.request<{ items: CauseCount[] }>(`/v1/batches/${id}/causes`);
  const causes = Object.fromEntries(body.items.map(({ code, rows }) => [code, rows]));
  // A plan in which every row fails is not started.
  if (create > 0) await app.apply(id);
  const { succeeded } = create > 0 ? (await app.finished(id)).totals : { succeeded: 0 };
  return { create, invalid, causes, succeeded };
}
