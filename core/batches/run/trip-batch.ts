import { causes, type CauseCode } from "../../../contract/codes.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import { systemActor } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import { moveBatches } from "../state/move-batches.ts";
import { openChunkSql } from "../state/move-chunks.ts";

/** Fewer rows than this tell nothing, so that small batches never trip. */
const leastRows = 200;

/** What the plan has told is not asked about: rows that it refused do not run, and seats that run out are in it. */
const foretold: CauseCode = "seat_shortage";

/**
 * Pauses the batch because one cause makes half of the last 200 rows that ended fail, or more, unless an agent has let it go on
 * in spite of that cause, or nothing of it is left to do. `failed` is what failed in the run of a chunk that has just been
 * counted; the caller holds the chunk. Where another hand holds the batch, the next run of a chunk trips it.
 */
export async function tripBatch(
  tx: Tx,
  { batchId, customerId }: { batchId: string; customerId: string },
  failed: Partial<Record<CauseCode, number>>,
): Promise<void> {
  if (Object.keys(failed).every((code) => code === foretold)) return;
  const [common] = await tx.rows<CommonCause>(commonSql(batchId));
  if (common === undefined || common.rows * 2 < common.of) return;
  const { code, rows, of } = common;
  const message = `${rows.toLocaleString("en")} of the last ${of.toLocaleString("en")} rows failed by one cause: ${causes[code].title}. What is done stays done. Look at the rows that failed; resumed, the batch goes on and does not stop for this cause again.`;
  const tripped = await moveBatches(tx, "trip", [batchId], {
    set: sql`stopped_code = ${code}, stopped_message = ${message}`,
    where: sql`not ${code} = any(accepted_causes)
      and exists (select from chunks where batch_id = batches.id and ${openChunkSql})`,
    skipLocked: true,
  });
  if (tripped.length === 0) return;
  const after = { code, rows, of, message };
  await recordAct(tx, systemActor, { operation: "trip_batch", customerId, batchId, after });
}

type CommonCause = { code: CauseCode; rows: number; of: number };

/**
 * The most common cause of the last runs that have 200 rows between them, of whatever chunks and workers, since the batch was
 * started, retried or resumed. A run counts as a whole: its rows ended at one moment.
 */
const commonSql = (batchId: string) => sql`
  with latest as (
    select ended_at, chunk_no, succeeded + unchanged + partial + failed as rows, causes from chunk_runs
    where batch_id = ${batchId}
      and ended_at >= (select greatest(started_at, resumed_at) from batches where id = ${batchId})
    order by ended_at desc limit ${leastRows}::int
  ), counted as (
    select rows, causes, sum(rows) over (order by ended_at desc, chunk_no rows unbounded preceding) - rows as later from latest
  ), window_runs as (
    select rows, causes from counted where later < ${leastRows}::int
  )
  select cause.key as code, sum(cause.value::int)::int as rows, (select sum(rows)::int from window_runs) as of
  from window_runs cross join jsonb_each_text(causes) cause
  where cause.key <> ${foretold} and (select sum(rows) from window_runs) >= ${leastRows}::int
  group by cause.key order by rows desc, code limit 1`;
