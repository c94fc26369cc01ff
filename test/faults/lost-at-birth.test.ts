import { Client } from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { eventually } from "../support/eventually.ts";
import { openInstallation, type Installation } from "./installation.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let installation: Installation;

beforeAll(async () => {
  installation = await openInstallation();
});

afterAll(() => installation.close());

/** Holds the catalogue of types, behind which every new connection that asks for anything waits; gives the end of it. */
async function holdTypes(): Promise<{ killWaiting(): Promise<number>; release(): Promise<void> }> {
  const client = new Client({ connectionString: installation.db.url });
  await client.connect();
  await client.query("begin; lock table pg_type in access exclusive mode");
  return {
    async killWaiting() {
      const { rowCount } = await client.query(
        `select pg_terminate_backend(pid) from pg_locks
         where relation = 'pg_type'::regclass and not granted and database = (select oid from pg_database where datname = current_database())`,
      );
      return rowCount ?? 0;
    },
    release: () => client.end(),
  };
}

test("connections that Postgres closes the moment they ask their first question end neither an api nor a worker", async () => {
  const [api, worker] = await Promise.all([installation.startApi(), installation.startWorker()]);
  const { db } = installation;
  // Those that are open have asked theirs, so that new ones are needed.
  await db.pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and (application_name in ('muster api', 'muster worker', 'muster dispatcher') or application_name like 'muster listener%')",
  );
  const types = await holdTypes();
  let killed = 0;
  await eventually(
    async () => {
      // Whatever they answer: it is about who is alive afterwards.
      void Promise.allSettled(["/readyz", "/v1/customers", "/v1/me"].map((path) => api.client.request(path)));
      killed += await types.killWaiting();
      expect(killed).toBeGreaterThan(10);
    },
    { timeoutMs: 60_000 },
  );
  await types.release();

  // The first requests may still meet a connection that was closed.
  const { id, domain } = await eventually(() => api.client.makeCustomer());
  const file = `User name,Display name\nanna@${domain},Anna\n`;
  const batch = await eventually(() => api.client.upload(id, file, "&apply=true"));
  expect(await api.client.finished(batch.id)).toMatchObject({ totals: { rows: 1, succeeded: 1 } });
  expect([api.hasEnded(), worker.hasEnded()]).toEqual([false, false]);
});
