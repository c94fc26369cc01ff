import type { Batch } from "../../contract/batch.ts";

/** Whether no column of a batch's file is used, as with a file without a header or with one out of step. */
export function needsMapping({ columns, source }: Pick<Batch, "columns" | "source">): boolean {
  return source === "upload" && columns.every((field) => field === null || field === "password");
}
