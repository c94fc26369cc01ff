import { createHash } from "node:crypto";
import { Problem } from "../../contract/problem.ts";
import type { RecordResult } from "../../core/actor.ts";
import { type KeyUse, releaseKey, finishKey, takeKey, touchKey } from "../../core/requests/idempotency-keys.ts";
import { newId } from "../../db/new-id.ts";
import type { Database } from "../../db/open-database.ts";

/**
 * What a write left behind: the id of the batch or thing, and what is for the first request alone: values to be shown, or a
 * file to be streamed. `queued`: the rows of the batch have just gone into the queue.
 */
export type Made = {
  id: string;
  queued?: boolean | undefined;
  shownOnce?: Record<string, unknown>;
  csv?: AsyncIterable<string>;
};

/** `repeated`: an earlier request under the same key has done it, and what was shown once is not shown again. */
export type MadeOnce = Made & { repeated: boolean };

const touchMs = 20_000;

/**
 * Runs `act` once for each key within 24 hours and gives its id; to a repeat, the id of the first run. `act` records its result under the key
 * in the very transaction of its effect, so that both last or neither: whatever breaks, a key is free again only where
 * nothing was done. `hash` gives the hash of the request; for a streamed body it reads to the end, so it is asked when the
 * result is recorded, or for a repeat.
 * @throws Problem idempotency_key_reused, idempotency_in_flight; whatever `act` throws
 */
export async function once(
  db: Database,
  use: KeyUse,
  hash: () => Promise<string> | string,
  act: (recordResult: RecordResult) => Promise<Made>,
): Promise<MadeOnce> {
  const claim = newId();
  const earlier = await takeKey(db, use, claim);
  if (earlier !== null) {
    if (earlier.bodyHash !== (await hash())) {
      throw new Problem("idempotency_key_reused", "Use a new Idempotency-Key for a request that is not the same");
    }
    return { id: earlier.resultId, repeated: true };
  }
  // A process that dies leaves its key untouched from then on, and a minute later it is free.
  const timer = setInterval(() => void touchKey(db, use, claim).catch(() => undefined), touchMs).unref();
  let recorded = false;
  try {
    const made = await act(async (tx, resultId) => {
      await finishKey(tx, use, claim, { bodyHash: await hash(), resultId });
      recorded = true;
    });
    if (!recorded) throw new Error(`${use.route} did not record its result under its idempotency key`);
    return { ...made, repeated: false };
  } catch (error) {
    // Where the commit is in doubt, this waits for its end, and finds a key with its result or without.
    await releaseKey(db, use, claim).catch(() => undefined);
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** Hash of what a request asks for: its address and its body. */
export function hashRequest(parts: unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
}
