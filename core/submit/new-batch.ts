import type { Batch, BatchOptions } from "../../contract/batch.ts";
import type { FieldName } from "../../contract/fields.ts";
import type { Operation } from "../../contract/operations.ts";
import type { Remembered } from "../../db/schema/batches.ts";
import type { Actor } from "../actor.ts";
import type { FirstBatchState } from "../batches/state/transitions.ts";
import { emptyPlan } from "../plan/cut-chunks.ts";

/** A batch as it is first written, before a row of it is. */
export type NewBatch = {
  id: string;
  customerId: string;
  operation: Operation;
  source: "upload" | "json" | "single";
  fileName: string | null;
  delimiter: string | null;
  /** Of a workbook only. */
  sheets?: Batch["sheets"];
  header: string[];
  columns: (FieldName | null)[];
  headerless: boolean;
  /** By how many columns the values stand to the right of their labels. */
  shift: number;
  remembered: Remembered | null;
  options: BatchOptions;
  state: FirstBatchState;
  actor: Actor;
};

/** The statement that writes `batch`, for whichever connection carries it. */
export function insertBatch(batch: NewBatch): { text: string; values: unknown[] } {
  return {
    text: `insert into batches (id, customer_id, operation, source, file_name, delimiter, header, columns, options,
        state, plan, actor_id, actor_name, headerless, shift, sealed_column, remembered, sheets)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, nullif($16, -1), $17, $18)`,
    values: [
      batch.id,
      batch.customerId,
      batch.operation,
      batch.source,
      batch.fileName,
      batch.delimiter,
      batch.header,
      batch.columns,
      JSON.stringify(batch.options),
      batch.state,
      JSON.stringify(emptyPlan),
      batch.actor.id,
      batch.actor.name,
      batch.headerless,
      batch.shift,
      batch.columns.indexOf("password"),
      batch.remembered === null ? null : JSON.stringify(batch.remembered),
      batch.sheets == null ? null : JSON.stringify(batch.sheets),
    ],
  };
}
