import type { BatchOptions } from "../../../contract/batch.ts";
import type { FileOperation } from "../../../contract/operations.ts";
import { Problem } from "../../../contract/problem.ts";
import { asFault, TransientFault } from "../../../db/faults.ts";
import { allowLong, inTransaction } from "../../../db/in-transaction.ts";
import { newId } from "../../../db/new-id.ts";
import type { Remembered } from "../../../db/schema/batches.ts";
import type { Actor } from "../../actor.ts";
import { applyHeld, type Start } from "../run/apply-batch.ts";
import { moveBatch, moveBatches } from "../state/move-batches.ts";
import type { CoreContext } from "../../context.ts";
import type { Turns } from "../../limits/turns.ts";
import { loadReading } from "../work-rows/load-reading.ts";
import { readBlock } from "../work-rows/read-block.ts";
import {
  readMappings,
  rememberedNotes,
  rememberMapping,
  type RememberedMapping,
  unaskedNotes,
} from "../work-rows/remembered-mappings.ts";
import { stageRows } from "../work-rows/stage-rows.ts";
import { tallySteps } from "../work-rows/tally-steps.ts";
import { decideBlocks } from "../plan/decide-blocks.ts";
import { planBatch, type PlannedBatch } from "../plan/plan-batch.ts";
import { openSignInLabels } from "../../../files/header/recognise-header.ts";
import { readTable } from "../../../files/table/read-table.ts";
import { recallColumns } from "../../../files/columns/recall-columns.ts";
import type { Reading } from "../../../files/rows/row-input.ts";
import type { Table } from "../../../files/table/table.ts";
import { withOtherSheets } from "../../../files/xlsx/workbook-problems.ts";
import { asksOf } from "../../sql/asks.ts";
import { interruptedUpload } from "./interrupted-upload.ts";
import { insertBatch } from "./new-batch.ts";
import { readAhead } from "./read-ahead.ts";
import { tableLimits } from "./table-limits.ts";
import { sql } from "../../../db/sql-text.ts";

export type UploadedFile = {
  customerId: string;
  operation: FileOperation;
  fileName: string | null;
  bytes: AsyncIterable<Uint8Array>;
  /** The sheet of a workbook to read, where it is not to be the one that looks most like users. */
  sheet?: string | undefined;
  options: BatchOptions;
  /** Limits how many uploads hold a database connection at a time. */
  inTurn?: Turns;
};

/**
 * Reads a file while it arrives, stores its rows and plans them; gives the id of a batch that is `ready`, or has started
 * where `apply` says so. Where the agent
 * gives no mapping, the one that was chosen for the customer's last file with such columns is used, or what was chosen for
 * each of its columns, unless it is another
 * agent's and the file is applied unseen. A file with a column that may block sign-in or allow it waits, also with `apply`. All rows and their plan
 * are one transaction: a file that breaks off or turns out unreadable leaves a `rejected` batch without a row, which says
 * why, or none at all when not even a header was found.
 * @throws Problem with the code of what is wrong with the file or an option.
 */
export async function submitUpload(
  context: CoreContext,
  actor: Actor,
  upload: UploadedFile,
  start: Omit<Start, "startAt"> = { apply: false },
): Promise<{ batchId: string }> {
  const { customerId, operation, options } = upload;
  const { mapping } = options;
  const { apply } = start;
  // Options are checked before a byte is read: a file is not sent for minutes to be refused for a typing slip.
  const [customer, known] = await Promise.all([
    loadReading(context, customerId, options, { operation, header: [], columns: [] }),
    mapping === undefined ? readMappings(context, customerId) : new Map<string, never>(),
  ]);
  const usable = [...known].filter(([, one]) => mayUse(apply, actor, one));
  const remembered = new Map(usable.map(([fingerprint, one]) => [fingerprint, one.mapping]));
  const table = await readTable(upload.bytes, { ...tableLimits, mapping, remembered, sheet: upload.sheet });
  try {
    return { batchId: await storeTable(context, actor, { ...upload, ...start }, table, customer, known) };
  } finally {
    await table.close();
  }
}

/** The mapping that was chosen for files with these columns, or else the latest that says something of one of them. */
function keptFor(
  { header, fingerprint }: Table,
  known: ReadonlyMap<string, RememberedMapping>,
): RememberedMapping | undefined {
  if (fingerprint === null) return undefined;
  const mappings = new Map([...known].map(([key, one]) => [key, one.mapping]));
  return known.get(fingerprint) ?? known.get(recallColumns(header, mappings)?.from ?? "");
}

/** Whoever chose a mapping decides what a file does; that is another agent's to see before it happens. */
function mayUse(unseen: boolean, actor: Actor, { byId }: RememberedMapping): boolean {
  return !unseen || byId === actor.id;
}

const waitsNote =
  "The file was not applied at once: say first whether that column blocks sign-in or allows it, or apply it as it is.";

async function storeTable(
  context: CoreContext,
  actor: Actor,
  upload: UploadedFile & Start,
  table: Table,
  customer: Reading,
  known: ReadonlyMap<string, RememberedMapping>,
): Promise<string> {
  const { customerId, operation, fileName } = upload;
  const { header, columns, delimiter, sheets, headerless, shift, mapping } = table;
  const id = newId();
  const options = mapping === undefined ? upload.options : { ...upload.options, mapping };
  const kept = upload.options.mapping === undefined ? keptFor(table, known) : undefined;
  const usable = new Map([...known].filter(([, one]) => mayUse(upload.apply, actor, one)));
  const recalled = kept === undefined || mapping === undefined ? undefined : keptFor(table, usable);
  const open = openSignInLabels(header, columns).some((label) => options.mapping?.[label] === undefined);
  const unasked = [...unaskedNotes(kept === recalled ? undefined : kept), ...(open && upload.apply ? [waitsNote] : [])];
  const remembered = recalled === undefined ? null : { at: recalled.at, by: recalled.by };
  const writing = insertBatch({
    id,
    customerId,
    operation,
    fileName,
    delimiter,
    sheets,
    header,
    columns,
    headerless,
    shift,
    remembered,
    options,
    actor,
    source: "upload",
    state: "staging",
  });
  await asksOf(context.db.pool).rows(writing);
  try {
    const batch = {
      id,
      customerId,
      operation,
      options,
      actor,
      remembered,
      apply: upload.apply && !open,
      confirm: upload.confirm,
    };
    const blocks = await readAhead(table.rows);
    const inTurn = upload.inTurn ?? ((work) => work());
    await inTurn(() =>
      stageAndPlan(context, batch, { ...table, rows: blocks }, { ...customer, header, columns }, unasked),
    );
  } catch (error) {
    const problem = asRejection(error, id, sheets);
    await reject(context, id, problem);
    throw problem;
  }
  return id;
}

async function stageAndPlan(
  context: CoreContext,
  batch: PlannedBatch & Start & { remembered: Remembered | null },
  table: Table,
  reading: Reading,
  unasked: readonly string[],
): Promise<void> {
  const { id, customerId, options, actor, remembered } = batch;
  const { fingerprint } = table;
  const tally = tallySteps(reading);
  // A stream cannot be read twice, so a fault ends this transaction instead of running it again.
  await inTransaction(
    context.db.pool,
    async (tx) => {
      const [, held] = await tx.together(
        () => allowLong(tx),
        // Who finds the batch free takes it that this process is gone.
        () => tx.rows(sql`select from batches where id = ${id} and state = 'staging' for no key update`),
      );
      if (held.length === 0) throw interrupted;
      const decisions = decideBlocks(context, tx, batch);
      await stageRows(tx, reading, table.rows, {
        read: (block) => readBlock(id, block, reading, context.secrets, tally),
        stored: decisions.stored,
      });
      const notes = [...table.notes(), ...unasked, ...rememberedNotes(remembered), ...tally.notes()];
      await moveBatch(tx, "plan", id, {
        set: sql`encoding = ${table.encoding()}, file_hash = ${table.sha256()}, notes = ${notes},
          file_notes = ${table.fileNotes()}`,
      });
      if (options.mapping !== undefined && remembered === null && fingerprint !== null) {
        await rememberMapping(tx, actor, { customerId, fingerprint, mapping: options.mapping });
      }
      await planBatch(context, tx, { ...batch, actor }, { needs: await decisions.end() });
      if (batch.apply) await applyHeld(context, tx, actor, batch, { confirm: batch.confirm });
      await actor.recordResult?.(tx, id);
    },
    { reruns: 0 },
  );
}

function asRejection(error: unknown, batchId: string, sheets: Table["sheets"]): Error {
  if (!(error instanceof Problem)) return asFault(error);
  const told = sheets === null ? error : withOtherSheets(error, sheets);
  return new Problem(told.code, told.message, { errors: told.errors, sheets: told.sheets, batchId });
}

async function reject(context: CoreContext, batchId: string, error: Error): Promise<void> {
  const problem = error instanceof Problem ? error : error instanceof TransientFault ? interrupted : failed;
  const rejecting = moveBatches(asksOf(context.db.pool), "reject", [batchId], {
    set: sql`stopped_code = ${problem.code}, stopped_message = ${problem.message}`,
  });
  // Where the database is what broke, a worker rejects the batch later; the caller gets the first error.
  await rejecting.catch(() => {});
}

const interrupted = new Problem(interruptedUpload.code, interruptedUpload.message);

const failed = new Problem(
  "internal",
  "Reading the file went wrong on our side; the file is not at fault. Nothing of it was kept; send it again.",
);
