import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { costReader } from "../bench/costs.ts";
import { atMost, n, perSecond, ratio, seconds } from "../bench/figures.ts";
import { clearUp } from "../bench/large-file.ts";
import { peakMb } from "../bench/process-use.ts";
import { ended, newCustomer } from "../bench/provision.ts";
import { peopleFile } from "../bench/sample-people.ts";
import { benchKey, type Served } from "../bench/served.ts";
import type { Line } from "../bench/table.ts";
import { readDisk, type Disk } from "./read-disk.ts";
import { mostGrowth } from "./most-growth.ts";
import type { Part, Stand } from "./stand.ts";
import { watchLog } from "./watch-log.ts";

/** What some rows cost from the file to its results. */
type Cost = {
  rows: number;
  planMs: number;
  applyMs: number;
  resultsMs: number;
  nodeMs: number;
  postgresMs: number;
  peaks: Peak[];
  /** With the most bytes that the log had on the disk at any moment. */
  disk: Disk & { log: number };
};
type Peak = { part: Part; mb: number };

/** The fewest rows that are measured. */
const fewRows = 1_000;

/**
 * Sends files of a hundredth, a tenth and all of `rows` rows, applies them and downloads the results, each on processes of its
 * own, because a peak never goes down again: what they cost a row, what memory each process takes, what stays on the disk
 * and the most that the log takes there.
 */
export async function rowsToEnd(stand: Stand, rows: number, lines: Line[]): Promise<void> {
  const sizes = [rows / 100, rows / 10, rows].map((count) => Math.max(fewRows, Math.floor(count)));
  const costs = new Map<number, Cost>();
  for (const size of new Set(sizes)) costs.set(size, await costOf(stand, size));
  const [small, middle, large] = sizes.map((size) => costs.get(size)) as [Cost, Cost, Cost];
  for (const cost of costs.values()) lines.push(...pace(cost, middle));
  for (const [at, { part, mb }] of large.peaks.entries()) {
    const before = small.peaks[at]?.mb ?? 0;
    lines.push(
      { what: `peak memory of the ${part.name}, ${n(small.rows)} rows`, figure: `${before.toFixed(0)} MB` },
      {
        what: `the same, ${n(large.rows)} rows`,
        figure: `${mb.toFixed(0)} MB`,
        ...atMost(mostGrowth, mb, before),
      },
    );
  }
  lines.push(...diskLines(large));
}

async function costOf(stand: Stand, rows: number): Promise<Cost> {
  const { api, parts, stop } = await stand.start(1);
  const { id, domain } = await newCustomer(api, rows);
  const before = await readDisk(stand.db);
  const endLog = watchLog(stand.db);
  const readers = await Promise.all(parts.map(({ pid }) => costReader(stand.db, pid)));
  const readAll = () => Promise.all(readers.map((read) => read()));
  const earlier = await readAll();
  const started = performance.now();
  const batch = await api.upload(`/customers/${id}/uploads?operation=create-users`, peopleFile(domain, rows));
  const planned = performance.now();
  await api.ask(`/batches/${batch.id}/apply`, { method: "POST" });
  const { succeeded } = await ended(api, batch.id);
  if (succeeded !== rows) throw new Error(`${succeeded} of ${rows} rows succeeded`);
  const applied = performance.now();
  const told = await countLines(api, `/v1/batches/${batch.id}/results.csv`);
  if (told !== rows + 1) throw new Error(`the results tell of ${told - 1} rows`);
  const done = performance.now();
  const later = await readAll();
  const peaks: Peak[] = [];
  for (const part of parts) peaks.push({ part, mb: await peakMb(part.pid) });
  const disk = { ...(await readDisk(stand.db, before)), log: await endLog() };
  // While there is a worker, who brings the names into the search.
  await clearUp(stand.db);
  await stop();
  return {
    rows,
    planMs: planned - started,
    applyMs: applied - planned,
    resultsMs: done - applied,
    nodeMs: later.reduce((sum, { nodeMs }, at) => sum + nodeMs - (earlier[at]?.nodeMs ?? 0), 0),
    postgresMs: (later[0]?.postgresMs ?? 0) - (earlier[0]?.postgresMs ?? 0),
    peaks,
    disk,
  };
}

async function countLines(api: Served, path: string): Promise<number> {
  const asked = get(`${api.address}${path}`, { headers: { authorization: `Bearer ${benchKey}` } });
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  let lines = 0;
  for await (const piece of answer as AsyncIterable<Buffer>) {
    for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1)) lines++;
  }
  return lines;
}

function pace(cost: Cost, middle: Cost): Line[] {
  const { rows, planMs, applyMs, resultsMs, nodeMs, postgresMs } = cost;
  const all = planMs + applyMs + resultsMs;
  const parts = `planned in ${seconds(planMs)}, applied in ${seconds(applyMs)}, results in ${seconds(resultsMs)}`;
  const micros = (ms: number) => `${((ms / rows) * 1000).toFixed(0)} µs`;
  const aRow = (of: (one: Cost) => number) => `${ratio(of(cost) / rows, of(middle) / middle.rows)} ×`;
  return [
    {
      what: `${n(rows)} rows from the file to the results: ${parts}`,
      figure: perSecond(rows, all),
      ratio: `${aRow((one) => one.planMs + one.applyMs + one.resultsMs)} of ${n(middle.rows)} a row`,
    },
    {
      what: "processor time of api and worker, and of Postgres, for a row of them",
      figure: `${micros(nodeMs)} and ${micros(postgresMs)}`,
      ratio: `${aRow((one) => one.nodeMs)} and ${aRow((one) => one.postgresMs)}`,
    },
  ];
}

/** What a million rows and the log may take on the disk. */
const mostGb = 5;

/** What the disk has of a load. The log on it does not grow with the rows: `max_wal_size` bounds it. */
export function diskLines({ rows, disk }: Pick<Cost, "rows" | "disk">): Line[] {
  const gbAMillion = (bytes: number) => (bytes / rows) * 1e6 * 1e-9;
  const perMillion = (bytes: number) => `${gbAMillion(bytes).toFixed(2)} GB a million`;
  const together = gbAMillion(disk.tables + disk.indexes) + disk.log * 1e-9;
  return [
    { what: `tables of ${n(rows)} rows`, figure: perMillion(disk.tables) },
    { what: "their indexes", figure: perMillion(disk.indexes) },
    { what: "log that Postgres wrote for them (WAL)", figure: perMillion(disk.written) },
    { what: "log that lay on the disk at the most", figure: `${(disk.log * 1e-9).toFixed(2)} GB` },
    {
      what: "tables and indexes of a million rows, and the most log on the disk",
      figure: `${together.toFixed(2)} GB`,
      target: `≤ ${mostGb} GB`,
      met: together <= mostGb,
    },
  ];
}
