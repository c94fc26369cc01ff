import { createHash } from "node:crypto";
import { Problem } from "../../contract/problem.ts";
import type { Settle } from "../../core/actor.ts";
import { newId } from "../../db/new-id.ts";
import type { Database } from "../../db/open-database.ts";

/** One use of an idempotency key: keys of different callers or routes have nothing to do with each other. */
export type KeyUse = { caller: string; route: string; key: string };

/**
 * What a write left behind: the id of the batch or thing, and what is for the first request alone: values to be shown, or a
 * file to be streamed.
 */
export type Made = { id: string; shownOnce?: Record<string, unknown>; csv?: AsyncIterable<string> };

/** `repeated`: an earlier request under the same key has done it, and what was shown once is not shown again. */
export type MadeOnce = Made & { repeated: boolean };

const abandonedSeconds = 60;
const touchMs = 20_000;

/**
 * Runs `act` once for each key within 24 hours and gives its id; to a repeat, the id of the first run. `act` settles the key
 * in the very transaction of its effect, so that both last or neither: whatever breaks, a key is free again only where
 * nothing was done. `hash` gives the hash of the request; for a streamed body it reads to the end, so it is asked when the
 * key is settled, or for a repeat.
 * @throws Problem idempotency_key_reused, idempotency_in_flight; whatever `act` throws
 */
export async function once(
  db: Database,
  use: KeyUse,
  hash: () => Promise<string> | string,
  act: (settle: Settle) => Promise<Made>,
): Promise<MadeOnce> {
  const claim = newId();
  const earlier = await take(db, use, claim);
  if (earlier !== null) {
    if (earlier.bodyHash !== (await hash())) {
      throw new Problem("idempotency_key_reused", "Use a new Idempotency-Key for a request that is not the same");
    }
    return { id: earlier.resultId, repeated: true };
  }
  // A process that dies leaves its key untouched from then on, and a minute later it is free.
  const timer = setInterval(() => void touch(db, use, claim).catch(() => undefined), touchMs).unref();
  let settled = false;
  try {
    const made = await act(async (tx, resultId) => {
      const written = await tx.rows(settleSql, [use.caller, use.route, use.key, claim, await hash(), resultId]);
      // Whoever took this request for dead has the key by now, and what this one did is undone.
      if (written.length === 0) throw inFlight();
      settled = true;
    });
    if (!settled) throw new Error(`${use.route} did not settle its idempotency key`);
    return { ...made, repeated: false };
  } catch (error) {
    // Where the commit is in doubt, this waits for its end, and finds a key that is settled or not.
    await release(db, use, claim).catch(() => undefined);
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** Hash of what a request asks for: its address and its body. */
export function hashRequest(parts: unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
}

/** Takes the key for `claim`, or gives what came of it earlier. */
async function take(
  { sql }: Database,
  use: KeyUse,
  claim: string,
): Promise<{ resultId: string; bodyHash: string } | null> {
  const taken = await sql`
    insert into idempotency_keys (caller, route, key, claim, body_hash)
    values (${use.caller}, ${use.route}, ${use.key}, ${claim}, '')
    on conflict (caller, route, key) do update set claim = excluded.claim, body_hash = '', result_id = null, created_at = now()
    where idempotency_keys.created_at < now() - interval '24 hours'
      or (idempotency_keys.result_id is null
          and idempotency_keys.created_at < now() - make_interval(secs => ${abandonedSeconds}))
    returning 1`;
  if (taken.length > 0) return null;
  const [earlier] = await sql<{ resultId: string | null; bodyHash: string }[]>`
    select result_id as "resultId", body_hash as "bodyHash" from idempotency_keys
    where caller = ${use.caller} and route = ${use.route} and key = ${use.key}`;
  if (earlier === undefined || earlier.resultId === null) throw inFlight();
  return { resultId: earlier.resultId, bodyHash: earlier.bodyHash };
}

function inFlight(): Problem {
  return new Problem("idempotency_in_flight", "The first request with this key is not done yet; ask again in a while");
}

async function touch({ sql }: Database, { caller, route, key }: KeyUse, claim: string): Promise<void> {
  await sql`update idempotency_keys set created_at = now()
    where (caller, route, key, claim) = (${caller}, ${route}, ${key}, ${claim}) and result_id is null`;
}

const settleSql = `
update idempotency_keys set body_hash = $5, result_id = $6, created_at = now()
where (caller, route, key, claim) = ($1, $2, $3, $4) and result_id is null returning 1`;

async function release({ sql }: Database, { caller, route, key }: KeyUse, claim: string): Promise<void> {
  await sql`delete from idempotency_keys
    where (caller, route, key, claim) = (${caller}, ${route}, ${key}, ${claim}) and result_id is null`;
}
