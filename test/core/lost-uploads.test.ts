import { EventEmitter, once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cancelBatch } from "../../core/batches/run/cancel-batch.ts";
import { keepAwake } from "../../core/batches/work-rows/keep-awake.ts";
import { rejectLostUploads } from "../../core/batches/submit/reject-lost-uploads.ts";
import { submitUpload } from "../../core/batches/submit/submit-upload.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import { newId } from "../../db/new-id.ts";
import { eventually } from "../support/eventually.ts";
import {
  admin,
  bothDefaults,
  bytesOf,
  openTestCore,
  people,
  problemOf,
  type TestCore,
  type TestTenant,
} from "./test-core.ts";
import { sql } from "../../db/sql-text.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

/** A batch as an api left it that was killed while the file came. */
async function lostUpload(tenant: TestTenant): Promise<string> {
  const id = newId();
  const planned = await core.plan(tenant, people(1));
  await core.context.db.sql`
    insert into batches (id, customer_id, operation, source, options, state, plan, actor_id, actor_name)
    select ${id}, customer_id, operation, 'upload', options, 'staging', plan, actor_id, actor_name
    from batches where id = ${planned.id}`;
  return id;
}

/** An upload of which the second half comes once `goOn` is called. */
async function slowUpload(tenant: TestTenant): Promise<{ batchId: string; goOn: () => void; ended: Promise<unknown> }> {
  const gate = new EventEmitter();
  const opened = once(gate, "open");
  async function* bytes(): AsyncIterable<Uint8Array> {
    const rows = Array.from({ length: 8_000 }, (_, at) => `u${at},U ${at}\n`);
    yield Buffer.from(`User name,Display name\n${rows.slice(0, 6_000).join("")}`);
    await opened;
    yield Buffer.from(rows.slice(6_000).join(""));
  }
  const ended = submitUpload(core.context, admin, {
    customerId: tenant.id,
    operation: "createUsers",
    fileName: "slow.csv",
    bytes: bytes(),
    options: bothDefaults,
  });
  const { db } = core.context;
  const batchId = await eventually(async () => {
    const [batch] = await db.sql<{ id: string }[]>`
      select id from batches where customer_id = ${tenant.id} and file_name = 'slow.csv'`;
    const held = await db.sql`select from batches where id = ${batch?.id ?? null} for update skip locked`;
    if (batch === undefined || held.length > 0) throw new Error("the upload has not begun");
    return batch.id;
  });
  return { batchId, goOn: () => void gate.emit("open"), ended };
}

test("an upload whose process is gone is found and rejected, and one that is still coming is not", async () => {
  const tenant = await core.makeCustomer();
  const [lost, slow] = [await lostUpload(tenant), await slowUpload(tenant)];

  await rejectLostUploads(core.context.db, 0);

  expect(await core.batch(lost)).toMatchObject({ state: "rejected", stopped: { code: "upload_interrupted" } });
  expect((await core.batch(lost)).finishedAt).not.toBeNull();
  expect((await core.batch(slow.batchId)).state).toBe("staging");
  slow.goOn();
  await slow.ended;
  expect(await core.batch(slow.batchId)).toMatchObject({ state: "ready", totals: { rows: 8_000 } });
});

test("an upload that was just begun is given the time to take hold of its batch", async () => {
  const young = await lostUpload(await core.makeCustomer());
  await rejectLostUploads(core.context.db);
  expect((await core.batch(young)).state).toBe("staging");
});

test("an upload whose process is gone can be cancelled; of one that is still coming the agent hears so at once", async () => {
  const tenant = await core.makeCustomer();
  const [lost, slow] = [await lostUpload(tenant), await slowUpload(tenant)];

  await cancelBatch(core.context, admin, lost);
  const problem = await problemOf(cancelBatch(core.context, admin, slow.batchId));

  expect((await core.batch(lost)).state).toBe("cancelled");
  expect(problem).toMatchObject({ code: "batch_state", batchId: slow.batchId });
  slow.goOn();
  await slow.ended;
  expect((await core.batch(slow.batchId)).state).toBe("ready");
});

test("an upload whose batch was ended meanwhile, as its process had been frozen, leaves nothing of the file", async () => {
  const { db } = core.context;
  const tenant = await core.makeCustomer();
  await db.sql`create function end_at_once() returns trigger language plpgsql as $$ begin
    if new.file_name = 'frozen.csv' then new.state := 'cancelled'; end if; return new; end $$`;
  await db.sql`create trigger ended before insert on batches for each row execute function end_at_once()`;
  const refused = submitUpload(core.context, admin, {
    customerId: tenant.id,
    operation: "createUsers",
    fileName: "frozen.csv",
    bytes: bytesOf("User name,Display name\nanna,Anna\n"),
    options: bothDefaults,
  });
  expect(await problemOf(refused)).toMatchObject({ code: "upload_interrupted" });
  await db.sql`drop trigger ended on batches`;
  const [left] = await db.sql<{ state: string; rows: number }[]>`
    select state, (select count(*)::int from rows where batch_id = batches.id) as rows
    from batches where customer_id = ${tenant.id}`;
  expect(left).toEqual({ state: "cancelled", rows: 0 });
});

test("a transaction lives through a file that drips, though Postgres ends those that do nothing", async () => {
  const { db } = core.context;
  async function* dripping(): AsyncGenerator<number> {
    for (const drop of [1, 2, 3]) {
      await db.sql`select pg_sleep(0.6)`;
      yield drop;
    }
  }
  const wait = (awake: boolean) =>
    inTransaction(db.pool, async (tx) => {
      await tx.rows(sql`set local idle_in_transaction_session_timeout = '300ms'`);
      const drops: number[] = [];
      for await (const drop of awake ? keepAwake(tx, dripping(), 100) : dripping()) drops.push(drop);
      await tx.rows(sql`select 1`);
      return drops;
    });
  expect(await wait(true)).toEqual([1, 2, 3]);
  await expect(wait(false)).rejects.toMatchObject({ name: "TransientFault" });
});
