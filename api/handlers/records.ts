import { recordAct } from "../../core/audit/record-act.ts";
import { listAudit } from "../../core/audit/read/list-audit.ts";
import { writeAudit } from "../../core/audit/read/write-audit.ts";
import { readableCustomers } from "../../core/access/authority/readable-customers.ts";
import { search } from "../../core/directory/search/search.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import type { SomeHandlers } from "../http/call.ts";

/** Handlers of the audit and the search. */
export const recordHandlers: SomeHandlers<"listAudit" | "downloadAudit" | "search"> = {
  async listAudit({ api, caller, query }) {
    const readable = await readableCustomers(api.context, caller.actor, "partner");
    return { status: 200, body: await listAudit(api.context, readable, query) };
  },

  async downloadAudit({ api, caller, query }) {
    const { actor } = caller;
    const readable = await readableCustomers(api.context, actor, "partner");
    await inTransaction(api.context.db.pool, async (tx) => {
      await recordAct(tx, actor, { operation: "download_audit", customerId: query.customerId ?? null, after: query });
    });
    return { status: 200, csv: writeAudit(api.context, readable, query), fileName: "audit.csv" };
  },

  async search({ api, caller, query }) {
    const readable = await readableCustomers(api.context, caller.actor, "grant");
    return { status: 200, body: await search(api.context, readable, query) };
  },
};
