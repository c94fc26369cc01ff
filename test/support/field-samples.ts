import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { canRun } from "./can-run.ts";

/** The folder of real files of others, beside the repository and not part of it: absent in a clone. */
export const fieldSamples = fileURLToPath(new URL("../../../shared/samples/", import.meta.url));

/** Whether `command` has the real files that its tests read; where they are not there, one line says so. */
export function canReadSamples(command: string): boolean {
  return canRun(existsSync(fieldSamples), `the files of others in ${fieldSamples}`, command);
}
