import { afterAll, beforeAll, expect, test } from "vitest";
import { makeLog } from "../../db/log.ts";
import { openDatabase } from "../../db/open-database.ts";
import { answerMs, serverLimits } from "../../db/time-limits.ts";
import { freshDatabase, type FreshDatabase } from "../support/fresh-database.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

/** After how many seconds at most Postgres ends what a process holds that no longer goes on; it waits for ever at 0. */
const limits: Record<string, number> = {
  idle_in_transaction_session_timeout: 20,
  lock_timeout: 5,
  statement_timeout: 300,
  tcp_keepalives_idle: 15,
  tcp_user_timeout: 30,
};

type Setting = { name: string; setting: string; unit: string | null };

const inSeconds = ({ name, setting, unit }: Setting) => ({
  name,
  seconds: Number(setting) / (unit === "ms" ? 1000 : 1),
});

test.each(["api", "worker", "dispatcher"] as const)(
  "Postgres lets go of all that a lost %s held, by each way to it, within its time",
  async (role) => {
    const db = openDatabase(fresh.url, { role, poolSize: 1, log: makeLog("silent") });
    try {
      const byPool = await db.pool.query<Setting>("select name, setting, unit from pg_settings");
      const bySql = await db.sql<Setting[]>`select name, setting, unit from pg_settings`;
      for (const found of [byPool.rows, bySql]) {
        const settings = found.filter(({ name }) => name in limits).map(inSeconds);
        expect(settings.map(({ name }) => name).toSorted()).toEqual(Object.keys(limits));
        const endless = settings.filter(({ name, seconds }) => seconds === 0 || seconds > (limits[name] ?? 0));
        expect(endless).toEqual([]);
      }
    } finally {
      await db.close();
    }
  },
);

test.each(["api", "worker", "dispatcher"] as const)(
  "a statement of a %s takes a connection for silent soon enough for all to go on within 30 s",
  (role) => {
    expect(answerMs(serverLimits[role].statement_timeout)).toBeLessThanOrEqual(25_000);
  },
);
