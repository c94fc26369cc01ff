import { Client } from "pg";
import type { Database } from "../../db/open-database.ts";
import { eventually } from "../support/eventually.ts";

/** The numbers of a batch's chunks that have ended. */
export async function endedChunks(db: Database, batchId: string): Promise<number[]> {
  const chunks = await db.sql<{ no: number }[]>`
    select no from chunks where batch_id = ${batchId} and state = 'done' order by no`;
  return chunks.map((chunk) => chunk.no);
}

/** Waits until `count` chunks of a batch have ended, and gives their numbers. */
export async function untilEnded(db: Database, batchId: string, count: number): Promise<number[]> {
  return await eventually(
    async () => {
      const ended = await endedChunks(db, batchId);
      if (ended.length < count) throw new Error(`${ended.length} chunks have ended, not ${count}`);
      return ended;
    },
    { timeoutMs: 60_000 },
  );
}

/** The connections of workers that wait for a lock at this moment. */
export async function waitingWorkers(db: Database): Promise<number[]> {
  const waiting = await db.sql<{ pid: number }[]>`
    select pid from pg_stat_activity
    where datname = current_database() and application_name = 'muster worker' and wait_event_type = 'Lock'`;
  return waiting.map(({ pid }) => pid);
}

/** Takes the lock of a customer's seats, behind which chunks then stand in the middle of their transactions; gives the key to it. */
export async function holdSeats(db: Database, customerId: string): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: db.url });
  await client.connect();
  await client.query("begin");
  await client.query("select from products where customer_id = $1 for update", [customerId]);
  return () => client.end();
}
