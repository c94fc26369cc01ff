import { Problem } from "../../contract/problem.ts";
import type { Actor } from "../../core/actor.ts";
import { type Act, may } from "../../core/authority/may.ts";

/**
 * Goes on only where the actor may do `act` at the customer.
 * @throws Problem forbidden, which names what is missing
 */
export function requireMay(actor: Actor, act: Act, customerId: string | null): void {
  const verdict = may(actor, act, customerId);
  if (!verdict.allowed) throw new Problem("forbidden", `needs ${verdict.missing}`);
}
