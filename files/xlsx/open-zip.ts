import { fstatSync } from "node:fs";
import { crc32 } from "node:zlib";
import { fromRandomAccessReaderPromise, type Entry } from "yauzl";
import { Problem } from "../../contract/problem.ts";
import { inflateEntry } from "./inflate-entry.ts";
import type { WorkbookLimits } from "./workbook-limits.ts";
import { broken, encrypted, workbookTooLarge } from "./workbook-problems.ts";
import { ZipFileReader } from "./zip-file-reader.ts";

/** The parts of a zip archive, by names that differ in more than case. */
export type Zip = {
  names: string[];
  has(name: string): boolean;
  /**
   * The bytes of a part as they are inflated, no faster than they are taken and no more than the directory says.
   * @throws Problem workbook_broken, workbook_encrypted; workbook_too_large beyond `maxBytes`
   */
  read(name: string, maxBytes?: number): AsyncGenerator<Buffer>;
};

// A workbook has a few dozen parts, with pictures some hundreds; each is looked at one by one.
const maxParts = 10_000;

// Sheets shrink to a tenth or twentieth: no two rows have the same references. Beyond 200 there is nothing in it to read.
const bombBytes = 100_000_000;
const bombRatio = 200;

/**
 * Opens the zip archive in the open file `fd`, which stays the caller's, by its directory and inflates nothing yet.
 * @throws Problem workbook_broken, workbook_too_large
 */
export async function openZip(fd: number, limits: Pick<WorkbookLimits, "maxUnzippedBytes">): Promise<Zip> {
  const { size } = fstatSync(fd);
  const reader = new ZipFileReader(fd, size);
  const zip = await fromRandomAccessReaderPromise(reader, size, { autoClose: false }).catch((error: unknown) => {
    throw ofDamage(error, "the directory at its end is missing");
  });
  if (zip.entryCount > maxParts)
    throw workbookTooLarge(`The workbook has ${zip.entryCount} parts; ${maxParts} is the most`);
  const entries = new Map<string, Entry>();
  let [zipped, unzipped] = [0, 0];
  try {
    for await (const entry of zip.eachEntry()) {
      entries.set(entry.fileName.toLowerCase(), entry);
      zipped += entry.compressedSize;
      unzipped += entry.uncompressedSize;
    }
  } catch (error) {
    throw ofDamage(error, "its zip directory cannot be read");
  }
  if (zipped > zip.fileSize) throw broken("its parts lie over one another");
  if (unzipped > limits.maxUnzippedBytes) {
    throw workbookTooLarge(
      `The workbook unzips to ${megabytes(unzipped)}; ${megabytes(limits.maxUnzippedBytes)} is the most that is read`,
    );
  }
  if (unzipped > bombBytes && unzipped > zip.fileSize * bombRatio) {
    const times = Math.round(unzipped / zip.fileSize);
    throw workbookTooLarge(
      `The workbook unzips to ${megabytes(unzipped)}, ${times} times its size, which a list of users never does`,
    );
  }

  async function* read(name: string, maxBytes = Infinity): AsyncGenerator<Buffer> {
    const entry = entries.get(name.toLowerCase());
    if (entry === undefined) throw broken(`its part ${name} is missing`);
    if (entry.isEncrypted()) throw encrypted();
    if (!entry.canDecodeFileData()) throw broken(`its part ${name} is zipped in a way that workbooks do not know`);
    if (entry.uncompressedSize > maxBytes) {
      throw workbookTooLarge(
        `The part ${name} of the workbook has ${megabytes(entry.uncompressedSize)}; ${megabytes(maxBytes)} is the most`,
      );
    }
    let [sum, length] = [0, 0];
    try {
      const { fileDataStart: start } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
      const deflated = entry.compressionMethod !== 0;
      for await (const bytes of inflateEntry({ fd, start, length: entry.compressedSize, deflated })) {
        length += bytes.length;
        if (length > entry.uncompressedSize) break;
        sum = crc32(bytes, sum);
        yield bytes;
      }
    } catch (error) {
      throw ofDamage(error, `its part ${name} cannot be unzipped`);
    }
    if (length > entry.uncompressedSize) throw broken(`its part ${name} is larger than its directory says`);
    if (length < entry.uncompressedSize || sum !== entry.crc32) throw broken(`its part ${name} is not what was zipped`);
  }

  return { names: [...entries.keys()], has: (name) => entries.has(name.toLowerCase()), read };
}

/**
 * The refusal of a file of which a library says that it is damaged. A fault of the machine, or of a program, is none of
 * the file's and stays what it is.
 */
function ofDamage(error: unknown, what: string): unknown {
  if (!(error instanceof Error) || error instanceof Problem) return error;
  const { code } = error as { code?: string };
  const saysDamage = code === undefined ? error.constructor === Error : code.startsWith("Z_") && code !== "Z_MEM_ERROR";
  return saysDamage ? broken(what) : error;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000).toLocaleString("en")} MB`;
}
