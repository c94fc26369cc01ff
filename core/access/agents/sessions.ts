import { Problem } from "../../../contract/problem.ts";
import type { Session } from "../../../contract/routes/sign-in-routes.ts";
import { inTransaction } from "../../../db/in-transaction.ts";
import type { Who } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import type { CoreContext } from "../../context.ts";
import { sql } from "../../../db/sql-text.ts";

type SessionRecord = Omit<Session, "createdAt" | "expiresAt" | "current"> & { createdAt: Date; expiresAt: Date };

/** Gives the sign-ins of an agent that have not ended, the latest first; `currentId` is the one that asks, or null. */
export async function listSessions(
  { db, now }: CoreContext,
  agentId: string,
  currentId: string | null,
): Promise<Session[]> {
  const records = await db.sql<SessionRecord[]>`
    select id, ip_address as "ipAddress", user_agent as "userAgent", created_at as "createdAt", expires_at as "expiresAt"
    from sessions where user_id = ${agentId} and expires_at > ${now()} order by created_at desc, id limit 500`;
  return records.map(({ createdAt, expiresAt, ...session }) => ({
    ...session,
    current: session.id === currentId,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }));
}

/** Ends a sign-in of the one who acts. @throws Problem not_found */
export async function endSession(context: CoreContext, who: Who, sessionId: string): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    const ended = await tx.rows(sql`delete from sessions where id = ${sessionId} and user_id = ${who.id} returning id`);
    if (ended.length === 0) throw new Problem("not_found", "There is no such sign-in.");
    await recordAct(tx, who, { operation: "end_session", customerId: null, before: { sessionId } });
  });
}
