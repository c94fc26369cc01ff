import type { Batch, BatchColumn } from "../../../contract/batch.ts";
import type { FieldName } from "../../../contract/fields.ts";
import type { CoreContext } from "../../context.ts";
import { columnFinder } from "../../../files/columns/choose-columns.ts";
import { guessColumns } from "../../../files/columns/guess-columns.ts";
import { sampleRows } from "../../../files/table/table-head.ts";

const mostSamples = 3;
const longestSample = 80;

type Head = { shift: number; remembered: boolean; columns: (FieldName | null)[]; rows: string[][] };

/**
 * Gives each column of a batch's file, in order: the field that it stands for and who said so, what it seems to be, and a
 * few of its values. Passwords are marks by the time they are stored.
 */
export async function listColumns(context: CoreContext, { id, header, options }: Batch): Promise<BatchColumn[]> {
  const [head] = await context.db.sql<Head[]>`
    select shift, remembered is not null as remembered, to_json(columns) as columns, (
      select coalesce(json_agg(cells order by row_no), '[]') from (
        select row_no, cells from rows where batch_id = ${id} order by row_no limit ${sampleRows}
      ) first) as rows
    from batches where id = ${id}`;
  const { shift, remembered, columns, rows } = head ?? { shift: 0, remembered: false, columns: [], rows: [] };
  const guesses = new Map(guessColumns(header, columns, rows, shift).map((guess) => [guess.column, guess]));
  const mapped = new Set(Object.keys(options.mapping ?? {}).map(columnFinder(header)));
  return header.map((column, at) => {
    const field = columns[at] ?? null;
    const guess = guesses.get(column);
    return {
      column,
      field,
      source: mapped.has(at) ? (remembered ? "remembered" : "mapping") : field === null ? null : "words",
      guess: guess === undefined ? null : { field: guess.field, reason: guess.reason },
      samples: samplesOf(rows, at),
    };
  });
}

function samplesOf(rows: string[][], at: number): string[] {
  const values = rows.map((cells) => (cells[at] ?? "").trim()).filter((value) => value !== "");
  const cut = values.map((value) => Array.from(value).slice(0, longestSample).join(""));
  return [...new Set(cut)].slice(0, mostSamples);
}
