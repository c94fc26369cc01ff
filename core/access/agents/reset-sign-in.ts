import { Problem } from "../../../contract/problem.ts";
import { inTransaction, type Tx } from "../../../db/in-transaction.ts";
import type { Actor } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import type { CoreContext } from "../../context.ts";
import { forgetAttempts, signInTries } from "../../limits/limit-attempts.ts";
import { endKeys } from "./api-keys.ts";
import { noteLetIn } from "./counts-as.ts";
import { heldRoles, refuseHigher } from "./refuse-higher.ts";
import { refuseOwn } from "./refuse-own.ts";
import { sql } from "../../../db/sql-text.ts";

/**
 * Lets another agent in again: with the password of this hash where there is one, without the second factor where
 * `twoFactor` says so, and whatever wrong passwords and codes have locked. All their sessions end, and their API keys unless `keepApiKeys` says so; their grants stay.
 * @throws Problem forbidden for one's own sign-in and for an agent who holds more, not_found, agent_without_password
 */
export async function resetSignIn(
  context: CoreContext,
  actor: Actor,
  agentId: string,
  { passwordHash, twoFactor, keepApiKeys }: { passwordHash: string | null; twoFactor: boolean; keepApiKeys: boolean },
): Promise<void> {
  refuseOwn(actor, [agentId], "; your own sign-in goes by /api/auth/change-password and /api/auth/two-factor/disable");
  await inTransaction(context.db.pool, async (tx) => {
    const [found] = await tx.rows<{ twoFactorEnabled: boolean; email: string }>(
      sql`select two_factor_enabled as "twoFactorEnabled", email from agents where id = ${agentId} for update`,
    );
    if (found === undefined) throw new Problem("not_found", "There is no such agent.");
    const now = context.now();
    await refuseHigher(
      tx,
      actor,
      await heldRoles(tx, agentId, now),
      now,
      "nobody gets hold of the sign-in of who holds more",
    );
    if (passwordHash !== null) {
      const set = await tx.rows(
        sql`update accounts set password = ${passwordHash}, updated_at = now()
         where user_id = ${agentId} and provider_id = 'credential' returning id`,
      );
      if (set.length === 0) {
        throw new Problem(
          "agent_without_password",
          "The agent signs in through the OpenID Connect provider alone, and lost access is mended there.",
        );
      }
    }
    if (twoFactor) {
      await tx.rows(sql`delete from two_factors where user_id = ${agentId}`);
      await tx.rows(sql`update agents set two_factor_enabled = false, updated_at = now() where id = ${agentId}`);
    }
    await noteLetIn(tx, actor, agentId, now);
    await liftLocks(tx, agentId, found.email);
    await tx.rows(sql`delete from sessions where user_id = ${agentId}`);
    // Whoever gave the former password, and owes the code still, is not signed in by it any more.
    await tx.rows(sql`delete from verifications where value = ${agentId}`);
    const apiKeysEnded = keepApiKeys ? 0 : await endKeys(tx, actor, agentId, null);
    const after = {
      agentId,
      passwordReset: passwordHash !== null,
      apiKeysEnded,
      ...(twoFactor ? { twoFactorEnabled: false } : {}),
    };
    const before = { agentId, twoFactorEnabled: found.twoFactorEnabled };
    await recordAct(tx, actor, { operation: "reset_sign_in", customerId: null, before, after });
    await actor.recordResult?.(tx, agentId);
  });
}

/** What others guessed meanwhile must not keep the agent out. */
async function liftLocks(tx: Tx, agentId: string, email: string): Promise<void> {
  await forgetAttempts(tx, [signInTries(email)]);
  await tx.rows(
    sql`update two_factors set failed_verification_count = 0, locked_until = null where user_id = ${agentId}`,
  );
}
