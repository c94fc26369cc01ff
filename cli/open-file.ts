import { createWriteStream } from "node:fs";
import { mkdtemp, open, rm, type FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { wrongUsage } from "./exit-codes.ts";

/** A file to be read, of `size` bytes. */
export type OpenFile = { handle: FileHandle; size: number };

/** What stands for standard input in place of a file. */
export const standardInput = "-";

/** Opens the file to import. @throws CommandFailed wrongUsage where it is none */
export async function openFile(file: string, stdin: Readable): Promise<OpenFile> {
  if (file === standardInput) return await keepInput(stdin);
  const handle = await open(file, "r").catch((error: NodeJS.ErrnoException) => {
    const why = error.code === "ENOENT" ? "is not there" : "cannot be read";
    throw wrongUsage(`The file ${file} ${why} (${error.code ?? error.message}).`);
  });
  const found = await handle.stat();
  if (found.isFile()) return { handle, size: found.size };
  await handle.close();
  throw wrongUsage(`${file} is not a file; save what comes from a pipe to one first.`);
}

/** A request that broke off is sent again, so what comes but once is kept meanwhile, in a file that has no name any more. */
async function keepInput(stdin: Readable): Promise<OpenFile> {
  const folder = await mkdtemp(join(tmpdir(), "muster-import-"));
  try {
    const file = join(folder, "input");
    await pipeline(stdin, createWriteStream(file, { mode: 0o600 }));
    const handle = await open(file, "r");
    return { handle, size: (await handle.stat()).size };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
