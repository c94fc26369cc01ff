import { symmetricDecrypt, symmetricEncrypt } from "better-auth/crypto";
import { listTwoFactorsWithout, replaceTwoFactor } from "../../core/access/agents/two-factors.ts";
import type { Resealed } from "../../core/secrets/reseal-passwords.ts";
import type { Database } from "../../db/open-database.ts";
import { envelopePrefix, librarySecrets, type SignInKeys } from "./sign-in-keys.ts";

/**
 * Encrypts anew, under the key of now, the secrets of authenticator apps and the backup codes that are under another key or,
 * from an earlier version of Muster, name none. Safe to break off, and in several processes at once.
 */
export async function resealTwoFactors(db: Pick<Database, "sql">, keys: SignInKeys): Promise<Resealed> {
  const total = { resealed: 0, lost: 0 };
  for (const factor of await listTwoFactorsWithout(db, envelopePrefix(keys))) {
    const texts = await Promise.all([factor.secret, factor.backupCodes].map((one) => decrypt(one, keys)));
    const [newSecret, newCodes] = await Promise.all(
      texts.map(async (text) => text && (await symmetricEncrypt({ key: libraryKey(keys), data: text }))),
    );
    if (newSecret == null || newCodes == null) {
      total.lost += 1;
      continue;
    }
    // One that a code used meanwhile has changed is taken the next time.
    await replaceTwoFactor(db, factor, { secret: newSecret, backupCodes: newCodes });
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
