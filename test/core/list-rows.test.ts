import { afterAll, beforeAll, expect, test } from "vitest";
import { unrestricted } from "../../core/access/authority/authority.ts";
import { listBatches } from "../../core/batches/read/list-batches.ts";
import { listRows, type RowFilter } from "../../core/batches/read/list-rows.ts";
import type { Row } from "../../contract/batch.ts";
import { newId } from "../../db/new-id.ts";
import { packPlace } from "./pack-place.ts";
import { planTargets } from "./targets.ts";
import { licensed, openTestCore, people, person, refusal, type TestCore } from "./test-core.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

async function allPages(batchId: string, limit: number, filter: Partial<RowFilter> = {}): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await listRows(core.context, batchId, { limit, count: false, cursor, ...filter });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    rows.push(...page.items);
    if (page.next === null) return rows;
    cursor = page.next;
  }
}

test("rows come page by page in the order of the file, none twice and none left out", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.plan(tenant, people(25));
  const rowNos = Array.from({ length: 25 }, (_, at) => at + 1);
  for (const limit of [1, 7, 24, 25, 26]) {
    expect((await allPages(batch.id, limit)).map((row) => row.rowNo)).toEqual(rowNos);
  }
});

test("rows can be chosen by outcome, plan and cause, and counted", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
  await core.provision(tenant, [person("old")]);
  const batch = await core.provision(tenant, [
    licensed("a", "SPE_E3"),
    licensed("b", "SPE_E3"),
    person("old"),
    person("x@unverified.example"),
    person("old", { city: "Delft" }),
    licensed("c", "SPE_E3"),
  ]);
  const chosen = async (filter: Partial<RowFilter>) => {
    const page = await listRows(core.context, batch.id, { limit: 1, count: true, ...filter });
    const rows = await allPages(batch.id, 1, filter);
    expect(page.total).toBe(rows.length);
    return rows.map((row) => row.rowNo);
  };
  expect(await chosen({})).toEqual([1, 2, 3, 4, 5, 6]);
  expect(await chosen({ state: "succeeded" })).toEqual([1]);
  expect(await chosen({ state: "partial" })).toEqual([2, 6]);
  expect(await chosen({ state: "failed" })).toEqual([4, 5]);
  expect(await chosen({ state: "unchanged" })).toEqual([3]);
  expect(await chosen({ state: "pending" })).toEqual([]);
  expect(await chosen({ plan: "create" })).toEqual([1, 2, 6]);
  expect(await chosen({ plan: "invalid" })).toEqual([4, 5]);
  expect(await chosen({ code: "seat_shortage" })).toEqual([2, 6]);
  expect(await chosen({ code: "duplicate_in_file", state: "failed" })).toEqual([5]);
  expect(await chosen({ code: "seat_shortage", state: "failed" })).toEqual([]);
});

test("a row's cells stand under their headers, blank and repeated ones told apart", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.upload(tenant, "User name,Display name,,Note,Note\r\nanna,Anna,x,y,z\r\n");
  expect((await core.row(batch.id, 1)).input).toEqual({
    "User name": "anna",
    "Display name": "Anna",
    "Column 3": "x",
    Note: "y",
    "Note (2)": "z",
  });
});

test("a failed row names the column that it is about, as the file calls it", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.upload(tenant, "Anmeldename;Anzeigename;Nutzungsort\r\nanna;Anna;Marsland\r\n;Bo;\r\n");
  expect(await core.rows(batch.id)).toMatchObject([
    { code: "country_unknown", field: "usageLocation", column: "Nutzungsort" },
    { code: "required_missing", field: "userPrincipalName", column: "Anmeldename" },
  ]);
});

test("a cursor that is not ours is refused", async () => {
  const tenant = await core.makeCustomer();
  const { id } = await core.plan(tenant, people(1));
  for (const cursor of [
    "",
    "%%%",
    packPlace(5),
    packPlace([]),
    packPlace([1, 2]),
    packPlace(["one"]),
    packPlace([null]),
    packPlace([-1]),
    packPlace([1.5]),
    packPlace([2 ** 40]),
    packPlace([[1]]),
  ]) {
    expect([cursor, await refusal(listRows(core.context, id, { limit: 5, count: false, cursor }))]).toEqual([
      cursor,
      "body_invalid",
    ]);
    expect([
      cursor,
      await refusal(listBatches(core.context, unrestricted, { limit: 5, count: false, cursor })),
    ]).toEqual([cursor, "body_invalid"]);
  }
});

test("a batch that does not exist has no rows", async () => {
  expect(await listRows(core.context, newId(), { limit: 5, count: true })).toEqual({ items: [], next: null, total: 0 });
});

test("batches come newest first, by customer, state, file name or number", async () => {
  const [tenant, other] = [await core.makeCustomer(), await core.makeCustomer()];
  const made: { id: string; no: number }[] = [];
  for (let at = 0; at < 5; at++) made.push(await core.plan(tenant, people(1)));
  const file = await core.upload(other, "User name,Display name\r\nanna,Anna\r\n");
  await core.apply(made[2]?.id ?? "");
  const list = async (filter: Partial<Parameters<typeof listBatches>[2]>) => {
    const ids: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await listBatches(core.context, unrestricted, { limit: 2, count: true, cursor, ...filter });
      ids.push(...page.items.map((batch) => batch.id));
      if (page.next === null) return { ids, total: page.total };
      cursor = page.next;
    }
  };
  const newestFirst = made.map((batch) => batch.id).toReversed();
  expect(await list({ customerId: tenant.id })).toEqual({ ids: newestFirst, total: 5 });
  expect(await list({ customerId: tenant.id, state: "finished" })).toEqual({ ids: [made[2]?.id], total: 1 });
  expect(await list({ customerId: other.id, q: "PEOPLE" })).toEqual({ ids: [file.id], total: 1 });
  expect((await list({ q: String(made[0]?.no) })).ids).toContain(made[0]?.id);
  expect(await list({ customerId: tenant.id, q: "people" })).toEqual({ ids: [], total: 0 });
});

test("a row of each operation names the person, also where the file names an object ID", async () => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, [person("ana", { displayName: "Ana Berg" })]);
  const ana = await core.user(tenant, "ana");
  const named = { displayName: "Ana Berg", userPrincipalName: ana.userPrincipalName };
  for (const [operation, change] of [
    ["updateUsers", { department: "Sales" }],
    ["changePermissions", { permission: "Password admin" }],
    ["resetPasswords", {}],
    ["deleteUsers", {}],
    ["removeUsers", { confirm: "ana berg" }],
  ] as const) {
    const [row] = await core.rows(await planTargets(core, tenant, operation, [{ userId: ana.id, ...change }]));
    expect([operation, row?.person]).toEqual([operation, named]);
  }
  const taken = await core.plan(tenant, [person("ana", { displayName: "Another Ana" })]);
  expect(await core.row(taken.id, 1)).toMatchObject({
    code: "user_exists",
    person: { displayName: "Another Ana", userPrincipalName: ana.userPrincipalName },
  });
  const unknown = await planTargets(core, tenant, "deleteUsers", [{ userId: newId() }]);
  expect((await core.row(unknown, 1)).person).toEqual({ displayName: null, userPrincipalName: null });
});
