import { Problem } from "../../../contract/problem.ts";
import { nonePassed } from "../../../files/header/find-header.ts";
import { isHeaderless } from "../../../files/header/is-headerless.ts";
import { joinHeader } from "../../../files/header/join-header.ts";
import { nameColumns, numberColumns } from "../../../files/columns/name-columns.ts";
import { openCsv } from "../../../files/csv/read-csv.ts";
import { tableRows } from "../../../files/table/table-rows.ts";

/** A file as Muster reads it: its header where it has one and its rows, or null with the code of the refusal. */
export type Loaded = { table: string[][] | null; refused: string | null; notes: string[] };

const limits = { maxRows: 1_000_000, maxColumns: 2000, maxCellBytes: 32_768 };

/**
 * Reads `text` with nothing known of it, by what Muster does to every file before it asks what the columns are about. A
 * file that is told to be empty, or to have a header and no row, is read; any other refusal is one.
 */
export async function loadTable(text: string): Promise<Loaded> {
  let header: string[] | null = null;
  const rows: string[][] = [];
  let notes: string[] = [];
  try {
    const top = await openCsv(oneBlock(text), limits);
    notes = top.notes();
    const { rows: head, headerAt } = joinHeader(top.rows, top.headerAt);
    const headerless = isHeaderless(head.slice(headerAt), []);
    const first = head.slice(headerless ? headerAt : headerAt + 1);
    const labels = headerless ? numberColumns(first) : nameColumns(head[headerAt]!, first);
    if (!headerless) header = labels.map((label, at) => (label === `Column ${at + 1}` ? "" : label));
    const passed = nonePassed();
    const columns = labels.map(() => null);
    const width = labels.length;
    const { source } = top;
    for await (const block of tableRows({ header: labels, columns, own: null, width, first, source, limits, passed })) {
      // The header of another table is none of the rows.
      rows.push(...block.filter(({ problem }) => problem?.code !== "second_table").map(({ cells }) => cells));
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code === "upload_empty") return { table: [], refused: error.code, notes };
    if (error.code !== "upload_header_only") return { table: null, refused: error.code, notes };
  }
  return { table: header === null ? rows : [header, ...rows], refused: null, notes };
}

async function* oneBlock(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}
