import { afterAll, beforeAll, expect, test } from "vitest";
import { unrestricted } from "../../core/authority/authority.ts";
import { listBatches } from "../../core/batches/list-batches.ts";
import { listRows, type RowFilter } from "../../core/batches/list-rows.ts";
import type { Row } from "../../contract/batch.ts";
import { newId } from "../../db/new-id.ts";
import { packPlace } from "./pack-place.ts";
import { planTargets } from "./targets.ts";
import { licensed, openDesk, people, person, refusal, type Desk } from "./desk.ts";

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

async function allPages(batchId: string, limit: number, filter: Partial<RowFilter> = {}): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await listRows(desk.context, batchId, { limit, count: false, cursor, ...filter });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    rows.push(...page.items);
    if (page.next === null) return rows;
    cursor = page.next;
  }
}

test("rows come page by page in the order of the file, none twice and none left out", async () => {
  const shop = await desk.makeCustomer();
  const batch = await desk.plan(shop, people(25));
  const rowNos = Array.from({ length: 25 }, (_, at) => at + 1);
  for (const limit of [1, 7, 24, 25, 26]) {
    expect((await allPages(batch.id, limit)).map((row) => row.rowNo)).toEqual(rowNos);
  }
});

test("rows can be chosen by outcome, plan and cause, and counted", async () => {
  const shop = await desk.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
  await desk.provision(shop, [person("old")]);
  const batch = await desk.provision(shop, [
    licensed("a", "SPE_E3"),
    licensed("b", "SPE_E3"),
    person("old"),
    person("x@unverified.example"),
    person("old", { city: "Delft" }),
    licensed("c", "SPE_E3"),
  ]);
  const chosen = async (filter: Partial<RowFilter>) => {
    const page = await listRows(desk.context, batch.id, { limit: 1, count: true, ...filter });
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
  const shop = await desk.makeCustomer();
  const batch = await desk.upload(shop, "User name,Display name,,Note,Note\r\nanna,Anna,x,y,z\r\n");
  expect((await desk.row(batch.id, 1)).input).toEqual({
    "User name": "anna",
    "Display name": "Anna",
    "Column 3": "x",
    Note: "y",
    "Note (2)": "z",
  });
});

test("a failed row names the column that it is about, as the file calls it", async () => {
  const shop = await desk.makeCustomer();
  const batch = await desk.upload(shop, "Anmeldename;Anzeigename;Nutzungsort\r\nanna;Anna;Marsland\r\n;Bo;\r\n");
  expect(await desk.rows(batch.id)).toMatchObject([
    { code: "country_unknown", field: "usageLocation", column: "Nutzungsort" },
    { code: "required_missing", field: "userPrincipalName", column: "Anmeldename" },
  ]);
});

test("a cursor that is not ours is refused", async () => {
  const shop = await desk.makeCustomer();
  const { id } = await desk.plan(shop, people(1));
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
    expect([cursor, await refusal(listRows(desk.context, id, { limit: 5, count: false, cursor }))]).toEqual([
      cursor,
      "body_invalid",
    ]);
    expect([
      cursor,
      await refusal(listBatches(desk.context, unrestricted, { limit: 5, count: false, cursor })),
    ]).toEqual([cursor, "body_invalid"]);
  }
});

test("a batch that does not exist has no rows", async () => {
  expect(await listRows(desk.context, newId(), { limit: 5, count: true })).toEqual({ items: [], next: null, total: 0 });
});

test("batches come newest first, by customer, state, file name or number", async () => {
  const [shop, other] = [await desk.makeCustomer(), await desk.makeCustomer()];
  const made: { id: string; no: number }[] = [];
  for (let at = 0; at < 5; at++) made.push(await desk.plan(shop, people(1)));
  const file = await desk.upload(other, "User name,Display name\r\nanna,Anna\r\n");
  await desk.apply(made[2]?.id ?? "");
  const list = async (filter: Partial<Parameters<typeof listBatches>[2]>) => {
    const ids: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await listBatches(desk.context, unrestricted, { limit: 2, count: true, cursor, ...filter });
      ids.push(...page.items.map((batch) => batch.id));
      if (page.next === null) return { ids, total: page.total };
      cursor = page.next;
    }
  };
  const newestFirst = made.map((batch) => batch.id).toReversed();
  expect(await list({ customerId: shop.id })).toEqual({ ids: newestFirst, total: 5 });
  expect(await list({ customerId: shop.id, state: "finished" })).toEqual({ ids: [made[2]?.id], total: 1 });
  expect(await list({ customerId: other.id, q: "PEOPLE" })).toEqual({ ids: [file.id], total: 1 });
  expect((await list({ q: String(made[0]?.no) })).ids).toContain(made[0]?.id);
  expect(await list({ customerId: shop.id, q: "people" })).toEqual({ ids: [], total: 0 });
});

test("a row of each operation names the person, also where the file names an object ID", async () => {
  const shop = await desk.makeCustomer();
  await desk.provision(shop, [person("ana", { displayName: "Ana Berg" })]);
  const ana = await desk.user(shop, "ana");
  const named = { displayName: "Ana Berg", userPrincipalName: ana.userPrincipalName };
  for (const [operation, change] of [
    ["updateUsers", { department: "Sales" }],
    ["changePermissions", { permission: "Password admin" }],
    ["resetPasswords", {}],
    ["deleteUsers", {}],
    ["removeUsers", { confirm: "ana berg" }],
  ] as const) {
    const [row] = await desk.rows(await planTargets(desk, shop, operation, [{ userId: ana.id, ...change }]));
    expect([operation, row?.person]).toEqual([operation, named]);
  }
  const taken = await desk.plan(shop, [person("ana", { displayName: "Another Ana" })]);
  expect(await desk.row(taken.id, 1)).toMatchObject({
    code: "user_exists",
    person: { displayName: "Another Ana", userPrincipalName: ana.userPrincipalName },
  });
  const unknown = await planTargets(desk, shop, "deleteUsers", [{ userId: newId() }]);
  expect((await desk.row(unknown, 1)).person).toEqual({ displayName: null, userPrincipalName: null });
});
