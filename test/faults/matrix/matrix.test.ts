import { expect, test, vi } from "vitest";
import { buildMuster } from "../../support/build-muster.ts";
import { canRun } from "../../support/can-run.ts";
import { redisUrl } from "../../support/queue-backends.ts";
import { hasRedis } from "../../support/redis-server.ts";
import { faults, homesOf } from "./faults.ts";
import { runFault } from "./run-fault.ts";

vi.setConfig({ testTimeout: 240_000 });

const rows = 3_000;
const home = redisUrl === undefined ? "postgres" : "redis";
/** Those that are over soon; `npm run faults` strikes with all of them, and with more rows. */
const short = ["all-killed", "api-killed-upload", "postgres-restarted", "redis-flushed"];
const here = faults.filter((fault) => short.includes(fault.name) && homesOf(fault).includes(home));
const there = home === "postgres" || hasRedis();
const command = "apt-get install redis-server, then npm run faults -- --redis";

test.runIf(canRun(there, "redis-server", command)).each(here)(
  "no row is lost or doubled by $name: $does",
  async (fault) => {
    const { lost, doubled, wrong } = await runFault(fault, home, { rows, cwd: await buildMuster() });

    // Not how soon rows went on: a busy machine would decide that, and `npm run faults` holds it to its limit.
    expect({ lost, doubled, wrong }).toEqual({ lost: 0, doubled: 0, wrong: [] });
  },
);
