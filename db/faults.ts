/** What is kept of an error of Postgres: no parameter and no detail, because those hold people's names. */
export class SqlFault extends Error {
  readonly sqlstate: string;
  readonly constraint: string | null;

  constructor(sqlstate: string, constraint: string | null = null) {
    super(constraint === null ? sqlstate : `${sqlstate} ${constraint}`);
    this.sqlstate = sqlstate;
    this.constraint = constraint;
  }
}

/** A fault that passes by itself: connection lost, deadlock, time-out. Whoever sees it tries again later. */
export class TransientFault extends SqlFault {
  override name = "TransientFault";
}

/** A statement that Postgres refused for good. */
export class DatabaseFault extends SqlFault {
  override name = "DatabaseFault";
}

const CONNECTION_FAILURE = "08006";

const TRANSIENT = new Set([
  "57P01",
  "57P02",
  "57P03",
  "57P05",
  "53100",
  "53300",
  "53400",
  "40P01",
  "40001",
  "55P03",
  "57014",
  "25P03",
]);

const LOST_CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EAI_AGAIN",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
]);

// The drivers give these no code.
const LOST_MESSAGES =
  /^(Connection terminated|Connection ended|timeout exceeded when trying to connect|timeout expired|Query read timeout|Client was closed|Client has encountered a connection error|Cannot use a pool after calling end|Called end on pool)/;

/** Turns any error of pg, postgres.js or drizzle into a `TransientFault` or a `DatabaseFault`; every other error comes back as it is. */
export function asFault(error: unknown): Error {
  if (error instanceof TransientFault || error instanceof DatabaseFault) return error;
  if (!(error instanceof Error)) return new Error("A value was thrown that is not an error");
  const { code, constraint, constraint_name: constraintName, severity } = error as DriverError;
  if (typeof code === "string" && typeof severity === "string" && /^[0-9A-Z]{5}$/.test(code)) {
    const name = constraint ?? constraintName ?? null;
    return isTransient(code) ? new TransientFault(code, name) : new DatabaseFault(code, name);
  }
  if ((typeof code === "string" && LOST_CODES.has(code)) || LOST_MESSAGES.test(error.message)) {
    return new TransientFault(CONNECTION_FAILURE);
  }
  // A refused connection to a name with several addresses is an AggregateError of one error for each.
  if (error instanceof AggregateError && error.errors.length > 0) return asFault(error.errors[0]);
  // drizzle wraps the driver's error in one whose message holds every parameter.
  if (error.cause instanceof Error && error.name !== "TypeError") {
    const cause = asFault(error.cause);
    if (cause instanceof TransientFault || cause instanceof DatabaseFault) return cause;
  }
  return error;
}

/** Whether the connection of a transaction is gone, so that there is nobody to take anything back. */
export function isConnectionLost(error: unknown): boolean {
  const fault = asFault(error);
  return fault instanceof TransientFault && fault.sqlstate === CONNECTION_FAILURE;
}

type DriverError = Error & { code?: unknown; severity?: unknown; constraint?: string; constraint_name?: string };

function isTransient(sqlstate: string): boolean {
  return sqlstate.startsWith("08") || TRANSIENT.has(sqlstate);
}
