import { randomBytes } from "node:crypto";
import { inTransaction } from "../../db/in-transaction.ts";
import { newId } from "../../db/new-id.ts";
import type { Database } from "../../db/open-database.ts";
import type { SignIn } from "./sign-in.ts";

/** The first Admin agent, where this start made one; `generatedPassword` is to be shown once and kept nowhere. */
export type FirstAdmin = { email: string; generatedPassword: string | null };

/**
 * Makes the first Admin agent where there is no agent at all, and gives null where there is one. Without an address it
 * is admin@muster.local, without a password one of 120 random bits is made. Two processes that start at once make one.
 */
export async function ensureFirstAdmin(
  db: Database,
  signIn: Pick<SignIn, "hashPassword">,
  wanted: { email: string | null; password: string | null },
): Promise<FirstAdmin | null> {
  const email = (wanted.email ?? "admin@muster.local").toLowerCase();
  const password = wanted.password ?? randomBytes(15).toString("base64url");
  const hash = await signIn.hashPassword(password);
  const made = await inTransaction(db.pool, async (tx) => {
    await tx.rows("lock table agents in share row exclusive mode");
    const found = await tx.rows("select 1 from agents limit 1");
    if (found.length > 0) return false;
    const id = newId();
    await tx.rows(
      "insert into agents (id, name, email, email_verified, partner_role) values ($1, $2, $3, true, 'adminAgent')",
      [id, email.slice(0, email.indexOf("@")), email],
    );
    await tx.rows(
      "insert into accounts (id, user_id, account_id, provider_id, password) values ($1, $2, $3, 'credential', $4)",
      [newId(), id, id, hash],
    );
    return true;
  });
  return made ? { email, generatedPassword: wanted.password === null ? password : null } : null;
}
