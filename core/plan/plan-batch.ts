import type { BatchOptions } from "../../contract/batch.ts";
import type { Tx } from "../../db/in-transaction.ts";
import type { SeatNeed } from "../../db/schema/batches.ts";
import type { CoreContext } from "../context.ts";
import { replaceInputs } from "../inputs/keep-inputs.ts";
import { countPlan, cutChunks } from "./cut-chunks.ts";
import { judgeRows } from "./judge-rows.ts";
import { planSeats } from "./plan-seats.ts";

type PlannedBatch = { id: string; customerId: string; options: BatchOptions };

/**
 * Plans all rows of a batch, whose inputs lie in `row_inputs`: judges each against the directory, counts seats, cuts chunks and
 * writes the counts to the batch, whose plan version grows by one.
 */
export async function planBatch(context: CoreContext, tx: Tx, batch: PlannedBatch): Promise<void> {
  await judgeRows(tx, batch, restorableSince(context), false);
  const seats = await planSeats(tx, batch, false);
  await cutChunks(tx, batch.id, null);
  await writePlan(tx, batch.id, seats);
}

/**
 * Plans some rows of a batch once more, those in `input_rows`, over their earlier plan; the seats that the whole file
 * needed stay on record. The caller holds the chunk `only`, or all chunks where that is null.
 */
export async function planAgain(context: CoreContext, tx: Tx, batch: PlannedBatch, only: number | null): Promise<void> {
  await judgeRows(tx, batch, restorableSince(context), true);
  await replaceInputs(tx, batch.id);
  await planSeats(tx, batch, true);
  await cutChunks(tx, batch.id, only);
  await writePlan(tx, batch.id, null);
}

async function writePlan(tx: Tx, batchId: string, seats: SeatNeed[] | null): Promise<void> {
  await tx.rows(
    "update batches set plan = $2, seats = coalesce($3, seats), plan_version = plan_version + 1 where id = $1",
    [batchId, JSON.stringify(await countPlan(tx, batchId)), seats === null ? null : JSON.stringify(seats)],
  );
}

/** Users deleted after this moment can be restored. */
function restorableSince(context: CoreContext): Date {
  return new Date(context.now().getTime() - context.restoreDays * 86_400_000);
}
