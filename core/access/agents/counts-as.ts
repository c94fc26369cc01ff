import { Problem } from "../../../contract/problem.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import type { Actor } from "../../actor.ts";

/** How long an agent counts as whoever let them in. */
const hours = 24;

/**
 * Notes that `actor` has made an agent, or let them in again: whoever does so has that sign-in in hand. An actor who counts as
 * another agent stands for that one, so that no chain of agents leads away from whoever began it. Nobody has in hand whom the
 * token of the environment lets in.
 */
export async function noteLetIn(tx: Pick<Tx, "rows">, { authority }: Actor, agentId: string, now: Date): Promise<void> {
  const by = authority.kind === "agent" ? await countsAs(tx, authority.agentId, now) : null;
  await tx.rows(sql`update agents set let_in_by = ${by}, let_in_at = ${now} where id = ${agentId}`);
}

/**
 * Gives the id of the agent as whom `actorId` counts where two agents are asked for: for a day whoever made them or let them in
 * again, and themselves otherwise.
 */
export async function countsAs(tx: Pick<Tx, "rows">, actorId: string, now: Date): Promise<string> {
  const since = new Date(now.getTime() - hours * 3_600_000);
  const [found] = await tx.rows<{ letInBy: string }>(sql`
    select let_in_by as "letInBy" from agents
    where id::text = ${actorId} and let_in_by is not null and let_in_at > ${since}`);
  return found?.letInBy ?? actorId;
}

/** What refuses the second yes of an agent who counts as the one who asked, `asker`; `advice` says who can give it. */
export function countAsOne(asker: string, advice: string): Problem {
  const why = `You and ${asker} count as one agent for now: for a day, whoever was made or let in again by another agent counts as that one.`;
  return new Problem("approval_related", `${why} ${advice}`);
}
