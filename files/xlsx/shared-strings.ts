import type { Zip } from "./open-zip.ts";
import { makeRichText } from "./rich-text.ts";
import { scanXml } from "./scan-xml.ts";
import { broken, workbookTooLarge } from "./workbook-problems.ts";

/** The texts that cells name by number. @throws Problem workbook_broken, where there is no such number */
export type SharedStrings = (no: number) => string;

const blockBytes = 1024 * 1024;
const indexBytes = 8;

/** Of UTF-8, for what is one in the length of a string. */
const mostBytes = 3;

// Most cells of a list say what others near them do: a department, a city, a license.
const mostRecent = 4096;
const longestRecent = 64;

/**
 * Reads the shared strings, each cut a little beyond `maxLength`. They are held as bytes and not as strings: 230,000
 * of 100,000 rows take 5 MB instead of 13, and of the thread's heap only what was read last.
 * @throws Problem workbook_broken, workbook_too_large
 */
export async function readSharedStrings(
  zip: Zip,
  part: string | null,
  { maxLength, maxBytes }: { maxLength: number; maxBytes: number },
): Promise<SharedStrings> {
  const blocks: Buffer[] = [];
  let used = 0;
  let starts = new Uint32Array(1024);
  let lengths = new Uint32Array(1024);
  let count = 0;
  const text = makeRichText(maxLength);

  function add(string: string): void {
    if (blocks.length * blockBytes + count * indexBytes > maxBytes) {
      throw workbookTooLarge(
        `The texts of the workbook take more than ${maxBytes / 1024 / 1024} MB, the most that is held`,
      );
    }
    if (blocks.length === 0 || used + string.length * mostBytes > blockBytes) {
      blocks.push(Buffer.allocUnsafeSlow(blockBytes));
      used = 0;
    }
    const length = blocks.at(-1)!.write(string, used);
    if (count === starts.length) [starts, lengths] = [twice(starts), twice(lengths)];
    starts[count] = (blocks.length - 1) * blockBytes + used;
    lengths[count++] = length;
    used += length;
  }

  if (part !== null && zip.has(part)) {
    const scanner = scanXml(part, {
      open: (name) => text.open(name),
      text: (more) => text.text(more),
      close(name) {
        if (name === "si") add(text.take());
        else text.close(name);
      },
    });
    for await (const bytes of zip.read(part)) scanner.push(bytes);
    scanner.end();
  }
  const recent: string[] = Array.from({ length: mostRecent }, () => "");
  const recentNos = new Int32Array(mostRecent).fill(-1);
  return (no) => {
    const place = no % mostRecent;
    if (recentNos[place] === no) return recent[place]!;
    if (!(no >= 0 && no < count && Number.isInteger(no))) {
      throw broken(`a cell names the text number ${no} of ${count}`);
    }
    const at = starts[no]! % blockBytes;
    const string = blocks[Math.floor(starts[no]! / blockBytes)]!.toString("utf8", at, at + lengths[no]!);
    if (string.length <= longestRecent) {
      recent[place] = string;
      recentNos[place] = no;
    }
    return string;
  };
}

function twice(numbers: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}
