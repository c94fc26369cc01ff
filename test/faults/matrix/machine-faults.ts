import { existsSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { Database } from "../../../db/open-database.ts";
import { libfaketime } from "./clocks.ts";
import type { Fault } from "./fault.ts";
import { killBackends } from "./kill-backends.ts";

const fullMs = 10_000;
const hourSeconds = 3_600;
/** A quarter of a second each. */
const backendKills = 40;

/** Whether the database can write 20 MB; not while it is away, as it is where it found no room for its log. */
async function hasRoom({ sql }: Database): Promise<boolean> {
  const wrote = sql`create temp table room as select repeat('x', 1000) as cell from generate_series(1, 20000)`;
  return await wrote.then(
    () => true,
    () => false,
  );
}

/** What happens to the machine below. */
export const machineFaults: Fault[] = [
  {
    name: "disk-full",
    does: "the disk of the embedded Postgres is full for 10 s",
    preparation: { smallDisk: true },
    outage: true,
    lacks: () => (process.getuid?.() === 0 ? null : "the account root, which may mount a small disk"),
    async strike({ disk, db }) {
      if (disk === undefined) throw new Error("this stand has no small disk");
      await disk.shrink();
      await pause(fullMs);
      if (await hasRoom(db)) throw new Error("the disk was not full");
      await disk.grow();
    },
  },
  {
    name: "clock-jumps",
    does: "the clocks of the api and of one worker jump an hour ahead, that of another worker an hour back, and all return after 10 s in which connections to Postgres are terminated",
    preparation: { ownClocks: true },
    lacks: () => (existsSync(libfaketime) ? null : "libfaketime, Debian's package faketime"),
    async strike(stand) {
      await Promise.all([
        stand.setClock(0, hourSeconds),
        stand.setClock(1, hourSeconds),
        stand.setClock(2, -hourSeconds),
      ]);
      // What meets a fault is done again later, by the clock of who met it.
      await killBackends(stand.db, backendKills);
      await Promise.all([0, 1, 2].map((no) => stand.setClock(no, 0)));
    },
  },
];
