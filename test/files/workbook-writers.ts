import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";
import ExcelJS from "exceljs";
import writeExcelFile from "write-excel-file/node";
import { utils, write, type CellObject } from "xlsx";
import { escapeText, writeSheet, type Cell, type WorkbookSpec } from "../support/write-workbook.ts";
import { momentOf, type ListValue, type UserList } from "./user-lists.ts";

const dayFormat = "yyyy-mm-dd";

/**
 * Ways to write a list as a workbook, by what writes it and how texts lie in it. All but the last ones are others'
 * programs, for a reader that is only tried on our own files knows only our own habits. They are here as writers only:
 * as readers SheetJS 0.18 and exceljs have known faults.
 */
export const workbookWriters: Record<string, (list: UserList) => Promise<Uint8Array>> = {
  "SheetJS, texts as results of formulas": (list) => bySheetJs(list, false),
  "SheetJS, shared texts": (list) => bySheetJs(list, true),
  "exceljs, shared texts": byExcelJs,
  "exceljs as a stream": byExcelJsStream,
  "write-excel-file": byWriteExcelFile,
  "our own, shared texts": (list) => byUs(list, { texts: "shared" }),
  "our own, texts in the cells": (list) => byUs(list, { texts: "inline" }),
};

function bySheetJs(list: UserList, bookSST: boolean): Promise<Uint8Array> {
  const cells = rowsOf<CellObject>(
    list,
    ({ day }) => ({ t: "n", v: day, z: dayFormat }),
    ({ formula, result }) => ({ t: "s", f: formula, v: result }),
  );
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(cells), "People");
  return Promise.resolve(write(book, { type: "buffer", bookType: "xlsx", bookSST, compression: true }) as Buffer);
}

async function byExcelJs(list: UserList): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  book.addWorksheet("People").addRows(rowsForExcelJs(list));
  return new Uint8Array(await book.xlsx.writeBuffer());
}

async function byExcelJsStream(list: UserList): Promise<Uint8Array> {
  const stream = new PassThrough();
  const bytes = buffer(stream);
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream });
  const sheet = book.addWorksheet("People");
  for (const row of rowsForExcelJs(list)) sheet.addRow(row).commit();
  await book.commit();
  return bytes;
}

async function byWriteExcelFile(list: UserList): Promise<Uint8Array> {
  const rows = rowsOf<Date | string>(
    list,
    ({ day }) => momentOf(day),
    ({ result }) => result,
  );
  return await writeExcelFile(rows, { dateFormat: dayFormat }).toBuffer();
}

function byUs(list: UserList, spec: WorkbookSpec): Promise<Uint8Array> {
  const rows = rowsOf<Cell>(
    list,
    ({ day }) => ({ number: day, format: 14 }),
    ({ formula, result }) => ({ t: "str", xml: `<f>${formula}</f><v>${escapeText(result)}</v>` }),
  );
  return Promise.resolve(writeSheet(rows, spec));
}

function rowsForExcelJs(list: UserList): ExcelJS.CellValue[][] {
  return rowsOf<ExcelJS.CellValue>(
    list,
    ({ day }) => momentOf(day),
    (formula) => formula,
  );
}

/** The header and all rows, with the values that are not plain as `day` and `formula` give them. */
function rowsOf<Value>(
  { header, rows }: UserList,
  day: (value: { day: number }) => Value,
  formula: (value: { formula: string; result: string }) => Value,
): (Value | string | number | boolean | null)[][] {
  const own = (value: ListValue) => {
    if (value === null || typeof value !== "object") return value;
    return "day" in value ? day(value) : formula(value);
  };
  return [header, ...rows].map((row) => row.map(own));
}
