import { symmetricDecrypt, symmetricEncrypt } from "better-auth/crypto";
import type { Resealed } from "../../core/secrets/reseal-passwords.ts";
import type { Database } from "../../db/open-database.ts";
import { envelopePrefix, librarySecrets, type SignInKeys } from "./sign-in-keys.ts";

type TwoFactor = { id: string; secret: string; backupCodes: string };

/**
 * Encrypts anew, under the key of now, the secrets of authenticator apps and the backup codes that are under another key or,
 * from an earlier version of Muster, name none. Safe to break off, and in several processes at once.
 */
export async function resealTwoFactors({ sql }: Pick<Database, "sql">, keys: SignInKeys): Promise<Resealed> {
  const prefix = envelopePrefix(keys);
  const found = await sql<TwoFactor[]>`
    select id, secret, backup_codes as "backupCodes" from two_factors
    where not starts_with(secret, ${prefix}) or not starts_with(backup_codes, ${prefix})`;
  const total = { resealed: 0, lost: 0 };
  for (const { id, secret, backupCodes } of found) {
    const texts = await Promise.all([secret, backupCodes].map((one) => decrypt(one, keys)));
    const [newSecret, newCodes] = await Promise.all(
      texts.map(async (text) => text && (await symmetricEncrypt({ key: libraryKey(keys), data: text }))),
    );
    if (newSecret == null || newCodes == null) {
      total.lost += 1;
      continue;
    }
    // A code that was used meanwhile has changed the others: these are taken the next time.
    await sql`
      update two_factors set secret = ${newSecret}, backup_codes = ${newCodes}
      where id = ${id} and secret = ${secret} and backup_codes = ${backupCodes}`;
    total.resealed += 1;
  }
  return total;
}

function libraryKey(keys: SignInKeys) {
  const secrets = librarySecrets(keys);
  return {
    keys: new Map(secrets.map(({ version, value }) => [version, value])),
    currentVersion: secrets[0]!.version,
  };
}

/** null where neither key opens it. What names no key is tried with each. */
async function decrypt(data: string, keys: SignInKeys): Promise<string | null> {
  const library = libraryKey(keys);
  for (const legacySecret of [keys.current, keys.previous]) {
    if (legacySecret === null) continue;
    try {
      return await symmetricDecrypt({ key: { ...library, legacySecret }, data });
    } catch {
      // The other key may open it.
    }
  }
  return null;
}
