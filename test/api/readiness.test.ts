import { afterAll, beforeAll, expect, it } from "vitest";
import { startApp, type TestApp } from "../support/app.ts";
import { asAdmin } from "../support/as-admin.ts";
import { eventually } from "../support/eventually.ts";

let app: TestApp;

beforeAll(async () => {
  app = await startApp({ workers: false });
});
afterAll(() => app.close());

const ready = () => app.refused("/readyz", { key: null });

/** Changes a setting of the app's database, and ends connections of one kind so that new ones meet it. */
async function alterDatabase(change: string, ended = "muster tool"): Promise<void> {
  const url = new URL(app.db.url);
  const name = url.pathname.slice(1);
  url.pathname = "/postgres";
  await asAdmin(url.href, `alter database ${name} ${change}`);
  await asAdmin(
    url.href,
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = '${name}' and application_name = '${ended}' and state = 'idle'`,
  );
}

it("an api that can serve is ready", async () => {
  expect(await ready()).toMatchObject({ status: 200, body: { status: "ok" } });
});

it("an api whose connection for notifications is gone is not ready until it is back", async () => {
  await app.db.sql`select 1`;
  await alterDatabase("allow_connections false", "muster listener");
  await eventually(async () => {
    const { status, body } = await ready();
    expect([status, body.code]).toEqual([503, "unavailable"]);
  });
  await alterDatabase("allow_connections true");
  await eventually(async () => expect((await ready()).status).toBe(200));
});

it("a database without room on its disk is told so, to whoever asks for readiness and to whoever writes", async () => {
  const { sql } = app.db;
  const { id } = await app.makeCustomer();
  // What Postgres says where its own files find no room: it asks a disk that is full.
  await sql`create function fill_disk() returns trigger language plpgsql as
    $$ begin execute 'copy (select 1) to ''/dev/full'''; return new; end $$`;
  await sql`create trigger no_room before insert on batches for each row execute function fill_disk()`;
  const json = { operation: "createUsers", rows: [{ userPrincipalName: "anna", displayName: "Anna" }] };
  const { status, body } = await app.refused(`/v1/customers/${id}/batches`, { json });
  expect([status, body.code]).toEqual([503, "disk_full"]);
  await sql`drop trigger no_room on batches`;
  expect((await app.refused(`/v1/customers/${id}/batches`, { json })).status).toBe(202);

  await alterDatabase("set temp_file_limit = '64kB'");
  await eventually(async () => {
    const answer = await ready();
    expect([answer.status, answer.body.code]).toEqual([503, "disk_full"]);
  });
});

it("a lock that does not come is a 503 that says so, and the change was not made", async () => {
  const { id } = await app.makeCustomer();
  const holder = await app.db.pool.connect();
  await holder.query("begin");
  await holder.query("select from customers where id = $1 for update", [id]);
  await alterDatabase("set lock_timeout = '200ms'");
  const change = { method: "PATCH", json: { name: "Other name" } };
  await eventually(async () => {
    const { status, body } = await app.refused(`/v1/customers/${id}`, change);
    expect([status, body.code]).toEqual([503, "unavailable"]);
    expect(body.detail).toContain("held up");
  });
  await holder.query("rollback");
  holder.release();
  expect((await app.refused(`/v1/customers/${id}`, change)).status).toBe(200);
});

it("a connection that nobody uses is kept longer than proxies keep it", async () => {
  const answer = await app.refused("/healthz", { key: null });
  const kept = Number(/timeout=(\d+)/.exec(answer.headers.get("keep-alive") ?? "")?.[1]);
  expect(kept).toBeGreaterThan(75);
});
