import { Problem } from "../../../contract/problem.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { notifyBatch } from "../../../db/notify.ts";
import { sql } from "../../../db/sql-text.ts";
import { recordsSql } from "../../audit/records-sql.ts";
import type { Actor } from "../../actor.ts";
import type { CoreContext } from "../../context.ts";
import { loadReading } from "../work-rows/load-reading.ts";
import { readStored } from "../work-rows/read-input.ts";
import type { ReadBatchHead } from "../work-rows/batch-head.ts";
import { editRows, heldRows, type HeldRow } from "./edit-rows.ts";
import type { HeldBatch } from "../state/hold-batch.ts";
import type { PlacedRow } from "./place-cells.ts";
import { namesOf, recheckFailed, replanEdited } from "./replan-edited.ts";
import { addInputs } from "../work-rows/add-inputs.ts";
import { openWorkRows } from "../work-rows/work-table.ts";

/**
 * Writes cells of rows, block by block, and then plans these rows again together, or says of failed ones what is wrong with
 * them now. The caller holds the batch, and no row stands in two blocks.
 * @throws Problem not_found, batch_state, body_invalid, each of which names the row
 */
export async function writeCells(
  context: CoreContext,
  tx: Tx,
  actor: Actor,
  { batch, table }: { batch: HeldBatch; table: ReadBatchHead },
  blocks: AsyncIterable<readonly PlacedRow[]> | Iterable<readonly PlacedRow[]>,
): Promise<void> {
  const reading = await loadReading(context, table.customerId, table.options, table);
  const changed: ChangedRow[] = [];
  const names = new Set<string>();
  await openWorkRows(tx);
  for await (const block of blocks) {
    const rowNos = block.map(({ rowNo }) => rowNo);
    const held = await heldRows(tx, table.id, rowNos);
    for (const rowNo of rowNos) requireChangeable(batch, rowNo, held.get(rowNo));
    const edited = await editRows(context, tx, table, block, held);
    const inputs = edited.map((row) => readStored(row, reading));
    await addInputs(tx, inputs);
    for (const { name, built } of held.values()) for (const had of [name, built]) if (had !== null) names.add(had);
    for (const input of inputs) for (const has of namesOf(input)) names.add(has);
    for (const row of block) changed.push({ rowNo: row.rowNo, after: { fields: fieldsOf(table, row) } });
  }
  const edited = { table, reading, rowNos: changed.map(({ rowNo }) => rowNo), names: [...names] };
  if (batch.state === "ready") await replanEdited(context, tx, actor, edited);
  else {
    await recheckFailed(tx, edited);
    // A second agent's yes was about the rows as they were.
    await tx.rows(sql`update batches set approval = null where id = ${table.id}`);
  }
  await tx.rows(recordSql(actor, table, changed));
  await notifyBatch(tx, table.id);
}

/** What the audit says of a row: which fields were changed and never to what, for who applies it later is another's. */
type ChangedRow = { rowNo: number; after: { fields: string[] } };

function fieldsOf({ header, columns }: ReadBatchHead, { cells }: PlacedRow): string[] {
  return [...cells.keys()].map((at) => columns[at] ?? header[at] ?? `Column ${at + 1}`);
}

const recordSql = (actor: Actor, { id, customerId }: ReadBatchHead, changed: readonly ChangedRow[]) => sql`
${recordsSql("change_row", {
  actor,
  customer: customerId,
  batch: id,
  row: sql`changed."rowNo"`,
  user: sql`results.user_id`,
  after: sql`changed.after`,
})}
from json_to_recordset(${JSON.stringify(changed)}) changed ("rowNo" int, after json)
join row_results results on results.batch_id = ${id} and results.row_no = changed."rowNo"
order by changed."rowNo"`;

function requireChangeable(
  batch: { id: string; no: number; state: string },
  rowNo: number,
  row: HeldRow | undefined,
): void {
  if (row === undefined) {
    throw new Problem("not_found", `Batch ${batch.no} has no row ${rowNo}.`, {
      batchId: batch.id,
      errors: [{ row: rowNo, message: "There is no such row." }],
    });
  }
  if (row.cells === null) {
    throw rowState(
      batch.id,
      rowNo,
      `The cells of row ${rowNo} have outlived their time and cannot be changed any more.`,
    );
  }
  if (batch.state === "ready" || row.state === "failed") return;
  throw rowState(
    batch.id,
    rowNo,
    `Row ${rowNo} is ${row.state}; in a batch that is ${batch.state}, only failed rows can be changed.`,
  );
}

function rowState(batchId: string, row: number, message: string): Problem {
  return new Problem("batch_state", message, { batchId, errors: [{ row, message }] });
}
