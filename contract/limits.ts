import { z } from "zod";

/** The longest text of a row, in UTF-16 code units; the same bound in bytes holds for a cell of a file. */
export const longestCell = 32_768;

/** The longest text to look something up by: a part of a name, an address, a product. */
export const longestLookup = 256;

/** Columns that a file may have, and so labels that a request may name. */
const mostColumns = 2000;

/** A text of a row. What its field takes is said row by row, so that one text fails one row and not its request. */
export const cellTextSchema = z.string().max(longestCell);

/** `value` by the labels of columns, as many as a file may have. */
export function byColumn<Value extends z.ZodType>(value: Value) {
  return z
    .record(z.string().max(longestCell), value)
    .refine((record) => Object.keys(record).length <= mostColumns, `Name ${mostColumns} columns at most`)
    .meta({ maxProperties: mostColumns });
}
