import { copyMs } from "../bench/baselines.ts";
import { clearUp } from "../bench/large-file.ts";
import { middle } from "../bench/median.ts";
import { ended, newCustomer } from "../bench/provision.ts";
import { peopleFile } from "../bench/sample-people.ts";
import { perSecond, ratio } from "../bench/figures.ts";
import type { Line } from "../bench/table.ts";
import type { QueueHome } from "../faults/matrix/fault.ts";
import type { Stand } from "./stand.ts";

/** Applies a batch of `rows` rows with one worker, two and so on, its queue in each of `homes`, beside a plain COPY of as many users. */
export async function moreWorkers(
  stand: Stand,
  { rows, workers, homes }: { rows: number; workers: number; homes: readonly QueueHome[] },
  lines: Line[],
): Promise<void> {
  const copies: number[] = [];
  for (let no = 0; no < 3; no++) copies.push(await copyMs(stand.db, rows));
  const copy = middle(copies);
  lines.push({ what: `COPY of ${rows.toLocaleString("en")} users`, figure: perSecond(rows, copy) });
  for (const home of homes) {
    for (let count = 1; count <= workers; count++) {
      const ms = await applyMs(stand, count, home, rows);
      lines.push({
        what: `${rows.toLocaleString("en")} rows applied by ${count} worker${count === 1 ? "" : "s"}, queue on ${home}`,
        figure: perSecond(rows, ms),
        ratio: `${ratio(ms, copy)} × COPY`,
      });
    }
  }
}

async function applyMs(stand: Stand, workers: number, home: QueueHome, rows: number): Promise<number> {
  const { api, stop } = await stand.start(workers, home);
  // By these workers, who would else bring the names of earlier batches into the search while they are timed.
  await clearUp(stand.db);
  const { id, domain } = await newCustomer(api, rows);
  const batch = await api.upload(`/customers/${id}/uploads?operation=create-users`, peopleFile(domain, rows));
  const started = performance.now();
  await api.ask(`/batches/${batch.id}/apply`, { method: "POST" });
  await ended(api, batch.id);
  const ms = performance.now() - started;
  await stop();
  return ms;
}
