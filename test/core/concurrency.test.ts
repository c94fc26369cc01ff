import { afterAll, beforeAll, expect, test } from "vitest";
import type { Row } from "../../contract/batch.ts";
import type { UserInput } from "../../contract/user.ts";
import { applyBatch } from "../../core/batches/run/apply-batch.ts";
import { cancelBatch } from "../../core/batches/run/cancel-batch.ts";
import { retryBatch } from "../../core/batches/run/retry-batch.ts";
import { claimChunks } from "../../core/batches/run/claim-chunks.ts";
import { advanceBatches } from "../../core/batches/run/advance-batches.ts";
import { changeProduct } from "../../core/directory/customers/change-customer.ts";
import { openWindow, runOne, runReady } from "../support/run-batch.ts";
import {
  admin,
  e3,
  ems,
  endings,
  licensed,
  openTestCore,
  p1,
  people,
  person,
  refusal,
  upn,
  type TestCore,
  type TestTenant,
} from "./test-core.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

/** Starts planned batches together and runs their chunks at once. */
async function runAtOnce(batchIds: string[], atOnce: number): Promise<void> {
  await Promise.all(batchIds.map((id) => applyBatch(core.context, admin, id)));
  await runReady(core.context, { atOnce });
  const states = await Promise.all(batchIds.map(async (id) => (await core.batch(id)).state));
  expect(states).toEqual(batchIds.map(() => "finished"));
}

async function activeNames(tenant: TestTenant): Promise<string[]> {
  const users = await core.context.db.sql<{ name: string }[]>`
    select lower(user_principal_name) as name from users where customer_id = ${tenant.id} and deleted_at is null`;
  return users.map((user) => user.name);
}

/** How many rows ended in each way. */
function tally(rows: readonly Row[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const ending of endings(rows)) counts[ending] = (counts[ending] ?? 0) + 1;
  return counts;
}

test("eight batches that compete for a hundred seats give away exactly a hundred", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 100 }]);
  const batches: string[] = [];
  for (let part = 0; part < 8; part++) {
    const rows = Array.from({ length: 50 }, (_, at) => licensed(`u${part}-${at}`, "SPE_E3"));
    batches.push((await core.plan(tenant, rows)).id);
  }
  await runAtOnce(batches, 8);
  const rows = (await Promise.all(batches.map((id) => core.rows(id)))).flat();
  expect(tally(rows)).toEqual({ succeeded: 100, "partial licenses seat_shortage": 300 });
  expect(await core.seats(tenant)).toEqual({ SPE_E3: { total: 100, consumed: 100 } });
  expect(await activeNames(tenant)).toHaveLength(400);
  await changeProduct(core.context, admin, tenant.id, e3.skuId, { total: 400 });
  await Promise.all(batches.map((id) => retryBatch(core.context, admin, id, {})));
  await runReady(core.context, { atOnce: 8 });
  expect(await core.seats(tenant)).toEqual({ SPE_E3: { total: 400, consumed: 400 } });
});

test("two batches that want two products in opposite order never lock each other out", async () => {
  const tenant = await core.makeCustomer([e3, ems, p1].map(({ skuPartNumber }) => ({ skuPartNumber, total: 90 })));
  const batches: string[] = [];
  for (const [part, skus] of [
    ["SPE_E3", "EMS"],
    ["EMS", "AAD_PREMIUM"],
    ["AAD_PREMIUM", "SPE_E3"],
  ].entries()) {
    const rows = Array.from({ length: 60 }, (_, at) => licensed(`u${part}-${at}`, ...skus));
    batches.push((await core.plan(tenant, rows)).id);
  }
  await runAtOnce(batches, 3);
  const seats = await core.seats(tenant);
  for (const { skuPartNumber } of [e3, ems, p1]) expect(seats[skuPartNumber]?.consumed).toBeGreaterThanOrEqual(60);
});

test("two files with the same people in opposite order, at once, make each of them once", async () => {
  for (let round = 0; round < 3; round++) {
    const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 200 }]);
    const rows = Array.from({ length: 200 }, (_, at) => ({
      ...licensed(`u${at}`, "SPE_E3"),
      permission: at % 3 === 0 ? "Password admin" : "User",
    }));
    const [one, other] = [await core.plan(tenant, rows), await core.plan(tenant, rows.toReversed())];
    await runAtOnce([one.id, other.id], 2);
    const all = [...(await core.rows(one.id)), ...(await core.rows(other.id))];
    expect(tally(all)).toEqual({ succeeded: 200, unchanged: 200 });
    const names = await activeNames(tenant);
    expect(new Set(names).size).toBe(200);
    expect(names).toHaveLength(200);
    expect(await core.seats(tenant)).toEqual({ SPE_E3: { total: 200, consumed: 200 } });
    const made = [await core.audited(one.id), await core.audited(other.id)];
    expect(made.reduce((sum, records) => sum + (records["create_customer_user"] ?? 0), 0)).toBe(200);
  }
});

test("creates, updates and restores of the same people at once end without a deadlock, and nobody is there twice", async () => {
  const total = 120;
  const mayEnd = [
    "succeeded",
    "unchanged",
    "failed update changed_meanwhile",
    "failed create upn_taken",
    "failed update upn_taken",
  ];
  for (let round = 0; round < 2; round++) {
    const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total }]);
    await core.provision(tenant, people(80));
    await core.context.db.sql`
      update users set deleted_at = now() - interval '1 day'
      where customer_id = ${tenant.id} and user_principal_name ~ '^u[1-4]?[0-9]@'`;
    const rows = (city: string): UserInput[] =>
      people(total, { city, usageLocation: "NL", licenses: [{ sku: "SPE_E3" }] });
    const batches: string[] = [];
    for (const [at, onDeleted] of (["restore", "restore", "create"] as const).entries()) {
      const asked = rows(`City ${at}`);
      const order = at === 1 ? asked.toReversed() : asked;
      batches.push((await core.plan(tenant, order, { onExisting: "update", onDeleted })).id);
    }
    await runAtOnce(batches, 3);
    const all = (await Promise.all(batches.map((id) => core.rows(id)))).flat();
    expect(all).toHaveLength(3 * total);
    expect(endings(all).filter((ending) => !mayEnd.includes(ending))).toEqual([]);
    const names = await activeNames(tenant);
    expect(names.toSorted()).toEqual(
      people(total)
        .map((user) => upn(tenant, user.userPrincipalName ?? ""))
        .toSorted(),
    );
    expect((await core.seats(tenant))["SPE_E3"]?.consumed).toBe(total);
  }
});

test("a batch cancelled while its chunks are at work counts every row once", async () => {
  const tenant = await core.makeCustomer();
  const { id } = await core.plan(tenant, people(4200));
  await applyBatch(core.context, admin, id);
  await openWindow(core.context.db, id);
  const chunks = await claimChunks(core.context.db, 3);
  const outcomes = Promise.all(chunks.map((chunk) => runOne(core.context, chunk)));
  await cancelBatch(core.context, admin, id);
  const ended = await outcomes;
  expect(ended.filter(({ kind }) => !["done", "stale", "held"].includes(kind))).toEqual([]);
  const { state, totals } = await core.batch(id);
  expect(state).toBe("cancelled");
  expect(totals.succeeded + totals.cancelled).toBe(4200);
  expect(totals.cancelled).toBeGreaterThanOrEqual(1200);
  expect(await activeNames(tenant)).toHaveLength(totals.succeeded);
});

test("of two agents who start one batch at once, one does", async () => {
  const tenant = await core.makeCustomer();
  const { id } = await core.plan(tenant, people(3));
  const tries = [1, 2, 3].map(() => applyBatch(core.context, admin, id));
  const ended = await Promise.allSettled(tries);
  expect(ended.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await refusal(applyBatch(core.context, admin, id))).toBe("batch_state");
  await runReady(core.context);
  expect(await core.audited(id)).toEqual({ create_customer_user: 3 });
});

test("retries of one batch at once reopen each row once", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 0 }]);
  const { id } = await core.provision(tenant, [licensed("a", "SPE_E3"), licensed("b", "SPE_E3"), person("c")]);
  await changeProduct(core.context, admin, tenant.id, e3.skuId, { total: 2 });
  const reopened = await Promise.all(
    [1, 2, 3].map(async () => (await retryBatch(core.context, admin, id, {})).reopened),
  );
  expect(reopened.toSorted((one, other) => one - other)).toEqual([0, 0, 2]);
  await runReady(core.context);
  expect(await core.batch(id)).toMatchObject({ state: "finished", totals: { succeeded: 3 } });
  expect((await core.row(id, 1)).attempts).toBe(2);
});

test("dispatchers, retries and chunks of one batch at once leave no row behind", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1000 }]);
  const rows = people(2400, { usageLocation: "NL", licenses: [{ sku: "SPE_E3" }] });
  const { id } = await core.plan(tenant, rows);
  await applyBatch(core.context, admin, id);
  const stop = new AbortController();
  const settling = (async () => {
    while (!stop.signal.aborted) await advanceBatches(core.context.db);
  })();
  await runReady(core.context, { atOnce: 3 });
  await changeProduct(core.context, admin, tenant.id, e3.skuId, { total: 2400 });
  for (let seat = 0; seat < 4; seat++) {
    await Promise.all([
      retryBatch(core.context, admin, id, { codes: ["seat_shortage"] }),
      runReady(core.context, { atOnce: 2 }),
    ]);
  }
  stop.abort();
  await settling;
  await runReady(core.context, { atOnce: 3 });
  expect(await core.batch(id)).toMatchObject({
    state: "finished",
    totals: { succeeded: 2400, pending: 0, partial: 0 },
  });
  expect(await core.seats(tenant)).toEqual({ SPE_E3: { total: 2400, consumed: 2400 } });
});
