import { afterAll, beforeAll, expect, test } from "vitest";
import { inTransaction } from "../../db/in-transaction.ts";
import { recordAct } from "../../core/audit/record-act.ts";
import { listAudit } from "../../core/audit/read/list-audit.ts";
import { writeAudit } from "../../core/audit/read/write-audit.ts";
import type { Readable } from "../../core/access/authority/readable-customers.ts";
import { indexNames } from "../../core/directory/search/index-names.ts";
import { search } from "../../core/directory/search/search.ts";
import { parseCsv } from "../support/parse-csv.ts";
import { admin, openTestCore, person, type TestCore, type TestTenant } from "./test-core.ts";

let core: TestCore;
let ours: TestTenant;
let theirs: TestTenant;
beforeAll(async () => {
  core = await openTestCore();
  [ours, theirs] = [await core.makeCustomer(), await core.makeCustomer()];
  for (const tenant of [ours, theirs]) {
    const failing = { userPrincipalName: `eva@elsewhere.example`, displayName: "Eva Failing" };
    await core.provision(tenant, [person("eva", { displayName: "Eva Ruiz" }), failing]);
  }
  await core.context.db.sql`update batches set finished_at = coalesce(finished_at, now()) + interval '1 second'`;
  while ((await indexNames(core.context)) > 0) continue;
  const act = { operation: "sign_in", customerId: null } as const;
  await inTransaction(core.context.db.pool, (tx) => recordAct(tx, admin, act));
});
afterAll(() => core.close());

const page = { limit: 500, count: true };

async function found(readable: Readable, q: string) {
  const { users, rows, audit } = await search(core.context, readable, { q, limit: 50 });
  const customers = [
    ...users.items.map(({ customer }) => customer.id),
    ...rows.items.map(({ customer }) => customer.id),
    ...audit.items.map(({ customerId }) => customerId),
  ];
  return { counts: [users.items.length, rows.items.length, audit.items.length], customers: new Set(customers) };
}

test("who reads some customers finds the users, rows and records of these alone", async () => {
  expect((await found("all", "eva")).counts).toEqual([2, 4, 2]);
  const own = await found([ours.id], "eva");
  expect(own.counts).toEqual([1, 2, 1]);
  expect(own.customers).toEqual(new Set([ours.id]));
  expect((await found([], "eva")).counts).toEqual([0, 0, 0]);
  expect((await found([ours.id], `eva@${theirs.domain}`)).counts).toEqual([0, 0, 0]);
  expect((await found([theirs.id], `eva@${theirs.domain}`)).counts[0]).toBe(1);
});

test("who reads some customers sees the audit of these alone, and nothing that belongs to none", async () => {
  const { context } = core;
  const all = await listAudit(context, "all", page);
  expect(new Set(all.items.map(({ customerId }) => customerId))).toEqual(new Set([ours.id, theirs.id, null]));
  const own = await listAudit(context, [ours.id], page);
  expect(own.items.length).toBeGreaterThan(0);
  expect(own.total).toBe(own.items.length);
  expect(new Set(own.items.map(({ customerId }) => customerId))).toEqual(new Set([ours.id]));
  expect((await listAudit(context, [ours.id], { ...page, customerId: theirs.id })).items).toEqual([]);
  expect((await listAudit(context, [], page)).items).toEqual([]);
});

test("and exports the same, however many pages that takes", async () => {
  const { context } = core;
  await context.db.sql`insert into audit (actor_id, actor_name, customer_id, operation, status)
    select 'x', 'X', ${ours.id}::uuid, 'bulk', 'succeeded' from generate_series(1, 4100)`;
  let text = "";
  for await (const piece of writeAudit(context, [ours.id], {})) text += piece;
  const [header = [], ...lines] = parseCsv(text);
  const customerAt = header.indexOf("Customer id");
  expect(new Set(lines.map((line) => line[customerAt]))).toEqual(new Set([ours.id]));
  const { total } = await listAudit(context, [ours.id], page);
  expect(lines).toHaveLength(total ?? 0);
  expect(new Set(lines.map(([id]) => id)).size).toBe(total);
});
