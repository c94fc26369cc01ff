import { inTransaction, type Tx } from "../../db/in-transaction.ts";
import type { Database } from "../../db/open-database.ts";
import type { Secrets } from "./secrets.ts";
import { sql } from "../../db/sql-text.ts";

type Keys = Pick<Secrets, "fingerprint" | "previousFingerprint">;

/**
 * Makes sure that this process has every key that something in the database is sealed under, and notes that from now on
 * things are sealed under its own. The first process ever leaves its key there.
 * @throws Error of one sentence where a key is missing
 */
export async function matchSecretKey({ pool }: Pick<Database, "pool">, keys: Keys): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const { fingerprint } = keys;
    await tx.rows(
      sql`insert into installation (name, value) values ('secret-key', ${fingerprint}) on conflict (name) do nothing`,
    );
    const inUse = await holdKeysInUse(tx);
    refuseMissing(inUse, keys);
    // The last one is what all is to be sealed under; a process that was started with another key gives way.
    await keepKeysInUse(tx, [...inUse.filter((one) => one !== fingerprint), fingerprint]);
  });
}

/** Looks whether this process has every key in use, and changes nothing. @throws Error as `matchSecretKey` does */
export async function examineSecretKey(db: Pick<Database, "sql">, keys: Keys): Promise<void> {
  const [kept] = await db.sql<{ value: string }[]>`select value from installation where name = 'secret-key'`;
  refuseMissing(kept?.value.split(" ") ?? [], keys);
}

/** Tells whether things are to be sealed under the key of this process, and not under that of one started later. */
export async function isNewestKey(db: Pick<Database, "sql">, { fingerprint }: Keys): Promise<boolean> {
  const [kept] = await db.sql<{ value: string }[]>`select value from installation where name = 'secret-key'`;
  return kept?.value.split(" ").at(-1) === fingerprint;
}

/** Notes that nothing is sealed under a key but this process' own; false where one started later has another. */
export async function forgetOtherKeys({ pool }: Pick<Database, "pool">, { fingerprint }: Keys): Promise<boolean> {
  return await inTransaction(pool, async (tx) => {
    const newest = (await holdKeysInUse(tx)).at(-1) === fingerprint;
    if (newest) await keepKeysInUse(tx, [fingerprint]);
    return newest;
  });
}

async function holdKeysInUse(tx: Tx): Promise<string[]> {
  const [kept] = await tx.rows<{ value: string }>(
    sql`select value from installation where name = 'secret-key' for update`,
  );
  return kept?.value.split(" ") ?? [];
}

async function keepKeysInUse(tx: Tx, fingerprints: readonly string[]): Promise<void> {
  const value = fingerprints.join(" ");
  await tx.rows(sql`update installation set value = ${value} where name = 'secret-key' and value <> ${value}`);
}

function refuseMissing(inUse: readonly string[], keys: Keys): void {
  if (inUse.some((one) => one !== keys.fingerprint && one !== keys.previousFingerprint)) {
    throw new Error(keyMissing(inUse, keys));
  }
}

function keyMissing(inUse: readonly string[], { fingerprint, previousFingerprint }: Keys): string {
  if (inUse.length > 1) {
    return "The secret key is being changed, and not everything is sealed with the new key yet: set MUSTER_SECRET_KEY to the new key and MUSTER_SECRET_KEY_PREVIOUS to the old one until the log says that the old one can go.";
  }
  if (previousFingerprint !== null && !inUse.includes(fingerprint)) {
    return "Neither MUSTER_SECRET_KEY nor MUSTER_SECRET_KEY_PREVIOUS is the key that this database is sealed under: temporary passwords would not open. Give that key as one of the two.";
  }
  return "MUSTER_SECRET_KEY is not the key that this database is sealed under: temporary passwords would not open. Give that key again or, to change it, give it as MUSTER_SECRET_KEY_PREVIOUS beside the new one.";
}
