import type { Database } from "../../../db/open-database.ts";
import type { CoreContext } from "../../context.ts";

/** The secret of an agent's authenticator app and the backup codes, as the sign-in library has encrypted them. */
export type TwoFactor = { id: string; secret: string; backupCodes: string };

/** Gives all second factors of which something does not start with `prefix`, which names the key of now. */
export async function listTwoFactorsWithout({ sql }: Pick<Database, "sql">, prefix: string): Promise<TwoFactor[]> {
  return await sql<TwoFactor[]>`
    select id, secret, backup_codes as "backupCodes" from two_factors
    where not starts_with(secret, ${prefix}) or not starts_with(backup_codes, ${prefix})`;
}

/** Writes the second factor encrypted anew, unless a code that was used meanwhile has changed the others. */
export async function replaceTwoFactor(
  { sql }: Pick<Database, "sql">,
  { id, secret, backupCodes }: TwoFactor,
  anew: Omit<TwoFactor, "id">,
): Promise<void> {
  await sql`
    update two_factors set secret = ${anew.secret}, backup_codes = ${anew.backupCodes}
    where id = ${id} and secret = ${secret} and backup_codes = ${backupCodes}`;
}

/** Gives until when wrong codes have locked the second factor of the agent, null where none have. */
export async function codesLockedUntil({ db, now }: CoreContext, agentId: string): Promise<Date | null> {
  const [lock] = await db.sql<{ until: Date }[]>`
    select locked_until as until from two_factors where user_id = ${agentId} and locked_until > ${now()}`;
  return lock?.until ?? null;
}
