import { causes, type CauseCode } from "../../../contract/codes.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import { systemActor } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import { moveBatches } from "../state/move-batches.ts";
import { openChunkSql } from "../state/move-chunks.ts";
import type { EndedRows } from "./ended-rows.ts";

/** Fewer rows than this tell nothing, so that small batches never trip. */
const leastRows = 200;

/** A cause by which most rows of one run of a chunk failed. */
export type CommonCause = { code: CauseCode; rows: number; of: number };

/**
 * Gives the cause by which half of the `of` rows of a run or more failed; null where there is none, or where they are few.
 * What the plan has told is not asked about: rows that it refused do not run, and seats that run out are in it.
 */
export function commonCause(of: number, ended: readonly EndedRows[]): CommonCause | null {
  if (of < leastRows) return null;
  const [most] = ended
    .flatMap(({ outcome, cause, rows }) =>
      outcome !== "failed" || cause === null || cause === "seat_shortage" ? [] : [{ code: cause, rows, of }],
    )
    .toSorted((one, other) => other.rows - one.rows);
  return most === undefined || most.rows * 2 < of ? null : most;
}

/**
 * Pauses the batch of a chunk because one cause makes most of its rows fail, unless an agent has let it go on in spite of that
 * cause, or nothing of it is left to do. The caller holds the chunk. Where another hand holds the batch, the next run of a
 * chunk trips it.
 */
export async function tripBatch(
  tx: Tx,
  { batchId, customerId }: { batchId: string; customerId: string },
  { code, rows, of }: CommonCause,
): Promise<void> {
  const [failed, all] = [rows.toLocaleString("en"), of.toLocaleString("en")];
  const message = `${failed} of the last ${all} rows failed by one cause: ${causes[code].title}. What is done stays done. Look at the rows that failed; resumed, the batch goes on and does not stop for this cause again.`;
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
