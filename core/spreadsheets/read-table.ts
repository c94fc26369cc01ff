import { createHash } from "node:crypto";
import { byteBlocks } from "./byte-blocks.ts";
import { readCsv } from "./read-csv.ts";
import { refuseBinary } from "./refuse-other-formats.ts";
import type { Table, TableOptions } from "./table.ts";

const blockLength = 65_536;

/**
 * Reads a CSV file of any of the dialects and encodings that admins have, streaming, in constant memory. Resolves as
 * soon as the header is found. The first data row is row 1; version, example and blank rows have no number.
 * @throws Problem upload_empty, upload_not_text, upload_json, header_unrecognised, header_ambiguous, mapping_invalid,
 * too_many_columns, cell_too_long, upload_truncated, encoding_undecodable; `rows` also throws upload_header_only and
 * too_many_rows
 */
export async function readTable(source: AsyncIterable<Uint8Array>, options: TableOptions): Promise<Table> {
  const hash = createHash("sha256");
  const blocks = hashed(
    byteBlocks(source, blockLength),
    options.hash === false ? () => {} : (block) => hash.update(block),
  );
  try {
    const first = await blocks.next();
    if (first.done !== true) refuseBinary(first.value);
    const table = await readCsv(first.done === true ? blocks : again(first.value, blocks), options);
    return { ...table, sha256: () => hash.copy().digest("hex") };
  } catch (error) {
    await blocks.return(undefined);
    throw error;
  }
}

async function* hashed(blocks: AsyncIterable<Buffer>, see: (block: Buffer) => unknown): AsyncGenerator<Buffer> {
  for await (const block of blocks) {
    see(block);
    yield block;
  }
}

async function* again(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}
