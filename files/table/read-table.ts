import { createHash } from "node:crypto";
import { byteBlocks } from "../bytes/byte-blocks.ts";
import { readCsv } from "../csv/read-csv.ts";
import { isCompoundFile, refuseCompoundFile } from "../bytes/refuse-compound-file.ts";
import { refuseBinary } from "../bytes/refuse-other-formats.ts";
import type { Table, TableOptions } from "./table.ts";
import { readWorkbook } from "../xlsx/read-workbook.ts";

// As text it stays below 128 kB: beyond that V8 asks the system for the memory of each text anew, which costs as much as
// cutting it into cells.
const blockLength = 32_768;

/**
 * Reads a CSV file of any of the dialects and encodings that admins have, streaming, in constant memory, or an Excel
 * workbook: which of them it is, its first bytes tell and never its name. Resolves as soon as the header is found. The
 * first data row is row 1; version, example and blank rows have no number.
 * @throws Problem upload_empty, upload_not_text, upload_json, header_unrecognised, header_ambiguous, mapping_invalid,
 * too_many_columns, cell_too_long, upload_truncated, encoding_undecodable, of workbooks also workbook_broken,
 * workbook_encrypted, workbook_too_large, workbook_too_slow, workbook_no_table, sheet_unknown, workbook_old_format and
 * workbook_other_format; `rows` also throws upload_header_only and too_many_rows
 */
export async function readTable(source: AsyncIterable<Uint8Array>, options: TableOptions): Promise<Table> {
  const hash = createHash("sha256");
  const see = options.hash === false ? () => {} : (block: Buffer) => hash.update(block);
  const blocks = watched(byteBlocks(source, blockLength), see);
  try {
    const first = await blocks.next();
    const table = first.done === true ? readCsv(blocks, options) : readKind(first.value, blocks, options);
    return { ...(await table), sha256: () => hash.copy().digest("hex") };
  } catch (error) {
    await blocks.return(undefined);
    throw error;
  }
}

async function readKind(first: Buffer, rest: AsyncIterable<Buffer>, options: TableOptions) {
  const blocks = again(first, rest);
  if (isCompoundFile(first)) return await refuseCompoundFile(blocks);
  if (isZip(first)) return await readWorkbook(blocks, options);
  refuseBinary(first);
  return await readCsv(blocks, options);
}

function isZip(head: Buffer): boolean {
  return head.length >= 4 && head.readUInt32BE(0) === 0x504b0304;
}

async function* watched(blocks: AsyncIterable<Buffer>, see: (block: Buffer) => unknown): AsyncGenerator<Buffer> {
  for await (const block of blocks) {
    see(block);
    yield block;
  }
}

async function* again(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}
