import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { wholeBatch } from "../../core/batches/work-rows/plan-scope.ts";
import { countNeeds } from "../../core/directory/licenses/seat-needs.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import { newId } from "../../db/new-id.ts";
import {
  e3,
  ems,
  endings,
  licensed,
  openTestCore,
  p1,
  people,
  plansOf,
  type TestCore,
  type TestTenant,
} from "./test-core.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

test("seats go in row order, and the plan marks the rows beyond them", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 3 }]);
  const batch = await core.plan(tenant, people(5, { usageLocation: "NL", licenses: [{ sku: "SPE_E3" }] }));
  expect(await core.rows(batch.id)).toMatchObject([
    { plan: "create", state: "pending", code: null },
    { plan: "create", state: "pending", code: null },
    { plan: "create", state: "pending", code: null },
    { plan: "create", state: "pending", code: "seat_shortage", field: "licenses" },
    { plan: "create", state: "pending", code: "seat_shortage", field: "licenses" },
  ]);
  expect(batch.plan.create).toBe(5);
  expect(batch.seats).toEqual([{ ...e3, needed: 5, free: 3 }]);
  const ended = await core.apply(batch.id);
  expect(ended.totals).toMatchObject({ succeeded: 3, partial: 2, failed: 0 });
  expect(endings(await core.rows(batch.id))).toEqual([
    "succeeded",
    "succeeded",
    "succeeded",
    "partial licenses seat_shortage",
    "partial licenses seat_shortage",
  ]);
  expect(await core.seats(tenant)).toEqual({ SPE_E3: { total: 3, consumed: 3 } });
});

test("a row without a seat names the product as it is called, whatever signs its name has", async () => {
  const name = "100 % sure %s %1$s";
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 0 }]);
  await core.context.db.sql`update products set name = ${name} where customer_id = ${tenant.id}`;
  const batch = await core.plan(tenant, [licensed("ann", "SPE_E3")]);
  expect((await core.row(batch.id, 1)).message).toBe(
    `Row 1: no seat of ${name} is left here. 1 are needed in all, 0 are free. ` +
      "All else will be carried out without the licenses; add seats, then retry.",
  );
});

test("rows without a license take no seat and no mark", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
  const batch = await core.plan(tenant, [
    licensed("a", "SPE_E3"),
    ...people(3),
    licensed("b", "SPE_E3"),
    licensed("x@unverified.example", "SPE_E3"),
  ]);
  expect(plansOf(await core.rows(batch.id))).toEqual([
    "create",
    "create",
    "create",
    "create",
    "create seat_shortage",
    "invalid domain_unverified",
  ]);
  expect(batch.seats).toEqual([{ ...e3, needed: 2, free: 1 }]);
});

test("a row that is refused one product leaves its other seats to the rows after it", async () => {
  const tenant = await core.makeCustomer([
    { skuPartNumber: "SPE_E3", total: 1 },
    { skuPartNumber: "EMS", total: 1 },
  ]);
  const batch = await core.plan(tenant, [
    licensed("first", "SPE_E3"),
    licensed("both", "SPE_E3", "EMS"),
    licensed("last", "EMS"),
    licensed("late", "EMS"),
  ]);
  expect(plansOf(await core.rows(batch.id))).toEqual([
    "create",
    "create seat_shortage",
    "create",
    "create seat_shortage",
  ]);
  await core.apply(batch.id);
  expect((await core.user(tenant, "both")).licenses).toEqual([]);
  expect((await core.user(tenant, "last")).licenses).toMatchObject([{ skuId: ems.skuId }]);
});

test("a user who holds the license already needs no seat", async () => {
  const tenant = await core.makeCustomer([
    { skuPartNumber: "SPE_E3", total: 1 },
    { skuPartNumber: "EMS", total: 2 },
  ]);
  await core.provision(tenant, [licensed("holder", "SPE_E3")]);
  const batch = await core.plan(tenant, [licensed("holder", "SPE_E3", "EMS"), licensed("new", "EMS")], {
    onExisting: "update",
  });
  expect(plansOf(await core.rows(batch.id))).toEqual(["update", "create"]);
  expect(batch.seats).toEqual([{ ...ems, needed: 2, free: 2 }]);
  expect((await core.apply(batch.id)).totals.succeeded).toBe(2);
  expect(await core.seats(tenant)).toMatchObject({ SPE_E3: { consumed: 1 }, EMS: { consumed: 2 } });
});

const skus = [e3, ems, p1];
type Asked = { wants: boolean[]; holds: boolean[] };

const asked: fc.Arbitrary<Asked> = fc.record({
  wants: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
  holds: fc.oneof(
    { weight: 3, arbitrary: fc.constant<boolean[]>([false, false, false]) },
    fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
  ),
});

/** The rows that get no seat, told in the plainest way: one row after the other. */
function greedy(rows: Asked[], free: number[]): number[] {
  const left = [...free];
  const short: number[] = [];
  rows.forEach(({ wants, holds }, at) => {
    const missing = skus.flatMap((_sku, sku) => (wants[sku] === true && holds[sku] !== true ? [sku] : []));
    if (missing.some((sku) => (left[sku] ?? 0) < 1)) short.push(at + 1);
    else for (const sku of missing) left[sku] = (left[sku] ?? 0) - 1;
  });
  return short;
}

/** Users who exist already, with the licenses that they hold. */
async function makeHolders(tenant: TestTenant, rows: Asked[]): Promise<void> {
  const { sql } = core.context.db;
  const holders = rows.flatMap(({ holds }, at) => (holds.includes(true) ? [{ id: newId(), at, holds }] : []));
  if (holders.length === 0) return;
  await sql`
    insert into users (id, customer_id, user_principal_name, display_name, usage_location)
    select id, ${tenant.id}, name, 'Holder', 'NL'
    from unnest(${holders.map(({ id }) => id)}::uuid[],
      ${holders.map(({ at }) => `r${at + 1}@${tenant.domain}`)}::text[]) holder (id, name)`;
  const held = holders.flatMap(({ id, holds }) =>
    skus.flatMap(({ skuId }, at) => (holds[at] === true ? [{ id, skuId }] : [])),
  );
  await sql`
    with made as (
      insert into license_assignments (user_id, sku_id, customer_id)
      select id, sku_id, ${tenant.id}
      from unnest(${held.map(({ id }) => id)}::uuid[], ${held.map(({ skuId }) => skuId)}::uuid[]) held (id, sku_id)
      returning sku_id)
    update products set consumed = taken, total = total + taken
    from (select sku_id, count(*)::int as taken from made group by sku_id) counted
    where products.customer_id = ${tenant.id} and products.sku_id = counted.sku_id`;
}

test("for any rows and any seats, the plan names the seats that a later count finds, marks whom a row-by-row look would refuse, and applying does the same", async () => {
  const seatCounts = fc.array(fc.nat({ max: 9 }), { minLength: 3, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(fc.array(asked, { minLength: 1, maxLength: 40 }), seatCounts, async (rows, free) => {
      const tenant = await core.makeCustomer(
        skus.map(({ skuPartNumber }, at) => ({ skuPartNumber, total: free[at] ?? 0 })),
      );
      await makeHolders(tenant, rows);
      const inputs = rows.map(({ wants }, at) =>
        licensed(
          `r${at + 1}`,
          ...skus.flatMap(({ skuPartNumber }, sku) => (wants[sku] === true ? [skuPartNumber] : [])),
        ),
      );
      const expected = greedy(rows, free);
      const batch = await core.plan(tenant, inputs, { onExisting: "update" });
      const marked = await core.rows(batch.id, { code: "seat_shortage" });
      expect(marked.map((row) => row.rowNo)).toEqual(expected);
      const planned = { id: batch.id, customerId: tenant.id, operation: "createUsers" } as const;
      const counted = await inTransaction(core.context.db.pool, (tx) => countNeeds(tx, planned, wholeBatch));
      expect(batch.seats).toEqual(counted);
      await core.apply(batch.id);
      const refused = await core.rows(batch.id, { code: "seat_shortage" });
      expect(refused.map((row) => row.rowNo)).toEqual(expected);
      const seats = await core.seats(tenant);
      for (const { skuPartNumber } of skus)
        expect(seats[skuPartNumber]?.consumed).toBeLessThanOrEqual(seats[skuPartNumber]?.total ?? 0);
    }),
    { numRuns: 15 },
  );
});

test("rows that were not marked find the seats gone row by row when another batch was faster", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 3 }]);
  const slow = await core.plan(tenant, people(3, { usageLocation: "NL", licenses: [{ sku: "SPE_E3" }] }));
  await core.provision(tenant, [licensed("fast1", "SPE_E3"), licensed("fast2", "SPE_E3")]);
  expect(plansOf(await core.rows(slow.id))).toEqual(["create", "create", "create"]);
  await core.apply(slow.id);
  expect(endings(await core.rows(slow.id))).toEqual([
    "succeeded",
    "partial licenses seat_shortage",
    "partial licenses seat_shortage",
  ]);
  expect(await core.seats(tenant)).toEqual({ SPE_E3: { total: 3, consumed: 3 } });
});
