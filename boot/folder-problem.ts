import { resolve } from "node:path";

/** What the system says of a folder that cannot be used, wherever in it that was. */
const folderFaults = new Set([
  "EROFS",
  "EACCES",
  "EPERM",
  "ENOTDIR",
  "EEXIST",
  "ENOENT",
  "ENOSPC",
  "ENAMETOOLONG",
  "ELOOP",
]);

/** Makes what turns such an error into the sentence that names the setting, and throws any other as it is. */
export function blameFolder(dataDir: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    const { syscall, code = "" } = error;
    if (syscall === undefined || !folderFaults.has(code)) throw error;
    throw new Error(folderProblem(dataDir, code));
  };
}

/** The sentence of a data directory that this process cannot use, for the reason `code` that the operating system gave. */
export function folderProblem(dataDir: string, code: string): string {
  return `MUSTER_DATA_DIR leads to ${resolve(dataDir)}, which cannot be made or written (${code}): give this account the folder, or set another.`;
}
