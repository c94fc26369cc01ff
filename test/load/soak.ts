import { ended, newCustomer } from "../bench/provision.ts";
import { atMost } from "../bench/figures.ts";
import { residentMb } from "../bench/process-use.ts";
import { middle } from "../bench/median.ts";
import { peopleFile } from "../bench/sample-people.ts";
import type { Served } from "../bench/served.ts";
import type { Line } from "../bench/table.ts";
import { mostGrowth } from "./most-growth.ts";
import type { Part, Stand } from "./stand.ts";

/** Of the time, the part that is for warming up, and that whose memory is compared: just behind it, and at the end. */
const share = 0.2;

/** Makes, changes and deletes users in batches of `rows` for so many minutes, and compares the memory of each process at the begin and at the end. */
export async function soak(stand: Stand, minutes: number, rows: number, lines: Line[]): Promise<void> {
  const { api, parts, stop } = await stand.start(1);
  const samples: number[][] = [];
  const began = performance.now();
  const whole = minutes * 60_000;
  let batches = 0;
  for (let at = 0; at < whole; at = performance.now() - began) {
    batches += await roundOf(api, rows);
    samples.push(await residents(parts));
  }
  await stop();
  lines.push({
    what: `soak of ${minutes} minutes: batches of ${rows.toLocaleString("en")} rows`,
    figure: `${batches} batches`,
  });
  for (const [no, { name }] of parts.entries()) {
    const among = (from: number, to: number) => {
      const start = Math.floor(from * samples.length);
      const some = samples.slice(start, Math.max(start + 1, Math.floor(to * samples.length)));
      return middle(some.map((mb) => mb[no] ?? 0));
    };
    const [first, last] = [among(share, 2 * share), among(1 - share, 1)];
    lines.push({
      what: `memory of the ${name} after a fifth of it and in the last fifth`,
      figure: `${first.toFixed(0)} MB and ${last.toFixed(0)} MB`,
      ...atMost(mostGrowth, last, first),
    });
  }
}

/** One customer's users made, changed, listed and deleted; gives how many batches that were. */
async function roundOf(api: Served, rows: number): Promise<number> {
  const { id, domain } = await newCustomer(api, rows);
  const made = await api.upload(`/customers/${id}/uploads?operation=create-users`, peopleFile(domain, rows));
  await api.ask(`/batches/${made.id}/apply`, { method: "POST" });
  await ended(api, made.id);
  await change(api, id, { operation: "updateUsers", change: { city: "Lund" } });
  await api.ask(`/customers/${id}/users?q=person&count=true`);
  await change(api, id, { operation: "deleteUsers" });
  return 3;
}

async function change(api: Served, customerId: string, what: object): Promise<void> {
  const json = { ...what, select: { filter: {} } };
  const batch = (await api.ask(`/customers/${customerId}/batches`, { json })) as { id: string };
  await ended(api, batch.id);
}

async function residents(parts: readonly Part[]): Promise<number[]> {
  return await Promise.all(parts.map(({ pid }) => residentMb(pid)));
}
