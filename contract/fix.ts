import { z } from "zod";
import { rowStates } from "./batch.ts";
import { causeCodes } from "./codes.ts";
import { cellTextSchema, longestCell, longestLookup } from "./limits.ts";

const count = z.number().int();

/** One change of a column in all rows of a batch with a cause. Passwords, and cells beyond the columns, are changed row by row. */
export const fixChangeSchema = z.strictObject({
  code: z.enum(causeCodes).describe("Rows with this cause"),
  state: z.enum(rowStates).optional().describe("Of these, the rows that ended so"),
  column: z.string().min(1).max(longestCell).describe("The header's label or the name of a field"),
  change: z.union([
    z.strictObject({ set: cellTextSchema.nullable().describe("What the cell becomes; null empties it") }),
    z.strictObject({
      replace: z.string().min(1).max(longestLookup).describe("A text that is replaced wherever it occurs in the cell"),
      by: z.string().max(longestLookup),
    }),
  ]),
});

/** What a fix would do: how many rows have the cause, how many cells change, and the first of these. */
export const fixPreviewSchema = z.object({
  rows: count,
  changes: count,
  first: z.array(z.object({ rowNo: count, before: z.string(), after: z.string() })).describe("Up to ten"),
});

/** A fix that was done. */
export const fixSchema = z.object({
  id: z.uuid(),
  column: z.string().describe("The header's label"),
  rows: count.describe("Rows whose cell it changed"),
  by: z.string(),
  at: z.iso.datetime(),
  undoneAt: z.iso.datetime().nullable(),
  kept: count
    .nullable()
    .describe("Rows that undoing it left as they are, because they were changed again or carried out since; else null"),
});

export type FixChange = z.infer<typeof fixChangeSchema>;
export type FixPreview = z.infer<typeof fixPreviewSchema>;
export type Fix = z.infer<typeof fixSchema>;
