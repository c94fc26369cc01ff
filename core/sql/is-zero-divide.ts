import { DatabaseFault } from "../../db/faults.ts";

/** Whether a statement ended itself by a division by zero: it says so that what it was written for is not the case. */
export function isZeroDivide(error: unknown): boolean {
  return error instanceof DatabaseFault && error.sqlstate === "22012";
}
