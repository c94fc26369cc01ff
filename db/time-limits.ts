/** What opens connections: none but a tool may hold on to anything for long. */
export type Role = "api" | "worker" | "dispatcher" | "tool";

/** After how many ms Postgres ends a statement, a wait for a lock, and a transaction in which nothing happens; 0 for never. */
export type ServerLimits = {
  statement_timeout: number;
  lock_timeout: number;
  idle_in_transaction_session_timeout: number;
};

export const serverLimits: Record<Role, ServerLimits> = {
  // An upload says that it lives while it waits for its sender.
  api: { statement_timeout: 20_000, lock_timeout: 3_000, idle_in_transaction_session_timeout: 20_000 },
  // Until the time for its answer is over, what a worker has in hand on a connection that went silent lies idle.
  worker: { statement_timeout: 20_000, lock_timeout: 5_000, idle_in_transaction_session_timeout: 5_000 },
  dispatcher: { statement_timeout: 10_000, lock_timeout: 2_000, idle_in_transaction_session_timeout: 5_000 },
  tool: { statement_timeout: 0, lock_timeout: 0, idle_in_transaction_session_timeout: 0 },
};

/** A statement about a whole batch of up to a million rows may take so many ms. */
export const longStatementMs = 300_000;

/** So many ms after Postgres would have ended the statement, a connection without an answer is given up: it has gone silent. */
export function answerMs(statementMs: number): number {
  return statementMs === 0 ? 0 : statementMs + 5_000;
}
