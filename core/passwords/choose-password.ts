import { createHash, timingSafeEqual } from "node:crypto";
import { Problem } from "../../contract/problem.ts";
import { inTransaction, type Tx } from "../../db/in-transaction.ts";
import { unknownActor } from "../actor.ts";
import { recordAct } from "../audit/record-act.ts";
import type { CoreContext } from "../context.ts";
import { userOwner } from "../secrets/secrets.ts";
import { checkPassword } from "../../files/rows/check-password.ts";
import { hashPassword, matchesHash } from "./hash-password.ts";
import { addressToCount, limitAttempts } from "../limits/limit-attempts.ts";
import { sql } from "../../db/sql-text.ts";

type Account = {
  id: string;
  customerId: string;
  userPrincipalName: string;
  sealed: Buffer | null;
  live: boolean;
  hash: string | null;
};

const perAddress = { by: "address", most: 20, seconds: 60 } as const;
const perName = { by: "name", most: 10, seconds: 900 } as const;

/**
 * Lets an account in by its name and its password, temporary or chosen, and gives it a new one. The temporary password
 * is gone afterwards. Both outcomes are in the audit.
 * @throws Problem password_invalid for a new password that breaks the rules or is the old one; rate_limited;
 * unauthenticated, the same after the same time for an unknown, blocked or deleted account, a wrong and an expired password
 */
export async function choosePassword(
  context: CoreContext,
  { name, password, newPassword, address }: { name: string; password: string; newPassword: string; address: string },
): Promise<void> {
  const broken = checkPassword(newPassword);
  if (broken !== null) throw new Problem("password_invalid", broken.message);
  if (newPassword === password) throw new Problem("password_invalid", "The new password is the one that you have.");
  const upn = name.trim().toLowerCase();
  await limitAttempts(context, [
    { what: `account ${addressToCount(address)}`, ...perAddress },
    { what: `account ${upn}`, ...perName },
  ]);
  const account = await findAccount(context, upn);
  const hash = (await knowsPassword(context, account, password)) ? await hashPassword(newPassword) : null;
  const changed = await inTransaction(context.db.pool, async (tx) => {
    const done = account !== null && hash !== null && (await replacePassword(context, tx, account, { password, hash }));
    const actor = account === null ? unknownActor : { id: account.id, name: account.userPrincipalName };
    await recordAct(tx, actor, {
      operation: "choose_password",
      status: done ? "succeeded" : "refused",
      customerId: account?.customerId ?? null,
      ...(account === null ? {} : { userId: account.id }),
      after: { address },
    });
    return done;
  });
  if (!changed)
    throw new Problem("unauthenticated", "The username or the password is wrong, or the password has expired.");
}

async function findAccount({ db, now }: CoreContext, upn: string): Promise<Account | null> {
  if (upn.includes("\0")) return null;
  const [account] = await db.sql<Account[]>`
    select users.id, users.customer_id as "customerId", users.user_principal_name as "userPrincipalName",
      secret.sealed, users.account_enabled and coalesce(secret.expires_at > ${now()}, true) as live, chosen.hash
    from users
    left join temporary_passwords secret on secret.user_id = users.id
    left join user_passwords chosen on chosen.user_id = users.id
    where lower(users.user_principal_name) = ${upn} and users.deleted_at is null`;
  return account ?? null;
}

/** Where there is a temporary password, it alone counts: it was made later than the chosen one. */
async function knowsPassword(context: CoreContext, account: Account | null, password: string): Promise<boolean> {
  const sealed = account?.sealed ?? null;
  // Whatever the account is, one scrypt runs, which takes a hundred times as long as all else.
  const byHash = await matchesHash(password, sealed === null ? (account?.hash ?? null) : null);
  if (account === null || !account.live) return false;
  return sealed === null ? byHash : opensTo(context, account, sealed, password);
}

function opensTo({ secrets }: CoreContext, { customerId, id }: Account, sealed: Buffer, password: string): boolean {
  return equalSecrets(password, secrets.open(sealed, userOwner(customerId, id)));
}

/** Compares in a time that tells nothing, not even the length. */
function equalSecrets(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** False where the account was deleted or blocked, or the password used or replaced, in the meantime. */
async function replacePassword(
  context: CoreContext,
  tx: Tx,
  account: Account,
  { password, hash }: { password: string; hash: string },
): Promise<boolean> {
  // The user first, as all who change one lock it.
  const held = await tx.rows(
    sql`select from users where id = ${account.id} and deleted_at is null and account_enabled for no key update`,
  );
  if (held.length === 0) return false;
  if (!(await spendPassword(context, tx, account, password))) return false;
  await tx.rows(
    sql`insert into user_passwords (user_id, hash) values (${account.id}, ${hash})
     on conflict (user_id) do update set hash = excluded.hash, changed_at = now()`,
  );
  await tx.rows(sql`delete from password_links where user_id = ${account.id}`);
  return true;
}

/** Takes the password that let the account in; false where it is there no more. */
async function spendPassword(context: CoreContext, tx: Tx, account: Account, password: string): Promise<boolean> {
  if (account.sealed === null) {
    const kept = await tx.rows(
      sql`select from user_passwords where user_id = ${account.id} and hash = ${account.hash} for update`,
    );
    return kept.length > 0;
  }
  const [kept] = await tx.rows<{ sealed: Buffer }>(
    sql`select sealed from temporary_passwords where user_id = ${account.id} for update`,
  );
  // The seal may be another by now, where the secret key is being changed.
  if (kept === undefined || !opensTo(context, account, kept.sealed, password)) return false;
  await tx.rows(sql`delete from temporary_passwords where user_id = ${account.id}`);
  return true;
}
