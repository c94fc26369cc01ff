import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { applyBatch } from "../../core/batches/run/apply-batch.ts";
import { openCore, type Closers } from "../../core/open-core.ts";
import { sweep } from "../../core/housekeeping/sweep.ts";
import { temporaryPassword } from "../../core/passwords/write-passwords.ts";
import { newId } from "../../db/new-id.ts";
import { getUser } from "../../core/directory/users/read-users.ts";
import { coreKey } from "../support/core-context.ts";
import { admin, licensed, openTestCore, people, person, refusal, type TestCore } from "./test-core.ts";
import { act } from "./targets.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
});
afterEach(() => core.resetClock());
afterAll(() => core.close());

const nothing = {
  users: 0,
  grants: 0,
  passwords: 0,
  links: 0,
  idempotencyKeys: 0,
  cells: 0,
  workers: 0,
};

async function swept(): Promise<Record<string, number>> {
  return await sweep(core.context, { keepRowsDays: 90 });
}

test("there is nothing to clear in what is young", async () => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, people(2));
  expect(await swept()).toEqual(nothing);
});

test("temporary passwords are cleared after seven days, and only those", async () => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, people(2));
  core.passDays(5);
  await core.provision(tenant, people(3));
  core.passDays(2.5);
  const others = await core.context.db.sql`
    select from temporary_passwords where customer_id <> ${tenant.id} and expires_at <= ${core.context.now()}`;
  expect(await swept()).toEqual({ ...nothing, passwords: 2 + others.length });
  expect(await swept()).toEqual(nothing);
  expect(await temporaryPassword(core.context, (await core.user(tenant, "u1")).id)).toBeNull();
  expect(await temporaryPassword(core.context, (await core.user(tenant, "u3")).id)).not.toBeNull();
});

test("deleted users are removed after 30 days, with all that hangs on them but the audit", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 9 }]);
  await core.provision(tenant, [
    { ...licensed("old", "SPE_E3"), permission: "Global admin" },
    person("young"),
    person("here"),
  ]);
  const [old, young] = [(await core.user(tenant, "old")).id, (await core.user(tenant, "young")).id];
  await act(core, tenant, "deleteUsers", [{ userId: old }]);
  core.passDays(2);
  await act(core, tenant, "deleteUsers", [{ userId: young }]);
  core.passDays(29);
  expect(await swept()).toMatchObject({ users: 1 });
  expect(await swept()).toMatchObject({ users: 0 });
  expect(await getUser(core.context, tenant.id, old)).toBeNull();
  expect(await getUser(core.context, tenant.id, young)).toMatchObject({ state: "inactive" });
  const { sql } = core.context.db;
  expect(await sql`select from former_licenses where user_id = ${old}`).toHaveLength(0);
  expect(await sql`select from role_assignments where user_id = ${old}`).toHaveLength(0);
  const records =
    await sql`select operation, actor_id as actor from audit where user_id = ${old} order by id desc limit 1`;
  expect(records).toMatchObject([{ operation: "remove_customer_user", actor: "system" }]);
});

test.each([31, -31])("a process whose clock is %i days off has the time of all others", async (days) => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, people(2));
  const [one, two] = [await core.user(tenant, "u1"), await core.user(tenant, "u2")];
  await act(core, tenant, "deleteUsers", [{ userId: one.id }]);
  const { log, db } = core.context;
  const closers: Closers = [];
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + days * 86_400_000 });
  try {
    const base = { url: db.url, secretKey: coreKey, previousSecretKey: null, restoreDays: 30, log, closers };
    const context = await openCore(base, { role: "worker", poolSize: 4 });
    expect(await sweep(context, { keepRowsDays: 90 })).toEqual(nothing);
    await act({ ...core, context }, tenant, "deleteUsers", [{ userId: two.id }]);
  } finally {
    vi.useRealTimers();
    for (const close of closers) await close();
  }
  expect(await swept()).toEqual(nothing);
  for (const { id } of [one, two])
    expect(await getUser(core.context, tenant.id, id)).toMatchObject({ state: "inactive" });
});

test("idempotency keys are kept for a day", async () => {
  const { sql } = core.context.db;
  for (const hours of [1, 23, 25]) {
    await sql`
      insert into idempotency_keys (caller, route, key, body_hash, created_at)
      values (${admin.id}, 'POST', ${String(hours)}, 'hash', now() - make_interval(hours => ${hours}))`;
  }
  expect(await swept()).toEqual({ ...nothing, idempotencyKeys: 1 });
  expect((await sql`select key from idempotency_keys order by key`).map(({ key }) => key)).toEqual(["1", "23"]);
});

test("the cells of ended batches go after their time, and the outcomes stay", async () => {
  const tenant = await core.makeCustomer();
  const { sql } = core.context.db;
  const old = await core.provision(tenant, people(3));
  const young = await core.provision(tenant, people(3));
  const waiting = await core.plan(tenant, people(3));
  await sql`update batches set finished_at = now() - interval '91 days' where id = ${old.id}`;
  await sql`update batches set finished_at = now() - interval '89 days' where id = ${young.id}`;
  await sql`update batches set created_at = now() - interval '89 days' where id = ${waiting.id}`;
  expect(await swept()).toEqual({ ...nothing, cells: 3 });
  expect(await swept()).toEqual(nothing);
  expect(await core.batch(old.id)).toMatchObject({ state: "finished", totals: { rows: 3, succeeded: 3 } });
  expect(await core.rows(old.id)).toMatchObject([
    { rowNo: 1, input: {}, state: "succeeded" },
    { rowNo: 2, input: {} },
    { rowNo: 3, input: {} },
  ]);
  for (const kept of [young, waiting])
    expect((await core.row(kept.id, 1)).input).toMatchObject({ userPrincipalName: "u1" });
});

test("a plan that nobody starts is cancelled after the same time, says so, and keeps no cell", async () => {
  const tenant = await core.makeCustomer();
  const waiting = await core.plan(tenant, [...people(2), person("x@unverified.example")]);
  await core.context.db.sql`update batches set created_at = now() - interval '91 days' where id = ${waiting.id}`;
  expect(await swept()).toEqual({ ...nothing, cells: 3 });
  expect(await swept()).toEqual(nothing);
  expect(await core.batch(waiting.id)).toMatchObject({
    state: "cancelled",
    stopped: { code: "plan_expired" },
    totals: { rows: 3, cancelled: 2, failed: 1, pending: 0 },
  });
  expect(await core.row(waiting.id, 1)).toMatchObject({
    input: {},
    state: "cancelled",
    code: "batch_cancelled",
    message: expect.stringMatching(/^Row 1: \w/),
  });
  expect(await refusal(applyBatch(core.context, admin, waiting.id))).toBe("batch_state");
});

test("workers that were not seen for an hour are forgotten", async () => {
  const { sql } = core.context.db;
  for (const minutes of [1, 59, 61]) {
    await sql`insert into workers (id, slots, seen_at) values (${newId()}, 2, now() - make_interval(mins => ${minutes}))`;
  }
  expect(await swept()).toEqual({ ...nothing, workers: 1 });
});

test("two sweeps at once share the work", async () => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, people(50));
  core.passDays(8);
  const before = await core.context.db.sql`select from temporary_passwords where expires_at <= ${core.context.now()}`;
  const counts = await Promise.all([swept(), swept(), swept()]);
  expect(counts.reduce((sum, count) => sum + (count["passwords"] ?? 0), 0)).toBe(before.length);
});
