import { causes, type CauseCode } from "../../../contract/codes.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import { systemActor } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import { moveBatches } from "../state/move-batches.ts";
import { openChunkSql } from "../state/move-chunks.ts";
import type { PausedBatch } from "./stop-batch.ts";

/** Fewer rows than this tell nothing, so that small batches never trip; half a first chunk, of which the plan may refuse some. */
export const leastRows = 100;

/** What the plan has told is not asked about: rows that it refused do not run, and seats that run out are in it. */
const foretold: CauseCode = "seat_shortage";

/** Whether one of these causes may pause a batch. */
export function mayTrip(failed: Partial<Record<CauseCode, number>>): boolean {
  return Object.keys(failed).some((code) => code !== foretold);
}

/**
 * Pauses the batch because one cause makes most of the rows of its last runs fail, unless an agent has let it go on in spite of
 * that cause, or nothing of it is left to do; along with it all running batches of the same file for many
 * customers, whose rows count together. The caller holds a chunk that has just been counted, in whose run rows
 * failed by causes that may do so. Where another hand holds a batch, the next run of a chunk trips it. Gives
 * the batches that were paused.
 */
export async function tripBatch(tx: Tx, batchId: string): Promise<PausedBatch[]> {
  const [common] = await tx.rows<CommonCause>(commonSql(batchId));
  if (common === undefined || common.rows * 2 <= common.of) return [];
  const { code, rows, of, running } = common;
  const last = `${of.toLocaleString("en")} rows${common.ofFile ? " of the file" : ""}`;
  const message = `${rows.toLocaleString("en")} of the last ${last} failed by one cause: ${causes[code].title}. What is done stays done. Look at the rows that failed; resumed, the batch goes on and does not stop for this cause again.`;
  const tripped = await moveBatches(tx, "trip", Object.keys(running), {
    set: sql`stopped_code = ${code}, stopped_message = ${message}`,
    where: sql`not ${code} = any(accepted_causes)
      and exists (select from chunks where batch_id = batches.id and ${openChunkSql})`,
    skipLocked: true,
  });
  const after = { code, rows, of, message };
  const paused = tripped.map((id) => ({ batchId: id, customerId: running[id] ?? null }));
  for (const one of paused) await recordAct(tx, systemActor, { operation: "trip_batch", ...one, after });
  return paused.map((one) => ({ ...one, actor: systemActor.id, code }));
}

type CommonCause = {
  code: CauseCode;
  rows: number;
  of: number;
  /** Whether the batch is one of a file for many customers. */
  ofFile: boolean;
  /** The batches of the file that run, each with its customer. */
  running: Record<string, string>;
};

/**
 * The most common cause of the last runs that have 100 rows between them, of whatever chunks, workers and batches of the file,
 * since each batch was started, retried or resumed; what an agent has let a batch go on in spite of does not count there. A
 * run counts as a whole: its rows ended at one moment.
 */
const commonSql = (batchId: string) => sql`
  with of_file as materialized (
    select id, customer_id, state, bundle_id, accepted_causes, greatest(started_at, resumed_at) as since from batches
    where id = ${batchId} or bundle_id = (select bundle_id from batches where id = ${batchId})
  ), latest as (
    select ended_at, chunk_no, succeeded + unchanged + partial + failed as rows, causes - accepted_causes as causes
    from of_file cross join lateral (
      select * from chunk_runs where batch_id = of_file.id and ended_at >= since order by ended_at desc limit ${leastRows}::int
    ) runs
    order by ended_at desc limit ${leastRows}::int
  ), counted as (
    select rows, causes, sum(rows) over (order by ended_at desc, chunk_no rows unbounded preceding) - rows as later from latest
  ), window_runs as (
    select rows, causes from counted where later < ${leastRows}::int
  )
  select cause.key as code, sum(cause.value::int)::int as rows, (select sum(rows)::int from window_runs) as of,
    (select bool_or(bundle_id is not null) from of_file) as "ofFile",
    (select coalesce(json_object_agg(id, customer_id), '{}') from of_file where state = 'running') as running
  from window_runs cross join jsonb_each_text(causes) cause
  where cause.key <> ${foretold} and (select sum(rows) from window_runs) >= ${leastRows}::int
  group by cause.key order by rows desc, code limit 1`;
