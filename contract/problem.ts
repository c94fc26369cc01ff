import type { Code } from "./codes.ts";
import type { ProblemError } from "./problem-document.ts";

/** An attempt at what somebody may not do, at one of the customers that a request is about. */
export type ForbiddenAt = { customerId: string; batchId: string; message: string };

/** A refusal on its way to the caller; the api turns it into `application/problem+json`. */
export class Problem extends Error {
  readonly code: Code;
  readonly errors: ProblemError[];
  readonly batchId: string | undefined;
  /** Names of the sheets of a refused workbook, where another one may be meant. */
  readonly sheets: string[];
  /** Seconds after which the same request may go through, where that is known. */
  readonly retryAfterSeconds: number | undefined;
  /** Where one request asks at several customers: those where it is forbidden, whatever hinders the first. Never shown. */
  readonly forbiddenAt: ForbiddenAt[] | undefined;

  constructor(
    code: Code,
    detail: string,
    more: {
      errors?: ProblemError[];
      batchId?: string | undefined;
      sheets?: string[];
      retryAfterSeconds?: number;
      forbiddenAt?: ForbiddenAt[];
    } = {},
  ) {
    super(detail);
    this.name = "Problem";
    this.code = code;
    this.errors = more.errors ?? [];
    this.batchId = more.batchId;
    this.sheets = more.sheets ?? [];
    this.retryAfterSeconds = more.retryAfterSeconds;
    this.forbiddenAt = more.forbiddenAt;
  }
}
