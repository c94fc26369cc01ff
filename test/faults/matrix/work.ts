import { once } from "node:events";
import { request as httpRequest, type ClientRequest } from "node:http";
import { Client } from "pg";
import type { Batch } from "../../../contract/batch.ts";
import type { Database } from "../../../db/open-database.ts";
import { eventually } from "../../support/eventually.ts";
import { peopleCsv } from "../people-csv.ts";
import { adminKey } from "../start-muster.ts";
import type { Stand } from "./stand.ts";

/**
 * A customer and the file of people that is to be carried out there: all are made, of whom three quarters find a seat, or all
 * who were made so are deleted.
 */
export type Work = {
  customerId: string;
  operation: "create-users" | "delete-users";
  csv: string;
  rows: number;
  seats: number;
};

/** Such work as a batch that has been started, or is about to be. */
export type Started = Work & { batchId: string };

/** How long an agent's program goes on asking an api that does not answer. */
const patience = { timeoutMs: 90_000 };

/** How long batches may take until they have ended, with a fault among them. */
export const finishLimit = { timeoutMs: 300_000 };

/** Makes a customer and a file for it. */
export async function makeWork({ api }: Stand, rows: number): Promise<Work> {
  const seats = Math.floor(rows * 0.75);
  const { id, domain } = await api.client.makeCustomer([{ skuPartNumber: "SPE_E3", total: seats }]);
  return { customerId: id, operation: "create-users", csv: peopleCsv(domain, rows, { skus: "SPE_E3" }), rows, seats };
}

/** Makes such work anew and plans it, again where that broke off. */
export async function newBatch(stand: Stand, rows: number): Promise<Started> {
  const work = await eventually(() => makeWork(stand, rows), patience);
  return { ...work, batchId: await planned(stand, work) };
}

/** Makes people, of whom three quarters have a seat, and plans that all of them are deleted. */
export async function newRemoval(stand: Stand, rows: number): Promise<Started> {
  const { batchId, ...made } = await newBatch(stand, rows);
  await applied(stand, batchId);
  await eventually(() => isFinished(stand.db, batchId), finishLimit);
  const csv = made.csv
    .split("\n")
    .map((line) => line.split(",")[0])
    .join("\n");
  const work: Work = { ...made, operation: "delete-users", csv };
  return { ...work, batchId: await planned(stand, work) };
}

/** Uploads the file, again where that broke off, and gives the batch that is planned. */
export async function planned(stand: Stand, work: Work): Promise<string> {
  return await eventually(async () => {
    const batch = (await stand.api.client.ok(uploadPath(work), { csv: work.csv })) as Batch;
    return batch.id;
  }, patience);
}

const uploadPath = ({ customerId, operation }: Work) => `/v1/customers/${customerId}/uploads?operation=${operation}`;

/** Starts the batch, asking again where that broke off. */
export async function applied(stand: Stand, batchId: string): Promise<void> {
  await eventually(async () => {
    await stand.api.client.act(batchId, "apply");
    const { state } = await stand.api.client.batch(batchId);
    if (state === "ready") throw new Error("the batch does not start");
  }, patience);
}

/** Whether the batch has ended; not while nobody can tell. */
export async function isFinished(db: Database, batchId: string): Promise<boolean> {
  const found = await db.sql<{ state: string }[]>`select state from batches where id = ${batchId}`.catch(() => []);
  return found[0]?.state === "finished";
}

/** Sends half of the file, or `all` of it, and resolves once the api reads it, or plans it, without having answered. */
export async function underWay(stand: Stand, work: Work, all: boolean): Promise<void> {
  const { customerId, csv } = work;
  const sent = post(stand, uploadPath(work), "text/csv");
  if (all) sent.end(csv);
  else sent.write(csv.slice(0, csv.length / 2));
  await eventually(async () => {
    // The rows of a file are written before they are compared with the directory. Other files come at the same time: whose
    // transaction it is tells the batch, which it has locked.
    const [busy] = await stand.db.sql`
      select from batches join pg_locks own on own.transactionid = batches.xmax and own.granted
        join pg_locks touched on touched.pid = own.pid
      where batches.customer_id = ${customerId} and touched.relation = ${all ? "row_results" : "rows"}::regclass`;
    return busy !== undefined;
  });
}

/** Asks for the start of a batch, and lets `act` happen in the middle of the transaction that starts it. */
export async function whileApplying(stand: Stand, batchId: string, act: () => Promise<void>): Promise<void> {
  const holder = new Client({ connectionString: stand.db.url });
  await holder.connect();
  try {
    await holder.query("begin");
    const held = await holder.query<{ pid: number }>(
      "select pg_backend_pid() as pid from batches where id = $1 for update",
      [batchId],
    );
    const pid = held.rows[0]?.pid ?? 0;
    post(stand, `/v1/batches/${batchId}/apply`).end();
    await eventually(async () => {
      const [waits] = await stand.db.sql`
        select from pg_stat_activity where application_name = 'muster api' and ${pid} = any(pg_blocking_pids(pid))`;
      return waits !== undefined;
    });
    await act();
  } finally {
    await holder.end();
  }
}

/**
 * Lets `act` happen while the results are downloaded, then downloads them again, and gives how many rows they tell of.
 * @throws Error where the first download came to its end all the same.
 */
export async function whileDownloading(stand: Stand, batchId: string, act: () => Promise<void>): Promise<number> {
  const path = `/v1/batches/${batchId}/results.csv`;
  const headers = { authorization: `Bearer ${adminKey}` };
  const answer = await fetch(`${stand.api.address}${path}`, { headers });
  if (answer.body === null) throw new Error(`the results answered ${answer.status} with nothing`);
  const reader = answer.body.getReader();
  await reader.read();
  await act();
  if (await endsWell(reader)) throw new Error("the download was not broken off");
  const results = await eventually(() => stand.api.client.ok(path), patience);
  return String(results).trim().split("\n").length - 1;
}

/** Reads on. A body that breaks off does not end well. */
async function endsWell(reader: ReadableStreamDefaultReader): Promise<boolean> {
  try {
    for (let whole = false; !whole; whole = (await reader.read()).done);
    return true;
  } catch {
    return false;
  }
}

/** A request whose api may go before it answers. */
function post(stand: Stand, path: string, type?: string): ClientRequest {
  const sent = httpRequest(`${stand.api.address}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${adminKey}`, ...(type === undefined ? {} : { "content-type": type }) },
  });
  once(sent, "response").catch(() => {});
  return sent.on("error", () => {});
}
