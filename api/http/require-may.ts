import { Problem } from "../../contract/problem.ts";
import type { Actor } from "../../core/actor.ts";
import { mayBegin } from "../../core/authority/may.ts";
import type { Act } from "../../core/authority/rules.ts";

/**
 * Goes on only where the actor may do `act` at the customer, null for the partner's own records.
 * @throws Problem forbidden, which names what is missing
 */
export function requireMay({ authority }: Pick<Actor, "authority">, act: Act, customerId: string | null): void {
  if (authority.kind === "agent" && customerId !== null && authority.at?.customerId !== customerId) {
    throw new Error("the authority at hand was loaded for another customer");
  }
  const verdict = mayBegin(authority, act);
  if (!verdict.allowed) throw new Problem("forbidden", `Needs ${verdict.missing}`);
}
