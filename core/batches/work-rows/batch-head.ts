import type { BatchOptions } from "../../../contract/batch.ts";
import type { FieldName } from "../../../contract/fields.ts";
import type { FileOperation, Operation } from "../../../contract/operations.ts";
import { Problem } from "../../../contract/problem.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import type { Remembered } from "../../../db/schema/batches.ts";
import { sql } from "../../../db/sql-text.ts";

/** The head of a batch's rows: what their cells are called and stand for, and how they are read. */
export type BatchHead = {
  id: string;
  customerId: string;
  operation: Operation;
  source: "upload" | "json" | "single";
  options: BatchOptions;
  header: string[];
  columns: (FieldName | null)[];
  headerless: boolean;
  shift: number;
  /** Columns at the end that edits of rows have added. */
  addedColumns: number;
  /** The column that the sealed passwords were taken from, or null. */
  sealedColumn: number | null;
  fileNotes: string[];
  remembered: Remembered | null;
};

/** The head of a batch whose rows were read from cells. */
export type ReadBatchHead = BatchHead & { operation: FileOperation };

/** Whether the rows of a batch were read from cells; those of an undo were not. */
export function isRead(head: BatchHead): head is ReadBatchHead {
  return head.operation !== "undoBatch";
}

/** Gives the head of a batch whose rows can be edited. @throws Problem not_found; undo_fixed where the batch is an undo */
export async function readEditedHead(tx: Pick<Tx, "rows">, batchId: string): Promise<ReadBatchHead> {
  const head = await readBatchHead(tx, batchId);
  if (isRead(head)) return head;
  const message = "The rows of an undo are what the undone batch left. Cancel it, and edit the users themselves.";
  throw new Problem("undo_fixed", message, { batchId });
}

/** Gives the head of a batch's rows. @throws Problem not_found */
export async function readBatchHead(tx: Pick<Tx, "rows">, batchId: string): Promise<BatchHead> {
  const [table] = await tx.rows<BatchHead>(
    sql`select id, customer_id as "customerId", operation, source, options, header, columns, headerless, shift,
       added_columns as "addedColumns", sealed_column as "sealedColumn", file_notes as "fileNotes", remembered
     from batches where id = ${batchId}`,
  );
  if (table === undefined) throw new Problem("not_found", "There is no such batch.");
  return table;
}
