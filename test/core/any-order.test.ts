import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BatchOptions } from "../../contract/batch.ts";
import type { UserInput } from "../../contract/user.ts";
import { cancelBatch } from "../../core/batches/run/cancel-batch.ts";
import { retryBatch } from "../../core/batches/run/retry-batch.ts";
import { runReady } from "../support/run-batch.ts";
import { admin, e3, ems, openTestCore, person, upn, type TestCore, type TestTenant } from "./test-core.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

const names = ["a", "B", "c", "d", "e", "f"];
const name = fc.constantFrom(...names);

const row: fc.Arbitrary<UserInput> = fc
  .record({
    name,
    city: fc.constantFrom(undefined, "Delft", "Gouda"),
    permission: fc.constantFrom(undefined, "User", "Password admin", "Service admin;Password admin"),
    enabled: fc.constantFrom(undefined, true, false),
    skus: fc.constantFrom([], [], [e3.skuPartNumber], [ems.skuPartNumber], [e3.skuPartNumber, ems.skuPartNumber]),
    location: fc.constantFrom("NL", "NL", "NL", "Marsland"),
  })
  .map((drawn) =>
    person(drawn.name, {
      usageLocation: drawn.location,
      ...(drawn.city === undefined ? {} : { city: drawn.city }),
      ...(drawn.permission === undefined ? {} : { permission: drawn.permission }),
      ...(drawn.enabled === undefined ? {} : { accountEnabled: drawn.enabled }),
      licenses: drawn.skus.map((sku) => ({ sku })),
    }),
  );

const options: fc.Arbitrary<BatchOptions> = fc.record({
  onExisting: fc.constantFrom("skip", "update", "update"),
  onDeleted: fc.constantFrom("ask", "restore", "create"),
});

type Step =
  | { kind: "plan"; rows: UserInput[]; options: BatchOptions }
  | { kind: "apply" | "retry" | "cancel"; at: number }
  | { kind: "delete" | "touch"; name: string }
  | { kind: "seats"; skuId: string; total: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("plan" as const),
      rows: fc.array(row, { minLength: 1, maxLength: 6 }),
      options,
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("apply" as const), at: fc.nat({ max: 9 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("retry" as const), at: fc.nat({ max: 9 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("cancel" as const), at: fc.nat({ max: 9 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("delete" as const, "touch" as const), name }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("seats" as const),
      skuId: fc.constantFrom(e3.skuId, ems.skuId),
      total: fc.nat({ max: 4 }),
    }),
  },
);

type Made = { id: string; rows: UserInput[]; options: BatchOptions };

async function take(tenant: TestTenant, made: Made[], doing: Step): Promise<void> {
  const { sql } = core.context.db;
  switch (doing.kind) {
    case "plan":
      made.push({ ...doing, id: (await core.plan(tenant, doing.rows, doing.options)).id });
      return;
    case "apply":
    case "retry":
    case "cancel":
      return await takeBatch(tenant, made[doing.at % Math.max(1, made.length)], doing.kind);
    case "delete":
      await sql`
        update users set deleted_at = now(), version = version + 1
        where customer_id = ${tenant.id} and lower(user_principal_name) = lower(${upn(tenant, doing.name)})
          and deleted_at is null`;
      return;
    case "touch":
      await sql`
        update users set city = 'Utrecht', version = version + 1
        where customer_id = ${tenant.id} and lower(user_principal_name) = lower(${upn(tenant, doing.name)})`;
      return;
    case "seats":
      await sql`
        update products set total = greatest(consumed, ${doing.total})
        where customer_id = ${tenant.id} and sku_id = ${doing.skuId}`;
      return;
    default:
      return doing satisfies never;
  }
}

async function takeBatch(
  tenant: TestTenant,
  batch: Made | undefined,
  act: "apply" | "retry" | "cancel",
): Promise<void> {
  if (batch === undefined) return;
  const { state } = await core.batch(batch.id);
  if (act === "cancel" && state === "ready") await cancelBatch(core.context, admin, batch.id);
  else if (act === "apply" && state === "ready") {
    await core.apply(batch.id);
    await expectWanted(tenant, batch);
  } else if (act === "retry" && state === "finished") {
    await retryBatch(core.context, admin, batch.id, {});
    await runReady(core.context);
  }
}

/** A row that ended well has its user as the row asks: the same rows planned once more find nothing to do for it. */
async function expectWanted(tenant: TestTenant, batch: Made): Promise<void> {
  const ended = await core.rows(batch.id);
  const again = await core.rows((await core.plan(tenant, batch.rows, { onExisting: "update", onDeleted: "ask" })).id);
  const well = ended.filter(({ state }) => state === "succeeded" || state === "unchanged").map(({ rowNo }) => rowNo);
  const nothingToDo = again.filter(({ plan }) => plan === "unchanged").map(({ rowNo }) => rowNo);
  expect(well.filter((rowNo) => !nothingToDo.includes(rowNo))).toEqual([]);
}

/** What is true of the books at every moment at which nobody is at work. */
async function expectTrueBooks(tenant: TestTenant, made: Made[]): Promise<void> {
  await core.seats(tenant);
  for (const { id, rows } of made) {
    const { state, totals, plan } = await core.batch(id);
    const listed = await core.rows(id);
    const counted = (of: string) => listed.filter((one) => one.state === of).length;
    expect(totals).toEqual({
      rows: rows.length,
      pending: state === "ready" ? counted("pending") : 0,
      succeeded: counted("succeeded"),
      unchanged: counted("unchanged"),
      partial: counted("partial"),
      failed: counted("failed"),
      cancelled: counted("cancelled"),
    });
    expect(Object.values(plan).reduce((sum, count) => sum + count, 0)).toBe(rows.length);
    // Who failed or is partial can be told why; who is well has nothing to be told.
    const told = listed.map((one) => [one.state === "failed" || one.state === "partial", one.code !== null]);
    expect(
      told.filter(
        ([bad, cause], at) => bad !== cause && listed[at]?.state !== "pending" && listed[at]?.state !== "cancelled",
      ),
    ).toEqual([]);
  }
}

async function countAccounts(
  tenant: TestTenant,
): Promise<{ users: number; created: number; passwords: number } | undefined> {
  const { sql } = core.context.db;
  const [counted] = await sql<{ users: number; created: number; passwords: number }[]>`
    select (select count(*)::int from users where customer_id = ${tenant.id}) as users,
      (select count(*)::int from temporary_passwords where customer_id = ${tenant.id}) as passwords,
      (select count(*)::int from audit
        where customer_id = ${tenant.id} and operation = 'create_customer_user') as created`;
  return counted;
}

test("whatever agents do, and in whatever order, the books are true", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
      const tenant = await core.makeCustomer([e3, ems].map(({ skuPartNumber }) => ({ skuPartNumber, total: 2 })));
      const made: Made[] = [];
      for (const doing of steps) await take(tenant, made, doing);
      await expectTrueBooks(tenant, made);
      const counted = await countAccounts(tenant);
      const users = counted?.users;
      expect(counted).toEqual({ users, created: users, passwords: users });
    }),
    { numRuns: 15 },
  );
});
