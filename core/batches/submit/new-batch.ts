import type { Batch, BatchOptions } from "../../../contract/batch.ts";
import type { FieldName } from "../../../contract/fields.ts";
import type { Operation } from "../../../contract/operations.ts";
import type { Remembered } from "../../../db/schema/batches.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import type { Actor } from "../../actor.ts";
import type { FirstBatchState } from "../state/transitions.ts";
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
  /** The file for many customers that it is a part of. */
  bundleId?: string;
  actor: Actor;
};

/** The statement that writes `batch`. */
export function insertBatch(batch: NewBatch): SqlText {
  const { actor, remembered, sheets } = batch;
  return sql`
    insert into batches (id, customer_id, operation, source, file_name, delimiter,
      header, columns, options, state, plan,
      actor_id, actor_name, headerless, shift, sealed_column,
      remembered, sheets, bundle_id)
    values (${batch.id}, ${batch.customerId}, ${batch.operation}, ${batch.source}, ${batch.fileName}, ${batch.delimiter},
      ${batch.header}, ${batch.columns}, ${JSON.stringify(batch.options)}, ${batch.state}, ${JSON.stringify(emptyPlan)},
      ${actor.id}, ${actor.name}, ${batch.headerless}, ${batch.shift}, nullif(${batch.columns.indexOf("password")}, -1),
      ${remembered === null ? null : JSON.stringify(remembered)}, ${sheets == null ? null : JSON.stringify(sheets)},
      ${batch.bundleId ?? null})
  `;
}
