import { Problem } from "../../contract/problem.ts";
import { findHeaderRow } from "../header/find-header.ts";
import { makeTable } from "../table/make-table.ts";
import type { Table, TableOptions } from "../table/table.ts";
import { spoolFile } from "./spool-file.ts";
import { startThread, type WorkbookThread } from "./start-thread.ts";
import { workbookLimits } from "./workbook-limits.ts";
import { noTable, withOtherSheets } from "./workbook-problems.ts";
import { workbookNotes, type Told } from "./workbook-notes.ts";

/**
 * Reads an Excel workbook: all of it to a temporary file, then row by row in a thread of its own.
 * @throws Problem as `readTable` says of workbooks
 */
export async function readWorkbook(
  blocks: AsyncIterable<Buffer>,
  options: TableOptions,
): Promise<Omit<Table, "sha256">> {
  const limits = { ...workbookLimits, ...options.workbook };
  const mapped = Object.keys(options.mapping ?? {});
  const file = await spoolFile(blocks, limits.maxZippedBytes);
  const thread = startThread({
    fd: file.fd,
    limits,
    maxColumns: options.maxColumns,
    maxCellBytes: options.maxCellBytes,
    mapped,
    sheet: options.sheet,
  });
  const { source, told } = threadRows(thread, async () => {
    await thread.stop();
    await file.close();
  });
  try {
    const rows = (await source.next()) ?? [];
    const { headerAt } = findHeaderRow(rows, mapped);
    if (headerAt === -1) throw noTable([told.sheet?.read ?? ""], []);
    const notes = () => workbookNotes(told);
    return makeTable(
      { rows, headerAt, source, encoding: () => "XLSX", delimiter: null, sheets: told.sheet, notes },
      options,
    );
  } catch (error) {
    await source.stop();
    throw error instanceof Problem && told.sheet !== null ? withOtherSheets(error, told.sheet) : error;
  }
}

function threadRows(thread: WorkbookThread, end: () => Promise<void>) {
  const told: Told = { sheet: null, tally: null };
  let ending: Promise<void> | null = null;
  return {
    told,
    source: {
      async next(): Promise<string[][] | null> {
        while (told.tally === null) {
          const message = await thread.next();
          if (message.kind === "rows") return message.rows;
          if (message.kind === "sheet") told.sheet = message.sheet;
          else told.tally = message.tally;
        }
        return null;
      },
      stop: () => (ending ??= end()),
    },
  };
}
