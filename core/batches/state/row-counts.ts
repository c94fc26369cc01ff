import { rowStates } from "../../../contract/batch.ts";
import { sql } from "../../../db/sql-text.ts";

const each = (separator: string, write: (state: string) => string) => sql.unsafe(rowStates.map(write).join(separator));

/** SQL for the columns of a chunk that count its rows, one for each of their states. */
export const countColumns = each(", ", (state) => state);

/** SQL for all rows of a chunk. */
export const allRowsSql = each(" + ", (state) => state);

/** SQL that counts rows by `state`, in columns of these names. */
export const countStatesSql = each(", ", (state) => `count(*) filter (where state = '${state}') as ${state}`);

/** SQL that sets these columns of a chunk to those of `counts`. */
export const setCountsSql = each(", ", (state) => `${state} = counts.${state}`);
