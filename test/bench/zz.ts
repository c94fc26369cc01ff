import { mkdtemp, rm, chmod, readdir, readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { startEmbeddedPostgres } from "../../db/embedded-postgres.ts";
import { makeLog } from "../../db/log.ts";
import { migrate } from "../../db/migrate.ts";
import { openDatabase } from "../../db/open-database.ts";
import { copyMs } from "./baselines.ts";
import { newCustomer } from "./provision.ts";
import { peopleFile } from "./sample-people.ts";
import { startServed } from "./served.ts";
const log = makeLog("warn");
const dataDir = await mkdtemp("/tmp/muster-scratch-");
await chmod(dataDir, 0o755);
const server = await startEmbeddedPostgres({
  dataDir,
  log,
  settings: {
    ...(process.env["STAT"]
      ? {
          shared_preload_libraries: "pg_stat_statements",
          "pg_stat_statements.track": "all",
          "pg_stat_statements.track_utility": "on",
        }
      : {}),
    ...JSON.parse(process.env["SET"] ?? "{}"),
  },
});
async function cpu(): Promise<Record<string, number>> {
  const out: Record<string, number> = {};
  for (const pid of await readdir("/proc")) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      const stat = await readFile(`/proc/${pid}/stat`, "utf8");
      const cmd = (await readFile(`/proc/${pid}/cmdline`, "utf8")).replace(/\0/g, " ");
      const f = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const ticks = Number(f[11]) + Number(f[12]);
      const name = /dist\/main/.test(cmd)
        ? "node"
        : /postgres:/.test(cmd)
          ? /muster|postgres postgres|\d+\.\d+\.\d+\.\d+\(/.test(cmd) && !/autovac|writer|checkp|logical/.test(cmd)
            ? "pg backend"
            : cmd.slice(0, 30).trim()
          : /zz/.test(cmd)
            ? "bench"
            : "other";
      out[name] = (out[name] ?? 0) + ticks * 10;
    } catch {}
  }
  return out;
}
import { spawn } from "node:child_process";
const perf = (name: string) => {
  if (process.env["PERF"] === undefined) return { kill() {} };
  return spawn("perf", ["record", "-a", "-e", "cpu-clock", "-F", "999", "-o", `/tmp/perf-${name}`], {
    stdio: "ignore",
  });
};
const wal = async () => {
  const [r] = await db.sql`select wal_records, wal_fpi, wal_bytes, wal_buffers_full from pg_stat_wal`;
  return r as any;
};
let db: any;
const stat = async () => {
  let sum = 0;
  for (const r of (await db.sql`select left(regexp_replace(query, '\s+', ' ', 'g'), 110) as q, calls, total_exec_time as ms, total_plan_time as p, wal_records as wr, wal_bytes as wb from pg_stat_statements order by total_exec_time desc limit 200`) as any[]) {
    sum += r.ms;
    if (r.ms > 12)
      console.log(
        String(Math.round(r.ms)).padStart(6),
        String(r.calls).padStart(6),
        String(r.wr).padStart(8),
        String(r.wb).padStart(10),
        r.q,
      );
  }
  console.log("   sum", Math.round(sum));
};
const diff = (a: Record<string, number>, b: Record<string, number>) =>
  Object.entries(b)
    .map(([k, v]) => [k, v - (a[k] ?? 0)] as const)
    .filter(([, v]) => v > 15)
    .map(([k, v]) => `${k} ${v}`)
    .join(", ");
try {
  await migrate(server.url);
  {
    const d = openDatabase(server.url, { role: "tool", poolSize: 1, log });
    if (process.env["STAT"]) await d.sql`create extension if not exists pg_stat_statements`;
    await d.close();
  }
  db = openDatabase(server.url, { role: "tool", poolSize: 4, log });
  await copyMs(db, 10000);
  const copies = [];
  for (let i = 0; i < 3; i++) copies.push(Math.round(await copyMs(db, 100000)));
  const copy = [...copies].sort((a, b) => a - b)[1]!;
  console.log("copy", copies.join(" "));
  const served = await startServed({ DATABASE_URL: server.url });
  const n = 100000;
  for (let i = 0; i < Number(process.argv[2] ?? 4); i++) {
    const { id, domain } = await newCustomer(served, n);
    const c0 = await cpu();
    const w0 = await wal();
    const p0 = perf("plan");
    const t0 = performance.now();
    const batch = await served.upload(`/customers/${id}/uploads?operation=create-users`, peopleFile(domain, n));
    const t1 = performance.now();
    if (process.env["STAT"]) {
      await stat();
      await db.sql`select pg_stat_statements_reset()`;
    }
    const c1 = await cpu();
    const w1 = await wal();
    p0.kill();
    const p1 = perf("apply");
    await served.ask(`/batches/${batch.id}/apply`, { method: "POST", headers: { prefer: "wait=60" } });
    for (;;) {
      const now = (await served.ask(`/batches/${batch.id}`)) as any;
      if (now.state === "finished") break;
      await pause(20);
    }
    const t2 = performance.now();
    const c2 = await cpu();
    p1.kill();
    if (process.env["STAT"]) await stat();
    await pause(1500);
    const w2 = await wal();
    console.log(
      "wal",
      ["wal_records", "wal_fpi", "wal_bytes", "wal_buffers_full"]
        .map((k) => `${k} ${w1[k] - w0[k]} ${w2[k] - w1[k]}`)
        .join(", "),
    );
    console.log(
      `plan ${Math.round(t1 - t0)} apply ${Math.round(t2 - t1)} total ${Math.round(t2 - t0)} = ${((t2 - t0) / copy).toFixed(2)} x   plan cpu: ${diff(c0, c1)} | apply cpu: ${diff(c1, c2)}`,
    );
  }
  console.log("peak", Math.round(await served.peakMb()));
  await served.stop();
  await db.close();
} finally {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}
process.exit(0);
