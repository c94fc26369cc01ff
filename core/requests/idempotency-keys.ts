import { Problem } from "../../contract/problem.ts";
import type { Tx } from "../../db/in-transaction.ts";
import { sql as tag } from "../../db/sql-text.ts";
import type { Database } from "../../db/open-database.ts";

/** One use of an idempotency key: keys of different callers or routes have nothing to do with each other. */
export type KeyUse = { caller: string; route: string; key: string };

/** What came of the first request under a key: the id of the batch or thing, and the hash of that request. */
export type KeyResult = { resultId: string; bodyHash: string };

const abandonedSeconds = 60;

/**
 * Takes the key for the request `claim`, or gives what came of an earlier one within 24 hours. A key that no request has
 * finished, and that nobody has touched for a minute, is free.
 * @throws Problem idempotency_in_flight
 */
export async function takeKey({ sql }: Pick<Database, "sql">, use: KeyUse, claim: string): Promise<KeyResult | null> {
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

/** Says that the request `claim` is still at work, so that nobody else takes its key. */
export async function touchKey({ sql }: Pick<Database, "sql">, use: KeyUse, claim: string): Promise<void> {
  await sql`update idempotency_keys set created_at = now()
    where (caller, route, key, claim) = (${use.caller}, ${use.route}, ${use.key}, ${claim}) and result_id is null`;
}

/**
 * Keeps what came of the request `claim`, in the transaction of its effect.
 * @throws Problem idempotency_in_flight where another request has the key by now, because this one was taken for dead
 */
export async function finishKey(
  tx: Pick<Tx, "rows">,
  { caller, route, key }: KeyUse,
  claim: string,
  { bodyHash, resultId }: KeyResult,
): Promise<void> {
  const written = await tx.rows(tag`
    update idempotency_keys set body_hash = ${bodyHash}, result_id = ${resultId}, created_at = now()
    where (caller, route, key, claim) = (${caller}, ${route}, ${key}, ${claim}) and result_id is null returning 1`);
  if (written.length === 0) throw inFlight();
}

/** Gives the key of the request `claim` back, where it is not finished. */
export async function releaseKey({ sql }: Pick<Database, "sql">, use: KeyUse, claim: string): Promise<void> {
  await sql`delete from idempotency_keys
    where (caller, route, key, claim) = (${use.caller}, ${use.route}, ${use.key}, ${claim}) and result_id is null`;
}

function inFlight(): Problem {
  return new Problem("idempotency_in_flight", "The first request with this key is not done yet; ask again in a while");
}
