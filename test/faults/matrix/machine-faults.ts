import { existsSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { libfaketime } from "./clocks.ts";
import type { Fault } from "./fault.ts";
import { killBackends } from "./kill-backends.ts";

const fullMs = 10_000;
const hourSeconds = 3_600;
/** A quarter of a second each. */
const backendKills = 40;

/** What happens to the machine below. */
export const machineFaults: Fault[] = [
  {
    name: "disk-full",
    does: "the disk of the embedded Postgres is full for 10 s",
    preparation: { smallDisk: true },
    lacks: () => (process.getuid?.() === 0 ? null : "the account root, which may mount a small disk"),
    async strike({ disk }, done) {
      if (disk === undefined) throw new Error("this stand has no small disk");
      await disk.shrink();
      await pause(fullMs);
      if (await done()) throw new Error("the rows ended on a full disk, so that it cannot have been full");
      await disk.grow();
    },
  },
  {
    name: "clock-jumps",
    does: "the clock of one worker jumps an hour ahead, that of another an hour back, and both return after 10 s in which connections to Postgres are terminated",
    preparation: { ownClocks: true },
    lacks: () => (existsSync(libfaketime) ? null : "libfaketime, Debian's package faketime"),
    goesOn: true,
    async strike(stand) {
      await Promise.all([stand.setClock(1, hourSeconds), stand.setClock(2, -hourSeconds)]);
      // What meets a fault is done again later, by the clock of who met it.
      await killBackends(stand.db, backendKills);
      await Promise.all([stand.setClock(1, 0), stand.setClock(2, 0)]);
    },
  },
];
