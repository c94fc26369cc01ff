import { sql } from "../../../db/sql-text.ts";
import { allRowsSql } from "../state/row-counts.ts";
import type { Operation } from "../../../contract/operations.ts";

/** A batch that has just come to its end, with the rows of all its runs by outcome. */
export type FinishedBatch = {
  batchId: string;
  batchNo: number;
  operation: Operation;
  customerId: string;
  /** The file for many customers that it is one of. */
  bundleId: string | null;
  /** Who made the batch. */
  actor: string;
  /** From the start of its last run, pauses included. */
  seconds: number;
  rows: number;
  succeeded: number;
  unchanged: number;
  partial: number;
  failed: number;
};

/** SQL for what is told of a batch `finished`: columns of it, and its chunks' counts as `totals`, to be joined laterally. */
export const finishedColumnsSql = sql`finished.id as "batchId", finished.no as "batchNo", finished.operation,
  finished.customer_id as "customerId", finished.bundle_id as "bundleId", finished.actor_id as actor,
  round(extract(epoch from finished.finished_at - finished.started_at), 3)::float8 as seconds, totals.*`;
export const finishedTotalsSql = sql`(
  select sum(${allRowsSql})::int as rows, sum(succeeded)::int as succeeded, sum(unchanged)::int as unchanged,
    sum(partial)::int as partial, sum(failed)::int as failed
  from chunks where batch_id = finished.id)`;
