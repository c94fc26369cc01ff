import { batchOptionsSchema, type BatchChange, type BatchOptions } from "../../../contract/batch.ts";
import { inTransaction, type Tx } from "../../../db/in-transaction.ts";
import { notifyBatch } from "../../../db/notify.ts";
import type { Actor } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import type { CoreContext } from "../../context.ts";
import { rememberMapping } from "../work-rows/remembered-mappings.ts";
import { ownMapping, type Mapping } from "../../../files/columns/choose-columns.ts";
import { headerFingerprint } from "../../../files/header/header-fingerprint.ts";
import { headColumns } from "../../../files/table/table-head.ts";
import { readEditedHead, type ReadBatchHead } from "../work-rows/batch-head.ts";
import { holdBatch, requirePlan, requireRows, type HeldBatch } from "../state/hold-batch.ts";
import { reopenPlan } from "./reopen-plan.ts";
import { replanBatch } from "./replan-batch.ts";
import { requireConfirmed } from "../run/apply-batch.ts";
import { startPlan } from "../plan/start-plan.ts";
import { moveBatch } from "../state/move-batches.ts";
import { moveChunks } from "../state/move-chunks.ts";
import { batchTransitions } from "../state/transitions.ts";
import { sql } from "../../../db/sql-text.ts";

/**
 * Changes mapping and options of a planned batch and plans all of it again, and sets or takes away its start. A mapping is
 * remembered for the customer's files with the same columns. A batch whose rows all failed is a plan again. With `planVersion`, only that plan is changed.
 * @throws Problem not_found, batch_state, plan_changed, plan_without_rows, confirmation_needed, body_invalid, mapping_invalid,
 * header_ambiguous, header_unrecognised
 */
export async function changeBatch(
  context: CoreContext,
  actor: Actor,
  batchId: string,
  change: BatchChange,
  { planVersion }: { planVersion?: number | undefined } = {},
): Promise<void> {
  const { mapping, options, startAt } = change;
  const { reopen, unschedule } = batchTransitions;
  const replans = mapping !== undefined || options !== undefined;
  await inTransaction(context.db.pool, async (tx) => {
    const batch = await holdBatch(tx, batchId, ["ready", ...(replans ? reopen : unschedule).from], "change");
    requirePlan(batch, planVersion);
    if (!replans && (startAt === undefined || (await startsThen(tx, batchId, startAt)))) return;
    if (batch.state === "finished") await reopenPlan(tx, batch);
    const replanned = replans ? await replan(context, tx, actor, batchId, change) : {};
    if (startAt !== undefined) {
      await setStart(context, tx, actor, { ...batch, replans }, startAt === null ? null : new Date(startAt));
    }
    await recordAct(tx, actor, {
      operation: "change_batch",
      customerId: batch.customerId,
      batchId,
      after: { ...replanned, startAt },
    });
    await notifyBatch(tx, batchId);
  });
}

/** Gives what was changed, as it is remembered. */
async function replan(
  context: CoreContext,
  tx: Tx,
  actor: Actor,
  batchId: string,
  { mapping: given, options: changes }: BatchChange,
): Promise<Pick<BatchChange, "mapping" | "options">> {
  const table = await readEditedHead(tx, batchId);
  const { header, shift } = table;
  if (given === undefined) {
    await replanBatch(context, tx, actor, { ...table, options: changedOptions(table.options, { ...changes }) });
    return { options: changes };
  }
  const columns = headColumns(header, shift, given ?? undefined);
  const mapping = given === null ? null : ownMapping(header, given);
  const options = changedOptions(table.options, { mapping, ...changes });
  await replanBatch(context, tx, actor, { ...table, options, columns, remembered: null });
  await remember(tx, actor, table, mapping);
  return { mapping, options: changes };
}

/** The options with `changes`: what is undefined stays, null takes an option away. */
function changedOptions(
  before: BatchOptions,
  changes: { mapping?: Mapping | null | undefined } & BatchChange["options"],
): BatchOptions {
  const changed = Object.entries({ ...before, ...withoutUndefined(changes) }).filter(([, value]) => value !== null);
  return batchOptionsSchema.parse(Object.fromEntries(changed));
}

function withoutUndefined(record: object): object {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

/** Columns that edits have added are not the file's, and the next file will not have them. */
async function remember(tx: Tx, actor: Actor, table: ReadBatchHead, mapping: Mapping | null): Promise<void> {
  const { customerId, header, addedColumns } = table;
  const width = header.length - addedColumns;
  const fingerprint = table.headerless || table.source !== "upload" ? null : headerFingerprint(header.slice(0, width));
  if (fingerprint === null) return;
  const ofFile = mapping === null ? null : ownMapping(header.slice(0, width), mapping);
  await rememberMapping(tx, actor, { customerId, fingerprint, mapping: ofFile });
}

/** Whether a batch is scheduled for that moment already, so that nothing of a yes to its start is touched. */
async function startsThen(tx: Tx, batchId: string, startAt: string | null): Promise<boolean> {
  const found = await tx.rows(
    sql`select from batches where id = ${batchId} and state = 'scheduled' and start_at = ${startAt}`,
  );
  return found.length > 0;
}

async function setStart(
  context: CoreContext,
  tx: Tx,
  actor: Actor,
  batch: HeldBatch & { replans: boolean },
  startAt: Date | null,
): Promise<void> {
  if (batch.state === "scheduled") {
    // Nothing of it has run: workers take chunks of running batches only.
    await moveChunks(tx, "unschedule", batch.id);
    await moveBatch(tx, "unschedule", batch.id);
  }
  if (startAt === null) return;
  await requireRows(tx, batch);
  const later = startAt > context.now() ? startAt : null;
  // The number was named when the same plan was given its first start.
  const confirm = batch.state === "scheduled" && !batch.replans ? "named" : undefined;
  requireConfirmed(batch.id, await startPlan(context, tx, actor, batch, { startAt: later, confirm }));
}
