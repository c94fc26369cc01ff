import { readTable } from "../../files/table/read-table.ts";
import type { Table, TableOptions } from "../../files/table/table.ts";
import type { RawRow } from "../../files/table/table-rows.ts";

export const limits: TableOptions = { maxRows: 1_000_000, maxColumns: 2000, maxCellBytes: 32_768 };

/** `bytes` as a stream of chunks of `size` bytes. */
export async function* inChunks<Bytes extends Uint8Array>(bytes: Bytes, size = 65_536): AsyncGenerator<Bytes> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size) as Bytes;
}

/** Everything that reading a file gives, after its last row. */
export async function readAll(
  content: string | Uint8Array,
  options: Partial<TableOptions> & { chunk?: number } = {},
): Promise<{ table: Table; rows: RawRow[] }> {
  const { chunk, ...rest } = options;
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  const table = await readTable(inChunks(bytes, chunk), { ...limits, ...rest });
  const rows: RawRow[] = [];
  for await (const block of table.rows) rows.push(...block);
  return { table, rows };
}
