import { authorityExamples } from "./examples/authority-examples.ts";
import { batchExamples } from "./examples/batch-examples.ts";
import { bundleExamples } from "./examples/bundle-examples.ts";
import { customerExamples } from "./examples/customer-examples.ts";
import type { RequestExamples } from "./examples/example.ts";
import { handOffExamples } from "./examples/hand-off-examples.ts";
import { newBatchExamples } from "./examples/new-batch-examples.ts";
import { overviewExamples } from "./examples/overview-examples.ts";
import { recordExamples } from "./examples/record-examples.ts";
import { signInExamples } from "./examples/sign-in-examples.ts";
import { twoFactorExamples } from "./examples/two-factor-examples.ts";
import { userActExamples } from "./examples/user-act-examples.ts";
import { webhookExamples } from "./examples/webhook-examples.ts";

/** Requests to learn from, by route; a test sends each of them. */
export const requestExamples: RequestExamples = {
  ...signInExamples,
  ...twoFactorExamples,
  ...authorityExamples,
  ...customerExamples,
  ...userActExamples,
  ...overviewExamples,
  ...newBatchExamples,
  ...batchExamples,
  ...bundleExamples,
  ...recordExamples,
  ...handOffExamples,
  ...webhookExamples,
};
