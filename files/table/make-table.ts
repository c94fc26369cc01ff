import { nonePassed, passedOver } from "../header/find-header.ts";
import { joinHeader } from "../header/join-header.ts";
import { fileNotes, headNotes } from "./reading-notes.ts";
import type { RowSource } from "./row-source.ts";
import type { Table, TableOptions } from "./table.ts";
import { readTableHead } from "./table-head.ts";
import { tableRows } from "./table-rows.ts";

/** The top of a table whose header is found, and the source of the rows that follow. */
export type TableTop = {
  /** Rows that are read already, from the first of the file or sheet on. */
  rows: string[][];
  headerAt: number;
  source: RowSource;
  encoding: () => string;
  delimiter: string | null;
  sheets: Table["sheets"];
  /** What the source itself did to the file; final after the rows are read. */
  notes: () => string[];
};

/**
 * The table under the header of `top`: what is the same for text and workbooks.
 * @throws Problem header_unrecognised, header_ambiguous, mapping_invalid, too_many_columns
 */
export function makeTable(top: TableTop, options: TableOptions): Omit<Table, "sha256"> {
  const { source, encoding, delimiter, sheets } = top;
  const { rows, headerAt, joined } = joinHeader(top.rows, top.headerAt);
  const { labels, own, first, doubled, guesses, ...head } = readTableHead(rows, headerAt, options);
  const { header, columns } = head;
  const passed = nonePassed();
  let above = 0;
  for (const cells of rows.slice(0, headerAt)) {
    const kind = passedOver(cells);
    if (kind === null) above++;
    else passed[kind]++;
  }
  const ofFile = () => [
    ...top.notes(),
    ...fileNotes({ passed, above, encoding: encoding(), ours: own !== null, doubled, joined }),
  ];
  return {
    ...head,
    encoding,
    delimiter,
    sheets,
    notes: () => [...ofFile(), ...headNotes({ ...head, guesses })],
    fileNotes: ofFile,
    rows: tableRows({ header, columns, own, width: labels.length, first, source, limits: options, passed }),
    close: () => source.stop(),
  };
}
