import { open, type FileHandle } from "node:fs/promises";
import { CommandFailed, exitCodes } from "./exit-codes.ts";

/** A file to be read, of `size` bytes. */
export type OpenFile = { handle: FileHandle; size: number };

/** Opens the file to import. @throws CommandFailed wrongUsage where it is none */
export async function openFile(file: string): Promise<OpenFile> {
  const handle = await open(file, "r").catch((error: NodeJS.ErrnoException) => {
    const why = error.code === "ENOENT" ? "is not there" : "cannot be read";
    throw new CommandFailed(exitCodes.wrongUsage, `The file ${file} ${why} (${error.code ?? error.message}).`);
  });
  const found = await handle.stat();
  if (found.isFile()) return { handle, size: found.size };
  await handle.close();
  throw new CommandFailed(exitCodes.wrongUsage, `${file} is not a file; save what comes from a pipe to one first.`);
}
