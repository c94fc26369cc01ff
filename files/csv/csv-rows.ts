import type { CsvParser } from "./parse-csv.ts";
import type { RowSource } from "../table/row-source.ts";
import { cellTooLong, tooManyColumns, truncated, type Place } from "../table/table-problems.ts";

type CsvLimits = { maxColumns: number; maxCellBytes: number };

// A row that goes on beyond a piece may end in blank columns, so what is open gets this much room before it is refused.
const openColumns = 65_536;

/**
 * The rows that `parser` cuts out of `pieces`.
 * @throws Problem upload_truncated, too_many_columns and cell_too_long, before more than a cell is held
 */
export function csvRows(parser: CsvParser, pieces: AsyncGenerator<string>, limits: CsvLimits): RowSource {
  let ended = false;
  return {
    async next(here) {
      checkOpenCell(parser, limits, here);
      if (ended) return null;
      const piece = await pieces.next();
      if (piece.done !== true) return parser.push(piece.value);
      ended = true;
      const open = parser.open();
      if (open.quoted) throw truncated(here(open.column, open.text));
      return parser.end();
    },
    stop: async () => void (await pieces.return(undefined)),
  };
}

function checkOpenCell(parser: CsvParser, limits: CsvLimits, here: (column: number, value: string) => Place): void {
  const { column, text, quoted } = parser.open();
  if (column > limits.maxColumns + openColumns) {
    throw tooManyColumns(here(column, text).rowNo, column, limits.maxColumns);
  }
  if (text.length > limits.maxCellBytes && Buffer.byteLength(text) > limits.maxCellBytes * 2 + 2) {
    throw cellTooLong(here(column, text), limits.maxCellBytes, quoted);
  }
}
