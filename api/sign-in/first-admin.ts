import { randomBytes } from "node:crypto";
import { insertFirstAdmin } from "../../core/access/agents/insert-first-admin.ts";
import type { Database } from "../../db/open-database.ts";
import type { SignIn } from "./sign-in.ts";

/** The first Admin agent, where this start made one; `generatedPassword` is to be shown once and kept nowhere. */
export type FirstAdmin = { email: string; generatedPassword: string | null };

/**
 * Makes the first Admin agent where there is no agent at all, and gives null where there is one. Without an address it
 * is admin@muster.local, without a password one of 120 random bits is made. Two processes that start at once make one.
 */
export async function ensureFirstAdmin(
  db: Pick<Database, "pool">,
  signIn: Pick<SignIn, "hashPassword">,
  wanted: { email: string | null; password: string | null },
): Promise<FirstAdmin | null> {
  const email = (wanted.email ?? "admin@muster.local").toLowerCase();
  const password = wanted.password ?? randomBytes(15).toString("base64url");
  const hash = await signIn.hashPassword(password);
  const made = await insertFirstAdmin(db, email, hash);
  return made ? { email, generatedPassword: wanted.password === null ? password : null } : null;
}
