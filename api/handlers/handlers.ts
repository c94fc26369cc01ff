import type { Handlers } from "../http/call.ts";
import { apiKeyHandlers } from "./api-keys.ts";
import { authorityHandlers } from "./authority.ts";
import { batchHandlers } from "./batches.ts";
import { bundleHandlers } from "./bundles.ts";
import { catalogHandlers } from "./catalog.ts";
import { customerHandlers } from "./customers.ts";
import { intakeHandlers } from "./intake.ts";
import { handOffHandlers } from "./hand-off.ts";
import { overviewHandlers } from "./overview.ts";
import { recordHandlers } from "./records.ts";
import { signInHandlers } from "./sign-in.ts";
import { systemHandlers } from "./system.ts";
import { userActHandlers } from "./user-acts.ts";
import { twoFactorHandlers } from "./two-factor.ts";
import { userHandlers } from "./users.ts";
import { webhookHandlers } from "./webhooks.ts";

/** The handler of every route; the compiler tells when one is missing. */
export const handlers: Handlers = {
  ...systemHandlers,
  ...signInHandlers,
  ...twoFactorHandlers,
  ...apiKeyHandlers,
  ...authorityHandlers,
  ...customerHandlers,
  ...userHandlers,
  ...userActHandlers,
  ...overviewHandlers,
  ...intakeHandlers,
  ...batchHandlers,
  ...bundleHandlers,
  ...recordHandlers,
  ...handOffHandlers,
  ...catalogHandlers,
  ...webhookHandlers,
};
