import { notText } from "./refuse-other-formats.ts";
import { encrypted, oldFormat } from "../xlsx/workbook-problems.ts";

/** Whether a file begins as a compound file does: old Office documents, and new ones that are encrypted. */
export function isCompoundFile(head: Buffer): boolean {
  return head.subarray(0, 8).toString("hex") === "d0cf11e0a1b11ae1";
}

// Names of streams, by which such a file tells what it is. They stand in its directory, which may lie anywhere.
const streams = ["EncryptedPackage", "WordDocument", "PowerPoint Document", "Workbook", "Book"] as const;
const longestName = 2 * 32;

/**
 * Refuses a compound file with what it is.
 * @throws Problem workbook_encrypted, workbook_old_format, upload_not_text
 */
export async function refuseCompoundFile(blocks: AsyncIterable<Buffer>): Promise<never> {
  const found = new Set<string>();
  let before = Buffer.alloc(0);
  for await (const block of blocks) {
    const bytes = Buffer.concat([before, block]);
    for (const name of streams) if (bytes.includes(`${name}\0`, 0, "utf16le")) found.add(name);
    if (found.has("EncryptedPackage")) throw encrypted();
    before = bytes.subarray(-longestName);
  }
  if (found.has("WordDocument")) throw notText("an old Word document (.doc)");
  if (found.has("PowerPoint Document")) throw notText("an old PowerPoint presentation (.ppt)");
  if (found.has("Workbook") || found.has("Book")) throw oldFormat();
  throw notText("an old Office file, such as a mail (.msg)");
}
