import { holderOf } from "../../core/access/authority/authority.ts";
import { loadAuthority } from "../../core/access/authority/load-authority.ts";
import type { CoreContext } from "../../core/context.ts";
import { asksOf } from "../../core/sql/asks.ts";
import type { Caller } from "./authenticate.ts";

/** The caller with what they may do now: at the customer, or as an agent of the partner where that is null. */
export async function withAuthority(context: CoreContext, caller: Caller, customerId: string | null): Promise<Caller> {
  const holder = holderOf(caller.actor.authority);
  if (holder === null) return caller;
  const authority = await loadAuthority(asksOf(context.db.pool), holder, customerId, context.now());
  return { ...caller, actor: { ...caller.actor, authority } };
}
