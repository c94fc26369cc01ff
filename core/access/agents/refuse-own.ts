import { Problem } from "../../../contract/problem.ts";
import type { Actor } from "../../actor.ts";

/**
 * Goes on only where none of the agents is the one who acts. `reason` ends the sentence that refuses the others. Asked here,
 * because who is in a group, or holds a grant, is read in the transaction that changes it.
 * @throws Problem forbidden
 */
export function refuseOwn(
  { authority }: Actor,
  agentIds: readonly string[],
  reason = ", because nobody raises their own authority",
): void {
  if (authority.kind === "unrestricted" || !agentIds.includes(authority.agentId)) return;
  throw new Problem("forbidden", `Needs another Admin agent${reason}`);
}
