import { resolve } from "node:path";

/** The sentence of a data directory that this process cannot use, for the reason `code` that the operating system gave. */
export function folderProblem(dataDir: string, code: string): string {
  return `MUSTER_DATA_DIR leads to ${resolve(dataDir)}, which cannot be made or written (${code}): give this account the folder, or set another.`;
}
