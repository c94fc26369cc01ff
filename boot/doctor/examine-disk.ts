import { access, constants, statfs } from "node:fs/promises";
import { makeFolder } from "../../db/make-folder.ts";
import { folderProblem } from "../folder-problem.ts";
import { type Finding, warning, well, wrong } from "./finding.ts";

const scarceBytes = 2 * 1024 ** 3;
const fewBytes = 200 * 1024 ** 2;

/** Looks whether the embedded database can keep its data in `folder`, which is made where it is missing, and has room there. */
export async function examineDisk(folder: string): Promise<Finding> {
  try {
    await makeFolder(folder);
    await access(folder, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = await statfs(folder);
    return judgeDisk(folder, bavail * bsize);
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    return wrong("disk", folderProblem(folder, code));
  }
}

/** What `free` bytes in `folder` are worth to a database. */
export function judgeDisk(folder: string, free: number): Finding {
  const told = `The embedded database keeps its data in ${folder}, where ${Math.floor(free / 1024 ** 2)} MB are free.`;
  const todo = "Make room, or set MUSTER_DATA_DIR to a folder on another disk.";
  if (free < fewBytes) return wrong("disk", told, todo);
  return free < scarceBytes ? warning("disk", told, todo) : well("disk", told);
}
