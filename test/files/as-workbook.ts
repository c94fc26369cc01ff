import Papa from "papaparse";
import type { Mapping } from "../../files/columns/choose-columns.ts";
import { findHeaderRow } from "../../files/header/find-header.ts";
import { makeTable } from "../../files/table/make-table.ts";
import type { RawRow } from "../../files/table/table-rows.ts";
import type { Table } from "../../files/table/table.ts";
import { workbookNotes } from "../../files/xlsx/workbook-notes.ts";
import { writeSheet } from "../support/write-workbook.ts";
import { limits } from "./streams.ts";
import { readWorkbookHere } from "./workbooks.ts";

/** The cells of a CSV file, as the spreadsheet program shows them that opens it. */
export function cellsOf(bytes: Buffer, encoding: string, delimiter: string): string[][] {
  const label = encoding.replace(/ with BOM| LE$/, "").replace("UTF-16 BE", "UTF-16BE");
  const text = new TextDecoder(label).decode(bytes);
  return Papa.parse<string[]>(text, { delimiter }).data;
}

/** What a workbook of `cells` gives, read without the thread that takes long to start. */
export async function readAsWorkbook(
  cells: string[][],
  mapping: Mapping | undefined,
): Promise<{ table: Omit<Table, "sha256">; raw: RawRow[] }> {
  const mapped = Object.keys(mapping ?? {});
  const { rows, sheet, tally } = await readWorkbookHere(writeSheet(cells), { mapped });
  const { headerAt } = findHeaderRow(rows, mapped);
  const table = makeTable(
    {
      rows,
      headerAt,
      source: { next: () => Promise.resolve(null), stop: () => Promise.resolve() },
      encoding: () => "XLSX",
      delimiter: null,
      sheets: sheet,
      notes: () => workbookNotes({ sheet, tally }),
    },
    { ...limits, mapping },
  );
  const raw: RawRow[] = [];
  for await (const block of table.rows) raw.push(...block);
  return { table, raw };
}
