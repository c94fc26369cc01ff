import { readWorkbookFile, type ChosenSheet, type WorkbookAsk } from "../../files/xlsx/read-workbook-file.ts";
import type { SheetTally } from "../../files/xlsx/scan-sheet.ts";
import { spoolFile } from "../../files/xlsx/spool-file.ts";
import { workbookLimits } from "../../files/xlsx/workbook-limits.ts";
import { inChunks, limits } from "./streams.ts";

/** What reading a workbook gives, without the thread that the product reads it in, which takes long to start. */
export async function readWorkbookHere(
  bytes: Uint8Array,
  ask: Partial<WorkbookAsk> = {},
): Promise<{ sheet: ChosenSheet; rows: string[][]; tally: SheetTally; blocks: number }> {
  const file = await spoolFile(inChunks(Buffer.from(bytes)), bytes.length);
  try {
    const read: Partial<{ sheet: ChosenSheet; tally: SheetTally }> = {};
    const rows: string[][] = [];
    let blocks = 0;
    for await (const piece of readWorkbookFile(file.fd, { limits: workbookLimits, mapped: [], ...limits, ...ask })) {
      if (piece.kind === "sheet") read.sheet = piece.sheet;
      else if (piece.kind === "end") read.tally = piece.tally;
      else {
        rows.push(...piece.rows);
        blocks++;
      }
    }
    return { sheet: read.sheet!, rows, tally: read.tally!, blocks };
  } finally {
    await file.close();
  }
}

/** Rows as they are read: without those that have no value, and without blank cells at their end. */
export function withValues(rows: string[][]): string[][] {
  return rows.map((row) => row.slice(0, row.findLastIndex((cell) => cell !== "") + 1)).filter((row) => row.length > 0);
}
