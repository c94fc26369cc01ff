import { type FileHandle, open, stat, unlink } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { unreachable } from "../contract/request-failed.ts";
import type { CommandResult, Surroundings } from "./command.ts";
import { type CommandFailed, wrongUsage } from "./exit-codes.ts";
import { openServerCsv } from "./open-server-csv.ts";

/** The option of a command that downloads something. */
export const outputFlag = { output: { takes: "FILE", about: "writes there instead of to standard output" } } as const;

/** What is downloaded: where the server has it, or makes it of `body`, and its name in a sentence. */
type Download = { address: string; body?: object; name: string };

/**
 * Writes a CSV of the server, which `find` finds, to standard output or to the file `output`.
 * @throws RequestFailed, CommandFailed
 */
export async function download(
  { client, process, json }: Surroundings,
  output: string | undefined,
  find: () => Promise<Download>,
): Promise<CommandResult> {
  if (json && output === undefined) throw wrongUsage("--json goes with --output here: standard output is the file.");
  // Before the server is asked: what it makes for us alone, such as links, is to have its place.
  const file = output === undefined ? null : await openNew(output);
  try {
    const { address, body, name } = await find();
    const csv = await openServerCsv(client, address, body);
    const target = file === null ? process.stdout : file.createWriteStream();
    await pipeline(csv, target, { end: file !== null }).catch((error: NodeJS.ErrnoException) => {
      throw error.syscall === undefined ? unreachable() : cannotWrite(output, error);
    });
    return { lines: output === undefined ? [] : [`The ${name} are in ${output}.`], result: { file: output } };
  } catch (error) {
    // What came is kept, as nobody else may have it; an empty file would only bar the next try.
    if (output !== undefined && (await stat(output)).size === 0) await unlink(output);
    throw error;
  } finally {
    await file?.close();
  }
}

/** Passwords are for their owner alone; a file that is there is never written over. */
async function openNew(output: string): Promise<FileHandle> {
  return await open(output, "wx", 0o600).catch((error: NodeJS.ErrnoException) => {
    throw cannotWrite(output, error);
  });
}

function cannotWrite(output: string | undefined, { code = "unknown" }: NodeJS.ErrnoException): CommandFailed {
  return wrongUsage(`The file ${output ?? ""} cannot be written (${code}).`);
}
