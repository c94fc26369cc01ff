import { listAudit } from "../../core/audit/list-audit.ts";
import { writeAudit } from "../../core/audit/write-audit.ts";
import { search } from "../../core/search/search.ts";
import type { SomeHandlers } from "../http/call.ts";

/** Handlers of the audit and the search. */
export const recordHandlers: SomeHandlers<"listAudit" | "downloadAudit" | "search"> = {
  async listAudit({ door, caller, query }) {
    return { status: 200, body: await listAudit(door.context, caller.actor, query) };
  },

  async downloadAudit({ door, caller, query }) {
    return { status: 200, csv: writeAudit(door.context, caller.actor, query), fileName: "audit.csv" };
  },

  async search({ door, caller, query }) {
    return { status: 200, body: await search(door.context, caller.actor, query) };
  },
};
