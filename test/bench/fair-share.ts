import { n } from "./figures.ts";
import { setTimeout as pause } from "node:timers/promises";
import { makeLog } from "../../db/log.ts";
import { openDatabase, type Database } from "../../db/open-database.ts";
import { medianMs, middle } from "./median.ts";
import { newCustomer } from "./provision.ts";
import { startServed, type Served } from "./served.ts";
import type { Line } from "./table.ts";

const customersOfFile = 200;
const rivals = 30;
/** The most rows that each of them has. */
const rivalRows = 10_000;
const tries = 5;

type Customer = { id: string; domain: string };

/**
 * Measures how work is shared out: a batch of three rows behind one of `rows` rows, and behind a file of as many rows for 200
 * customers, in chunk times; and how far apart batches at 30 customers end that start together, of 10,000 rows at the most.
 */
export async function fairShare(url: string, rows: number, lines: Line[]): Promise<void> {
  if (!Number.isInteger(rows) || rows < 20_000) throw new Error("give a whole number of rows, 20000 at least");
  const served = await startServed({ DATABASE_URL: url });
  const db = openDatabase(url, { role: "tool", poolSize: 2, log: makeLog("warn") });
  try {
    const small = await newCustomer(served, 0);
    const alone = await medianMs(tries, () => smallMs(served, small));
    lines.push({ what: "3 rows, nothing else running", figure: ms(alone) });
    const large = await newCustomer(served, 0);
    const one = await served.upload(`/customers/${large.id}/uploads?operation=create-users`, people([large], rows));
    await measureBehind(served, db, `one batch of ${n(rows)}`, `/batches/${one.id}`, small, lines);
    const many = await newCustomers(served, customersOfFile);
    const file = await served.upload("/bundles?operation=create-users", people(many, rows));
    const what = `one file of ${n(rows)} for ${customersOfFile} customers`;
    await measureBehind(served, db, what, `/bundles/${file.id}`, small, lines);
    lines.push(await measureRivals(served, db, Math.min(rivalRows, Math.floor(rows / 10))));
  } finally {
    await db.close();
    await served.stop();
  }
}

async function newCustomers(served: Served, count: number): Promise<Customer[]> {
  const customers: Customer[] = [];
  for (let at = 0; at < count; at++) customers.push(await newCustomer(served, 0));
  return customers;
}

/** Users of these customers in turns. */
function* people(customers: readonly Customer[], count: number): Generator<Buffer> {
  let piece = "User name,Display name,Usage location\n";
  for (let at = 0; at < count; at++) {
    piece += `fair.${at}@${customers[at % customers.length]?.domain},Person ${at},NL\n`;
    if (piece.length < 65_536 && at + 1 < count) continue;
    yield Buffer.from(piece);
    piece = "";
  }
}

let made = 0;

/** Milliseconds from a request for three users to their end. */
async function smallMs(served: Served, { id, domain }: Customer): Promise<number> {
  const rows = [1, 2, 3].map(() => ({ userPrincipalName: `small.${++made}@${domain}`, displayName: "Small" }));
  const started = performance.now();
  await served.ask(`/customers/${id}/batches`, {
    headers: { prefer: "wait=60" },
    json: { operation: "createUsers", rows },
  });
  return performance.now() - started;
}

/** Applies what is at `path` and sends small batches while it runs; counts them in the time that a slot takes for a chunk. */
async function measureBehind(
  served: Served,
  db: Database,
  what: string,
  path: string,
  small: Customer,
  lines: Line[],
): Promise<void> {
  const [before] = await db.sql<{ at: Date }[]>`select clock_timestamp() as at`;
  await apply(served, path);
  const times: number[] = [];
  for (let at = 0; at < tries; at++) {
    await pause(300);
    times.push(await smallMs(served, small));
    if (!(await isRunning(db))) throw new Error("the large one ended too soon: give more rows");
  }
  await idle(db);
  // Of large chunks alone: those of small batches take no time worth counting.
  const [chunk] = await db.sql<{ ms: number }[]>`
    select extract(epoch from max(ended_at) - min(ended_at))::float8 * 1000 / (count(*) - 1)
      * (select sum(slots) from workers)::float8 as ms
    from chunk_runs where ended_at > ${before?.at ?? null} and succeeded > 100`;
  const chunkMs = chunk?.ms ?? 0;
  const [usual, worst] = [middle(times), Math.max(...times)];
  lines.push(
    { what: `a chunk of ${what}`, figure: ms(chunkMs) },
    { what: `3 rows behind ${what}, the middle of ${tries}`, figure: ms(usual), ratio: inChunks(usual, chunkMs) },
    {
      what: "the slowest of them",
      figure: ms(worst),
      ratio: inChunks(worst, chunkMs),
      target: "≤ 3 chunks",
      met: worst <= 3 * chunkMs,
    },
  );
}

async function measureRivals(served: Served, db: Database, rows: number): Promise<Line> {
  const customers = await newCustomers(served, rivals);
  const ids: string[] = [];
  for (const customer of customers) {
    const path = `/customers/${customer.id}/uploads?operation=create-users`;
    ids.push((await served.upload(path, people([customer], rows))).id);
  }
  // At one moment: whoever is alone for a second is ahead by what it does in that.
  const startAt = new Date(Date.now() + 5_000).toISOString();
  await Promise.all(ids.map((id) => apply(served, `/batches/${id}`, { startAt })));
  await pause(6_000);
  await idle(db);
  const [times] = await db.sql<{ first: number; last: number }[]>`
    select extract(epoch from min(finished_at) - min(started_at))::float8 as first,
      extract(epoch from max(finished_at) - min(started_at))::float8 as last
    from batches where id = any(${ids}::uuid[])`;
  const { first, last } = times ?? { first: 0, last: 0 };
  return {
    what: `${rivals} batches of ${n(rows)} at ${rivals} customers, the first and the last to end`,
    figure: `${first.toFixed(1)} s and ${last.toFixed(1)} s`,
    ratio: `${((1 - first / last) * 100).toFixed(1)} % apart`,
    target: "≤ 20 %",
    met: 1 - first / last <= 0.2,
  };
}

async function apply(served: Served, path: string, json: object = {}): Promise<void> {
  await served.ask(`${path}/apply`, { json });
}

async function isRunning(db: Database): Promise<boolean> {
  return (await db.sql`select from batches where state = 'running' limit 1`).length > 0;
}

async function idle(db: Database): Promise<void> {
  while (await isRunning(db)) await pause(200);
}

function inChunks(time: number, chunk: number): string {
  return `${(time / chunk).toFixed(2)} chunks`;
}

function ms(time: number): string {
  return `${time.toFixed(0)} ms`;
}
