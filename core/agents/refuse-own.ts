import { Problem } from "../../contract/problem.ts";
import type { Actor } from "../actor.ts";

/** Goes on only where none of the agents is the one who acts: nobody raises their own authority. @throws Problem forbidden */
export function refuseOwn({ authority }: Actor, agentIds: readonly string[]): void {
  if (authority.kind === "unrestricted" || !agentIds.includes(authority.agentId)) return;
  throw new Problem("forbidden", "forbidden: needs another Admin agent, because nobody raises their own authority");
}
