import type { BundleOptions } from "../../../contract/bundle.ts";
import type { FileOperation } from "../../../contract/operations.ts";
import { Problem } from "../../../contract/problem.ts";
import { allowLong, inTransaction, type Tx } from "../../../db/in-transaction.ts";
import { newId } from "../../../db/new-id.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import { openSignInLabels } from "../../../files/header/recognise-header.ts";
import { readTable } from "../../../files/table/read-table.ts";
import type { Table } from "../../../files/table/table.ts";
import { withOtherSheets } from "../../../files/xlsx/workbook-problems.ts";
import type { Actor } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import type { CoreContext } from "../../context.ts";
import type { Turns } from "../../limits/turns.ts";
import { insertValues } from "../../sql/insert-values.ts";
import { planBatch } from "../plan/plan-batch.ts";
import { readHitsOfFile } from "../plan/read-braked.ts";
import { applyHeld } from "../run/apply-batch.ts";
import { insertBatch } from "../submit/new-batch.ts";
import { readAhead } from "../submit/read-ahead.ts";
import { tableLimits } from "../submit/table-limits.ts";
import { readBlock } from "../work-rows/read-block.ts";
import { stageRows } from "../work-rows/stage-rows.ts";
import { type Child, type DividedBlock, divideRows, type Refused } from "./divide-rows.ts";

export type BundleUpload = {
  operation: FileOperation;
  fileName: string | null;
  bytes: AsyncIterable<Uint8Array>;
  sheet?: string | undefined;
  options: BundleOptions;
  /** Starts each of the batches that need no confirmation, or asks for the approval that it needs. */
  apply: boolean;
  /** Limits how many uploads hold a database connection at a time. */
  inTurn: Turns;
};

/**
 * Reads a file for many customers while it arrives and stores its rows: in one planned batch for each customer, those of no
 * customer, or of one for whom the agent may not act, beside them. Rows keep their numbers. All of it is one transaction: a
 * file that breaks off leaves nothing.
 * @throws Problem with the code of what is wrong with the file or an option
 */
export async function submitBundle(context: CoreContext, actor: Actor, upload: BundleUpload): Promise<{ id: string }> {
  const { mapping } = upload.options;
  const table = await readTable(upload.bytes, { ...tableLimits, mapping, sheet: upload.sheet });
  try {
    const rows = await readAhead(table.rows);
    return await upload.inTurn(() => storeBundle(context, actor, upload, { ...table, rows }));
  } catch (error) {
    throw error instanceof Problem && table.sheets !== null ? withOtherSheets(error, table.sheets) : error;
  } finally {
    await table.close();
  }
}

async function storeBundle(
  context: CoreContext,
  actor: Actor,
  upload: BundleUpload,
  table: Table,
): Promise<{ id: string }> {
  const id = newId();
  const { operation, options } = upload;
  const { header, columns } = table;
  const work = async (tx: Tx) => {
    await allowLong(tx);
    await tx.rows(insertBundle(actor, id, upload, table));
    const divider = divideRows(context, tx, actor, { operation, header, columns, options });
    const refused = refusedRows(tx, id);
    let rows = 0;
    function* read(block: DividedBlock) {
      refused.add(block.refused);
      rows += block.refused.length;
      for (const [child, part] of block.parts) {
        rows += part.length;
        yield* readBlock(child.id, part, child.reading, context.secrets, child.tally);
      }
    }
    await stageRows(tx, { operation, columns }, divider.divide(table.rows), { read, stored: refused.store });
    const bundle = { id, upload, table, open: openSignInLabels(header, columns).length > 0 };
    for (const child of divider.children()) await planChild(context, tx, bundle, child);
    // Whether a plan may start depends on what all of them hit together.
    if (upload.apply && !bundle.open) {
      const ofFile = await readHitsOfFile(tx, id);
      for (const child of divider.children()) await applyHeld(context, tx, child.actor, child, { ofFile });
    }
    const notes = bundleNotes(bundle);
    await tx.rows(
      sql`update bundles set rows = ${rows}, refused = ${refused.count()}, notes = ${notes} where id = ${id}`,
    );
    for (const { customerId, missing } of divider.forbidden()) {
      const after = { attempt: "createBundle", refusal: `Needs ${missing}` };
      await recordAct(tx, actor, { operation: "refused_attempt", customerId, status: "refused", after });
    }
    await actor.recordResult?.(tx, id);
  };
  // A stream cannot be read twice, so a fault ends this transaction instead of running it again.
  await inTransaction(context.db.pool, work, { reruns: 0 });
  return { id };
}

function insertBundle(actor: Actor, id: string, { operation, fileName, options }: BundleUpload, table: Table): SqlText {
  return sql`
    insert into bundles (id, operation, file_name, header, columns, options, notes, rows, refused, actor_id, actor_name)
    values (${id}, ${operation}, ${fileName}, ${table.header}, ${table.columns}, ${JSON.stringify(options)}, '{}', 0, 0,
      ${actor.id}, ${actor.name})`;
}

/** Collects refused rows, and writes those that it has along with each block. */
function refusedRows(tx: Tx, bundleId: string) {
  let waiting: Refused[] = [];
  let count = 0;
  return {
    add(rows: readonly Refused[]) {
      waiting.push(...rows);
      count += rows.length;
    },
    store: async () => {
      const values = waiting.map(({ rowNo, cells, code, field, message }) => [
        bundleId,
        String(rowNo),
        cells,
        code,
        field,
        message,
      ]);
      waiting = [];
      if (values.length > 0) await insertValues(tx, "refused_rows", refusedColumns, values);
    },
    count: () => count,
  };
}

const refusedColumns = ["bundle_id", "row_no", "cells", "code", "field", "message"];

type StoredBundle = { id: string; upload: BundleUpload; table: Table; open: boolean };

const waitsNote =
  "The file was not applied at once: say first whether that column blocks sign-in or allows it, or apply it as it is.";

function bundleNotes({ upload, table, open }: StoredBundle): string[] {
  return [...table.notes(), ...(open && upload.apply ? [waitsNote] : [])];
}

/** Writes the batch of one customer, whose rows are stored, and plans it. */
async function planChild(
  context: CoreContext,
  tx: Tx,
  { id: bundleId, upload, table }: StoredBundle,
  { id, customerId, actor, tally }: Child,
): Promise<void> {
  const { operation, fileName, options } = upload;
  const { delimiter, sheets, header, columns, headerless, shift } = table;
  const head = { fileName, delimiter, sheets, header, columns, headerless, shift, remembered: null };
  const batch = { id, customerId, operation, options, actor };
  await tx.rows(insertBatch({ ...batch, ...head, bundleId, source: "upload", state: "ready" }));
  const notes = [...table.notes(), ...tally.notes()];
  await tx.rows(sql`
    update batches set encoding = ${table.encoding()}, file_hash = ${table.sha256()}, notes = ${notes},
      file_notes = ${table.fileNotes()} where id = ${id}`);
  await planBatch(context, tx, batch);
}
