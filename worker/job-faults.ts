import { UnrecoverableError } from "bullmq";
import { asFault, DatabaseFault, TransientFault } from "../db/faults.ts";

/** Rows of a chunk failed: the job fails at once, without another attempt, and says how many rows for which causes. */
export class RowsFailed extends UnrecoverableError {
  readonly failures: Record<string, number>;

  constructor(failures: Record<string, number>, rows: number) {
    super(describeFailures(failures, rows));
    this.name = "RowsFailed";
    this.failures = failures;
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

/** Such as `7 of 1000 rows failed: 5 seat_shortage, 2 upn_taken`, the most frequent cause first. */
export function describeFailures(failures: Record<string, number>, rows: number): string {
  const causes = Object.entries(failures).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const failed = causes.reduce((sum, [, count]) => sum + count, 0);
  return `${failed} of ${rows} rows failed: ${causes.map(([code, count]) => `${count} ${code}`).join(", ")}`;
}
