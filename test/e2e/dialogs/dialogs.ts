import { agentDialogs } from "./agent-dialogs.ts";
import { batchDialogs } from "./batch-dialogs.ts";
import { customerDialogs } from "./customer-dialogs.ts";
import type { DialogEntry } from "./dialog-entry.ts";
import { frameDialogs } from "./frame-dialogs.ts";
import { userDialogs } from "./user-dialogs.ts";
import { webhookDialogs } from "./webhook-dialogs.ts";

/** Every dialog, panel, pane, step of a wizard and open menu of the pages, by name. The last one ends the session. */
export const dialogs: Readonly<Record<string, DialogEntry>> = {
  ...userDialogs,
  ...batchDialogs,
  ...customerDialogs,
  ...agentDialogs,
  ...webhookDialogs,
  ...frameDialogs,
};
