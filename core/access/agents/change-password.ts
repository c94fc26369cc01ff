import { Problem } from "../../../contract/problem.ts";
import { inTransaction, type Tx } from "../../../db/in-transaction.ts";
import type { Who } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import type { CoreContext } from "../../context.ts";
import { limitAttempts } from "../../limits/limit-attempts.ts";
import { endKeys } from "./api-keys.ts";
import { sql } from "../../../db/sql-text.ts";

/** How passwords of agents are hashed, and checked against such a hash. */
type PasswordHashes = {
  hashPassword(password: string): Promise<string>;
  matchesPassword(hash: string, password: string): Promise<boolean>;
};

type PasswordChange = { currentPassword: string; newPassword: string; endApiKeys: boolean };

const perAgent = { by: "name", most: 10, seconds: 60 } as const;

/**
 * Changes an agent's own password where the current one is right. All sessions end but the one that asks, `sessionId`; API
 * keys stay, unless `endApiKeys` says so. Both outcomes are in the audit.
 * @throws Problem agent_without_password, rate_limited; body_invalid where the current password is wrong
 */
export async function changePassword(
  context: CoreContext,
  hashes: PasswordHashes,
  agent: Who,
  sessionId: string,
  { currentPassword, newPassword, endApiKeys }: PasswordChange,
): Promise<void> {
  await limitAttempts(context, [{ what: `change password ${agent.id}`, ...perAgent }]);
  const [account] = await context.db.sql<{ hash: string }[]>`
    select password as hash from accounts
    where user_id = ${agent.id} and provider_id = 'credential' and password is not null`;
  if (account === undefined) {
    throw new Problem("agent_without_password", "You sign in through the OpenID Connect provider: change it there.");
  }
  const newHash = (await hashes.matchesPassword(account.hash, currentPassword))
    ? await hashes.hashPassword(newPassword)
    : null;
  const changed = await inTransaction(context.db.pool, async (tx) => {
    const done = newHash !== null && (await replaceHash(tx, agent.id, account.hash, newHash));
    const ended = done && endApiKeys ? await endKeys(tx, agent, agent.id, null) : 0;
    if (done) await tx.rows(sql`delete from sessions where user_id = ${agent.id} and id <> ${sessionId}`);
    const status = done ? "succeeded" : "refused";
    const after = { agentId: agent.id, ...(done && endApiKeys ? { apiKeysEnded: ended } : {}) };
    await recordAct(tx, agent, { operation: "change_password", status, customerId: null, after });
    return done;
  });
  if (changed) return;
  const message = "The current password is wrong.";
  throw new Problem("body_invalid", message, { errors: [{ column: "currentPassword", message }] });
}

/** False where the password was replaced in the meantime. */
async function replaceHash(tx: Tx, agentId: string, before: string, after: string): Promise<boolean> {
  const replaced = await tx.rows(
    sql`update accounts set password = ${after}, updated_at = now()
     where user_id = ${agentId} and provider_id = 'credential' and password = ${before} returning id`,
  );
  // Whoever gave the former password, and owes the code still, is not signed in by it any more.
  if (replaced.length > 0) await tx.rows(sql`delete from verifications where value = ${agentId}`);
  return replaced.length > 0;
}
