import { holderOf } from "../../core/authority/authority.ts";
import { loadAuthority } from "../../core/authority/load-authority.ts";
import type { CoreContext } from "../../core/context.ts";
import type { Caller } from "./authenticate.ts";

/** The caller with what they may do now: at the customer, or as an agent of the partner where that is null. */
export async function withAuthority(context: CoreContext, caller: Caller, customerId: string | null): Promise<Caller> {
  const holder = holderOf(caller.actor.authority);
  if (holder === null) return caller;
  const { pool } = context.db;
  const asks = {
    rows: async <R extends object>(text: string, values: unknown[] = []) => (await pool.query<R>(text, values)).rows,
  };
  const authority = await loadAuthority(asks, holder, customerId, context.now());
  return { ...caller, actor: { ...caller.actor, authority } };
}
