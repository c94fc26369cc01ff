import type { Batch } from "../../contract/batch.ts";
import { getBatch } from "../../core/batches/read/get-batch.ts";
import { claimChunks } from "../../core/batches/run/claim-chunks.ts";
import type { QueuedChunk } from "../../core/queued-chunk.ts";
import { runChunk, type ChunkOutcome } from "../../core/batches/run/run-chunk.ts";
import { advanceBatches } from "../../core/batches/run/advance-batches.ts";
import { leastRows } from "../../core/batches/run/trip-batch.ts";
import type { CoreContext } from "../../core/context.ts";
import { newId } from "../../db/new-id.ts";
import type { Database } from "../../db/open-database.ts";
import { eventually } from "./eventually.ts";

/** One run of a chunk and how it ended. */
export type ChunkRun = { chunk: QueuedChunk; outcome: ChunkOutcome };

const mostRounds = 100;

/** Runs one chunk, as a worker would. */
export async function runOne(context: CoreContext, chunk: QueuedChunk): Promise<ChunkOutcome> {
  return await runChunk(context, chunk, new AbortController().signal, () => {});
}

/** Runs one chunk as soon as nobody holds it. */
async function runWhenFree(context: CoreContext, chunk: QueuedChunk): Promise<ChunkRun> {
  return await eventually(async () => {
    const outcome = await runOne(context, chunk);
    if (outcome.kind === "held") throw new Error("the chunk is held by somebody else");
    return { chunk, outcome };
  });
}

/**
 * Carries out every chunk that is ready, of all running batches, without a queue; up to `atOnce` chunks run at a time.
 * Gives the runs in the order in which they were claimed.
 */
export async function runReady(context: CoreContext, { atOnce = 1 } = {}): Promise<ChunkRun[]> {
  const runs: ChunkRun[] = [];
  for (let round = 0; round < mostRounds; round++) {
    await advanceBatches(context.db);
    const chunks = await claimChunks(context.db, atOnce);
    if (chunks.length === 0) return runs;
    for (let from = 0; from < chunks.length; from += atOnce) {
      const started = chunks.slice(from, from + atOnce);
      runs.push(...(await Promise.all(started.map((chunk) => runWhenFree(context, chunk)))));
    }
  }
  throw new Error(`chunks are still ready after ${mostRounds} rounds`);
}

/** Opens the window of a running batch, as if enough of its rows had run. */
export async function openWindow({ sql }: Pick<Database, "sql">, batchId: string): Promise<void> {
  await sql`
    insert into chunk_runs (batch_id, chunk_no, ended_at, succeeded, unchanged, partial, failed)
    values (${batchId}, 1, now(), ${leastRows}, 0, 0, 0)`;
}

/** Makes batches parts of one file for many customers. */
export async function joinInFile({ sql }: Pick<Database, "sql">, batchIds: readonly string[]): Promise<void> {
  const id = newId();
  await sql`
    with file as (
      insert into bundles (id, operation, header, columns, options, notes, rows, refused, actor_id, actor_name)
      values (${id}, 'createUsers', '{}', '{}', '{}', '{}', 1, 0, 'agent', 'Agent')
    ) update batches set bundle_id = ${id} where id = any(${batchIds}::uuid[])`;
}

/** Carries out everything that is ready and gives the batch as it stands then. */
export async function runBatch(context: CoreContext, batchId: string): Promise<Batch> {
  await runReady(context);
  const batch = await getBatch(context, batchId);
  if (batch === null) throw new Error("there is no such batch");
  return batch;
}
