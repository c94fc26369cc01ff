import { hkdfSync, randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "../../db/open-database.ts";

/** Gives the secret key kept in `dataDir`, making one at the first start; only its owner may read the file. */
export async function keptSecretKey(dataDir: string): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  const file = join(dataDir, "secret.key");
  try {
    await writeFile(file, randomBytes(32).toString("base64"), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return (await readFile(file, "utf8")).trim();
}

/**
 * Makes sure that the database was sealed under the key of this fingerprint; the first to come leaves its own there.
 * @throws Error of one sentence where another key was.
 */
export async function matchSecretKey(db: Database, fingerprint: string): Promise<void> {
  await db.sql`
    insert into installation (name, value) values ('secret-key', ${fingerprint}) on conflict (name) do nothing`;
  const [kept] = await db.sql<{ value: string }[]>`select value from installation where name = 'secret-key'`;
  if (kept?.value !== fingerprint) {
    throw new Error(
      "MUSTER_SECRET_KEY is not the key that this database was first used with: temporary passwords would not open. Give the first key again.",
    );
  }
}

/** A key for one more purpose, drawn from the secret key; it tells nothing about the secret or the other purposes. */
export function purposeKey(secretKey: string, purpose: string): string {
  return Buffer.from(hkdfSync("sha256", secretKey, "muster", purpose, 32)).toString("base64url");
}
