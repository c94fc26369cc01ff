import { expect, test, vi } from "vitest";
import { buildMuster } from "../../support/build-muster.ts";
import { canRun } from "../../support/can-run.ts";
import { redisUrl } from "../../support/queue-backends.ts";
import { hasRedis } from "../../support/redis-server.ts";
import { faults, homesOf } from "./faults.ts";
import type { Fault } from "./fault.ts";
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

    expect({ lost, doubled, wrong }).toEqual({ lost: 0, doubled: 0, wrong: [] });
  },
);

test.runIf(canRun(there, "redis-server", command))(
  "a user that goes and one that is there twice are told as lost and as doubled",
  async () => {
    const thief: Fault = {
      name: "thief",
      does: "takes one user away and makes another twice",
      async strike({ db }) {
        await db.sql`delete from users where id = (select min(id::text)::uuid from users)`;
        await db.sql`
        insert into users (id, customer_id, user_principal_name, display_name, deleted_at)
        select gen_random_uuid(), customer_id, user_principal_name, display_name, now() from users limit 1`;
      },
    };

    const verdict = await runFault(thief, home, { rows, cwd: await buildMuster() });

    expect(verdict).toMatchObject({ lost: 1, doubled: 1 });
    expect(verdict.wrong).toContainEqual(expect.stringContaining("a user was created once: not so 1 times"));
  },
);
