import { quoteValue } from "../../contract/codes.ts";
import { Problem } from "../../contract/problem.ts";

/** A place in a file, as refusals name it; `rowNo` null is the header, `value` null a secret or nothing to show. */
export type Place = { rowNo: number | null; label: string; value: string | null };

/** The refusal of a file in which a quote opens a cell at `place` and never closes. */
export function truncated(place: Place): Problem {
  return new Problem(
    "upload_truncated",
    `The file ends in the middle of a cell: a quote opens it in ${spoken(place)} and nothing closes it. Send the whole file, or remove the quote.`,
    { errors: [at(place, "A quote opens here and never closes.")] },
  );
}

/** The refusal of a file whose cell at `place` has more than `maxCellBytes`; `inQuotes` where a quote may be missing. */
export function cellTooLong(place: Place, maxCellBytes: number, inQuotes: boolean): Problem {
  const hint = inQuotes ? " It begins with a quote: perhaps the closing one is missing." : "";
  return new Problem(
    "cell_too_long",
    `The cell in ${spoken(place)} has more than ${maxCellBytes} bytes, the most that a cell may have.${hint} Shorten it or leave the column out.`,
    { errors: [at(place, `Longer than ${maxCellBytes} bytes.`)] },
  );
}

/** The refusal of a file with more than `maxColumns` columns in row `rowNo`, or in the header where that is null. */
export function tooManyColumns(rowNo: number | null, found: number, maxColumns: number): Problem {
  const where = rowNo === null ? "The header" : `Row ${rowNo}`;
  return new Problem(
    "too_many_columns",
    `${where} has ${found} columns; ${maxColumns} is the most. Perhaps the line ends are missing; else leave out the columns that are not about users.`,
    {
      errors: [{ ...(rowNo === null ? {} : { row: rowNo }), message: `${found} columns; ${maxColumns} is the most.` }],
    },
  );
}

/** The refusal of a file with more than `maxRows` rows. */
export function tooManyRows(maxRows: number): Problem {
  return new Problem(
    "too_many_rows",
    `The file has more than ${maxRows} rows, the most that one file may have. Split it and send the parts.`,
    {
      errors: [{ row: maxRows + 1, message: `Beyond the ${maxRows} rows that are allowed.` }],
    },
  );
}

/** The refusal of a file that has a header and nothing under it. */
export function headerOnly(header: string[]): Problem {
  const shown = header.slice(0, 20).map(quoteValue).join(", ");
  return new Problem(
    "upload_header_only",
    `The file has the header ${shown} and no row under it; one row for each user was looked for.`,
  );
}

/** The refusal of a file without a single character, or with blanks only. */
export function empty(): Problem {
  return new Problem(
    "upload_empty",
    "The file is empty, or begins with nothing but blanks; a CSV file with a header row and a row for each user was looked for.",
  );
}

function spoken({ rowNo, label }: Place): string {
  return rowNo === null ? `the header, column ${quoteValue(label)}` : `row ${rowNo}, column ${quoteValue(label)}`;
}

function at({ rowNo, label, value }: Place, message: string) {
  return {
    ...(rowNo === null ? {} : { row: rowNo }),
    column: label,
    ...(value === null ? {} : { value: Array.from(value.slice(0, 200)).slice(0, 80).join("") }),
    message,
  };
}
