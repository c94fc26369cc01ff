import type { Tx } from "./in-transaction.ts";
import { sql } from "./sql-text.ts";

/** What Muster's processes tell each other through Postgres: a hint to look at the tables, which hold the facts. */
export type NotifyHandlers = {
  /** Chunks may be ready for the queue. */
  muster_dispatch?: () => void;
  /** Messages to webhooks may be due. */
  muster_webhook?: () => void;
  /** The state or the counts of a batch moved: its id, and behind a blank the new state where that is what moved. */
  muster_batch?: (batch: string) => void;
};

/** Tells every dispatcher, once this transaction commits, that chunks may be ready. */
export async function notifyDispatch(tx: Pick<Tx, "rows">): Promise<void> {
  await tx.rows(sql`select pg_notify('muster_dispatch', '')`);
}

/** Tells every dispatcher, once this transaction commits, that messages to webhooks may be due. */
export async function notifyWebhook(tx: Pick<Tx, "rows">): Promise<void> {
  await tx.rows(sql`select pg_notify('muster_webhook', '')`);
}

/** Tells every listener, once this transaction commits, that this batch moved, in more than its state. */
export async function notifyBatch(tx: Pick<Tx, "rows">, batchId: string): Promise<void> {
  await tx.rows(sql`select pg_notify('muster_batch', ${batchId})`);
}
