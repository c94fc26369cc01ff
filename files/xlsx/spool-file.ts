import { randomUUID } from "node:crypto";
import { open, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { workbookTooLarge } from "./workbook-problems.ts";

/** A file on disk that has no name any more: it is gone when it is closed, or when the process ends. */
export type SpooledFile = { fd: number; close(): Promise<void> };

/**
 * Writes `blocks` to a temporary file that nobody else can open, because a directory of names is at the end of a zip
 * archive and what it names lies anywhere before. Its name is removed at once, so that no crash can leave it behind.
 * @throws Problem workbook_too_large beyond `maxBytes`
 */
export async function spoolFile(blocks: AsyncIterable<Buffer>, maxBytes: number): Promise<SpooledFile> {
  const path = join(tmpdir(), `muster-${randomUUID()}`);
  const handle = await open(path, "wx+", 0o600);
  let bytes = 0;
  try {
    await unlink(path);
    for await (const block of blocks) {
      bytes += block.length;
      if (bytes > maxBytes) {
        throw workbookTooLarge(`The workbook has more than ${maxBytes / 1024 / 1024} MB, the most that is read`);
      }
      for (let at = 0; at < block.length;) at += (await handle.write(block, at)).bytesWritten;
    }
  } catch (error) {
    await handle.close();
    throw error;
  }
  return { fd: handle.fd, close: () => handle.close() };
}
