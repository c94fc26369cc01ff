import { UnrecoverableError } from "bullmq";
import type { RowFaults } from "../core/batches/run/count-chunk.ts";
import { asFault, DatabaseFault, TransientFault } from "../db/faults.ts";

/**
 * Rows of a chunk failed or ended in part: the job fails at once, without another attempt, and says how many rows for
 * which causes.
 */
export class RowsFailed extends UnrecoverableError {
  constructor(faults: RowFaults, rows: number) {
    super(describeFaults(faults, rows));
    this.name = "RowsFailed";
  }
}

/** Any other fault of a job, cut down to its type and code, because the queue keeps messages and people see them. */
export class JobFault extends Error {
  override name = "JobFault";
}

const PLAIN = /^[A-Za-z0-9_]{1,63}$/;

/** Turns whatever a job threw into an error whose message names no person: a `TransientFault` or a `JobFault`. */
export function cleanFault(thrown: unknown): TransientFault | JobFault {
  const fault = asFault(thrown);
  if (fault instanceof TransientFault) return fault;
  if (fault instanceof DatabaseFault) return new JobFault(`DatabaseFault ${fault.message}`);
  const { code } = fault as { code?: unknown };
  const words = [fault.name, code].filter((word) => typeof word === "string" && PLAIN.test(word));
  return new JobFault(words.join(" ") || "Error");
}

/**
 * Such as `7 of 1000 rows failed: 5 user_gone, 2 upn_taken; 3 ended in part: 3 seat_shortage`, the most frequent cause
 * first.
 */
export function describeFaults({ failed, partial }: RowFaults, rows: number): string {
  const [inFull, inPart] = [sum(failed), sum(partial)];
  if (inFull === 0) return `${inPart} of ${rows} rows ended in part: ${listCauses(partial)}`;
  const rest = inPart === 0 ? "" : `; ${inPart} ended in part: ${listCauses(partial)}`;
  return `${inFull} of ${rows} rows failed: ${listCauses(failed)}${rest}`;
}

/** Whether any row failed or ended in part. */
export function hasFaults({ failed, partial }: RowFaults): boolean {
  return sum(failed) + sum(partial) > 0;
}

function sum(counts: Record<string, number>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

function listCauses(counts: Record<string, number>): string {
  const causes = Object.entries(counts).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return causes.map(([code, count]) => `${count} ${code}`).join(", ");
}
