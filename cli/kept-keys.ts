import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { wrongUsage } from "./exit-codes.ts";

const keptSchema = z.object({ latest: z.string().nullable(), keys: z.record(z.string(), z.string()) });

/** The keys that `login` kept, by the address of their server, and the server of the latest. */
export type KeptKeys = z.infer<typeof keptSchema>;

/** Reads the keys kept in `folder`. @throws CommandFailed where the file is not one that `login` wrote */
export function readKeptKeys(folder: string | null): KeptKeys {
  const file = folder === null ? null : fileIn(folder);
  try {
    return file === null ? none() : keptSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return none();
    throw wrongUsage(`The file ${file} of kept keys cannot be read: remove it.`);
  }
}

/** Keeps `keys` in `folder`, in a file that its owner alone reads, and gives its path. @throws CommandFailed */
export function keepKeys(folder: string | null, keys: KeptKeys): string {
  if (folder === null) {
    throw wrongUsage("There is no home folder to keep a key in: set MUSTER_API_KEY.");
  }
  const file = fileIn(folder);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.new`, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
    chmodSync(`${file}.new`, 0o600);
    renameSync(`${file}.new`, file);
    return file;
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    throw wrongUsage(`The file ${file} cannot be written (${code}).`);
  }
}

function fileIn(folder: string): string {
  return join(folder, "keys.json");
}

function none(): KeptKeys {
  return { latest: null, keys: {} };
}
