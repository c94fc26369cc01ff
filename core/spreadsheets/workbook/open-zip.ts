import { pipeline } from "node:stream";
import { crc32, createInflateRaw } from "node:zlib";
import { fromFdPromise, type Entry, type ZipFile } from "yauzl";
import type { WorkbookLimits } from "./workbook-limits.ts";
import { broken, encrypted, tooLarge } from "./workbook-problems.ts";

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

// Twice as fast as the 16 kB that zlib takes by itself.
const inflateBytes = 65_536;

/**
 * Opens the zip archive in the open file `fd`, which stays the caller's, by its directory and inflates nothing yet.
 * @throws Problem workbook_broken, workbook_too_large
 */
export async function openZip(fd: number, limits: Pick<WorkbookLimits, "maxUnzippedBytes">): Promise<Zip> {
  // Closing the archive would close `fd`, so it is left open: it holds nothing else.
  const zip = await fromFdPromise(fd, { autoClose: false }).catch(() => {
    throw broken("the directory at its end is missing");
  });
  if (zip.entryCount > maxParts) throw tooLarge(`The workbook has ${zip.entryCount} parts; ${maxParts} is the most`);
  const entries = new Map<string, Entry>();
  let [zipped, unzipped] = [0, 0];
  try {
    for await (const entry of zip.eachEntry()) {
      entries.set(entry.fileName.toLowerCase(), entry);
      zipped += entry.compressedSize;
      unzipped += entry.uncompressedSize;
    }
  } catch {
    throw broken("its zip directory cannot be read");
  }
  if (zipped > zip.fileSize) throw broken("its parts lie over one another");
  if (unzipped > limits.maxUnzippedBytes) {
    throw tooLarge(
      `The workbook unzips to ${megabytes(unzipped)}; ${megabytes(limits.maxUnzippedBytes)} is the most that is read`,
    );
  }
  if (unzipped > bombBytes && unzipped > zip.fileSize * bombRatio) {
    const times = Math.round(unzipped / zip.fileSize);
    throw tooLarge(`The workbook unzips to ${megabytes(unzipped)}, ${times} times its size, as no list of users does`);
  }

  async function* read(name: string, maxBytes = Infinity): AsyncGenerator<Buffer> {
    const entry = entries.get(name.toLowerCase());
    if (entry === undefined) throw broken(`its part ${name} is missing`);
    if (entry.isEncrypted()) throw encrypted();
    if (!entry.canDecodeFileData()) throw broken(`its part ${name} is zipped in a way that workbooks do not know`);
    if (entry.uncompressedSize > maxBytes) {
      throw tooLarge(
        `The part ${name} of the workbook has ${megabytes(entry.uncompressedSize)}; ${megabytes(maxBytes)} is the most`,
      );
    }
    let [sum, length] = [0, 0];
    try {
      for await (const bytes of await inflated(zip, entry)) {
        length += bytes.length;
        if (length > entry.uncompressedSize) break;
        sum = crc32(bytes, sum);
        yield bytes;
      }
    } catch {
      throw broken(`its part ${name} cannot be unzipped`);
    }
    if (length > entry.uncompressedSize) throw broken(`its part ${name} is larger than its directory says`);
    if (length < entry.uncompressedSize || sum !== entry.crc32) throw broken(`its part ${name} is not what was zipped`);
  }

  return { names: [...entries.keys()], has: (name) => entries.has(name.toLowerCase()), read };
}

async function inflated(zip: ZipFile, entry: Entry): Promise<AsyncIterable<Buffer>> {
  const raw = await zip.openReadStreamPromise(entry, { decodeFileData: false });
  if (entry.compressionMethod === 0) return raw;
  const inflate = createInflateRaw({ chunkSize: inflateBytes });
  // Whoever reads hears of an error there; whoever stops early does not want to.
  pipeline(raw, inflate, () => undefined);
  return inflate;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000).toLocaleString("en")} MB`;
}
