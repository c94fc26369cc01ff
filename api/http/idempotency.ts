import { createHash } from "node:crypto";
import type { Database } from "../../db/open-database.ts";
import { Problem } from "../../contract/problem.ts";

/** One use of an idempotency key: keys of different callers or routes have nothing to do with each other. */
export type KeyUse = { caller: string; route: string; key: string };

/** What a write left behind: the id of the batch or thing, and what is shown only to the first caller. */
export type Made = { id: string; shownOnce?: Record<string, unknown> };

const abandonedSeconds = 60;
const touchMs = 20_000;

/**
 * Runs `act` once for each key within 24 hours and gives its id; to a repeat, the id of the first run. `hash` gives the
 * hash of the request; for a streamed body it reads to the end, so it is asked after `act` or for a repeat alone.
 * @throws Problem idempotency_key_reused, idempotency_in_flight; whatever `act` throws, and then the key is free again
 */
export async function once(
  db: Database,
  use: KeyUse,
  hash: () => Promise<string> | string,
  act: () => Promise<Made>,
): Promise<{ made: Made; repeated: boolean }> {
  const earlier = await claim(db, use);
  if (earlier !== null) {
    if (earlier.bodyHash !== (await hash())) {
      throw new Problem("idempotency_key_reused", "Use a new Idempotency-Key for a request that is not the same");
    }
    return { made: { id: earlier.resultId }, repeated: true };
  }
  // A process that dies leaves its key untouched from then on, and a minute later it is free.
  const timer = setInterval(() => void touch(db, use).catch(() => undefined), touchMs).unref();
  try {
    const made = await act();
    await settle(db, use, await hash(), made.id);
    return { made, repeated: false };
  } catch (error) {
    await release(db, use).catch(() => undefined);
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** Hash of what a request asks for: its address and its body. */
export function hashRequest(parts: unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
}

async function claim(db: Database, use: KeyUse): Promise<{ resultId: string; bodyHash: string } | null> {
  const { sql } = db;
  const claimed = await sql`
    insert into idempotency_keys (caller, route, key, body_hash) values (${use.caller}, ${use.route}, ${use.key}, '')
    on conflict (caller, route, key) do update set body_hash = '', result_id = null, created_at = now()
    where idempotency_keys.created_at < now() - interval '24 hours'
      or (idempotency_keys.result_id is null
          and idempotency_keys.created_at < now() - make_interval(secs => ${abandonedSeconds}))
    returning 1`;
  if (claimed.length > 0) return null;
  const found = await sql<{ resultId: string | null; bodyHash: string }[]>`
    select result_id as "resultId", body_hash as "bodyHash" from idempotency_keys
    where caller = ${use.caller} and route = ${use.route} and key = ${use.key}`;
  const earlier = found[0];
  if (earlier === undefined || earlier.resultId === null) {
    throw new Problem("idempotency_in_flight", "The first request with this key is not done yet; ask again in a while");
  }
  return { resultId: earlier.resultId, bodyHash: earlier.bodyHash };
}

async function touch({ sql }: Database, use: KeyUse): Promise<void> {
  await sql`update idempotency_keys set created_at = now()
    where caller = ${use.caller} and route = ${use.route} and key = ${use.key} and result_id is null`;
}

async function settle({ sql }: Database, use: KeyUse, bodyHash: string, resultId: string): Promise<void> {
  await sql`update idempotency_keys set body_hash = ${bodyHash}, result_id = ${resultId}, created_at = now()
    where caller = ${use.caller} and route = ${use.route} and key = ${use.key}`;
}

async function release({ sql }: Database, use: KeyUse): Promise<void> {
  await sql`delete from idempotency_keys
    where caller = ${use.caller} and route = ${use.route} and key = ${use.key} and result_id is null`;
}
