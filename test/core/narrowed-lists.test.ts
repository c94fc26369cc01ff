import { afterAll, beforeAll, expect, test } from "vitest";
import type { UserFilter } from "../../contract/user-filter.ts";
import { listUsers, type UserQuery } from "../../core/directory/users/list-users.ts";
import { indexNames } from "../../core/directory/search/index-names.ts";
import { listedUsers } from "../bench/same-sql.ts";
import { openTestCore, person, type TestCore, type TestTenant } from "./test-core.ts";
import { usersTouched } from "./users-touched.ts";

// Many enough for a list to be read in its order, and for that to end before the list does.
const users = 40_000;
const lastFrom = 34_500;

let core: TestCore;
let tenant: TestTenant;

// Of the department Last are those who come last by name, as of the surname Zuletzt; the others are spread evenly.
beforeAll(async () => {
  core = await openTestCore();
  tenant = await core.makeCustomer();
  const { sql } = core.context.db;
  await sql`
    with made as (
      insert into users (id, customer_id, user_principal_name, display_name, department, usage_location)
      select gen_random_uuid(), ${tenant.id}::uuid, 'u' || no || '@' || ${tenant.domain}::text,
        'Name ' || lpad(no::text, 6, '0') || case when no > ${lastFrom} then ' Zuletzt' else ' Berg' end,
        case when no > ${lastFrom} then 'Last' when no % 1000 = 0 then 'Rare' when no % 3 = 0 then 'Third' end,
        case when no % 2 = 0 then 'NL' end
      from generate_series(1, ${users}::int) no
      returning id, customer_id, user_principal_name, display_name
    )
    insert into user_names (user_id, customer_id, names)
    select id, customer_id, ' ' || user_principal_name || ' ' || lower(display_name) from made`;
  await sql`vacuum analyze users, user_names`;
});
afterAll(() => core.close());

const numbers = Array.from({ length: users }, (_, at) => at + 1);
const isLast = (no: number) => no > lastFrom;

const narrowed: [filter: UserFilter, matches: (no: number) => boolean][] = [
  [{ department: ["last"] }, isLast],
  [{ department: ["Third"] }, (no) => !isLast(no) && no % 1000 !== 0 && no % 3 === 0],
  [{ department: ["Rare"] }, (no) => !isLast(no) && no % 1000 === 0],
  [{ q: "zuletzt" }, isLast],
  [{ q: "name berg", usageLocation: ["NL"] }, (no) => !isLast(no) && no % 2 === 0],
  [{ q: "zuletzt", department: ["Third"] }, () => false],
];

async function turned(filter: UserFilter, more: Partial<UserQuery>): Promise<string[]> {
  const names: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await listUsers(core.context, tenant.id, {
      ...filter,
      ...more,
      state: "active",
      limit: 500,
      count: false,
      cursor,
    });
    names.push(...page.items.map(({ displayName }) => displayName.slice(5, 11)));
    if (page.next === null) return names;
    cursor = page.next;
  }
}

test.each(narrowed)(
  "all of many users whom %j finds come in order, page by page, from both ends",
  async (filter, matches) => {
    const found = numbers.filter(matches).map((no) => String(no).padStart(6, "0"));
    expect(await turned(filter, {})).toEqual(found);
    expect(await turned(filter, { sort: "-displayName" })).toEqual(found.toReversed());
  },
);

test.each(narrowed)("an offset into those whom %j finds leads to their place", async (filter, matches) => {
  const found = numbers.filter(matches).map((no) => String(no).padStart(6, "0"));
  for (const offset of [10, 1_000, 5_490, found.length - 3].filter((at) => at >= 0)) {
    const page = await listUsers(core.context, tenant.id, {
      ...filter,
      state: "active",
      limit: 5,
      count: true,
      offset,
    });
    expect([offset, page.total]).toEqual([offset, found.length]);
    expect(page.items.map(({ displayName }) => displayName.slice(5, 11))).toEqual(found.slice(offset, offset + 5));
  }
});

test("of many who match no more are touched than lie before the end of the page", async () => {
  const limit = 20;
  for (const filter of [
    { department: ["Third"] },
    { q: "name" },
    { q: "berg", usageLocation: ["NL"] },
    { license: ["none"] },
  ]) {
    const { items, statements } = await listedUsers(core.context.db, tenant.id, { ...filter, limit });
    expect(items).toHaveLength(limit);
    const touched = await usersTouched(core.context.db, statements);
    // The page is a third of those before its end or more, and each of it is looked up once more.
    expect([filter, touched, touched <= 5 * (limit + 1)]).toEqual([filter, touched, true]);
  }
});

test("the many who match are found although all who come before them do not", async () => {
  const { db } = core.context;
  const { items, statements } = await listedUsers(db, tenant.id, { department: ["Last"], limit: 20 });
  expect(items[0]?.displayName).toBe(`Name 0${lastFrom + 1} Zuletzt`);
  // Of the 34,500 before them no more than the first 20,000; then those who match, and the page.
  expect(await usersTouched(db, statements)).toBeLessThan(20_000 + (users - lastFrom) + 100);
});

test("a user who was made a moment ago stands in its place among the many who match", async () => {
  const limit = 20;
  await core.provision(tenant, [person("new", { displayName: "Name 000010 Bergson" })]);
  const names = async () =>
    (await listedUsers(core.context.db, tenant.id, { q: "name berg", limit })).items.map(
      ({ displayName }) => displayName,
    );
  const before = await names();
  expect(before.slice(9, 12)).toEqual(["Name 000010 Berg", "Name 000010 Bergson", "Name 000011 Berg"]);
  while ((await indexNames(core.context)) > 0) continue;
  expect(await names()).toEqual(before);
});

test("at a customer that the statistics do not know yet, a search touches no more than it finds", async () => {
  const { db } = core.context;
  const late = await core.makeCustomer();
  await db.sql`
    with made as (
      insert into users (id, customer_id, user_principal_name, display_name)
      select gen_random_uuid(), ${late.id}::uuid, 'u' || no || '@' || ${late.domain}::text,
        'Late ' || lpad(no::text, 6, '0') || case when no % 1000 = 0 then ' Rara' else '' end
      from generate_series(1, 8000) no
      returning id, customer_id, user_principal_name, display_name
    )
    insert into user_names (user_id, customer_id, names)
    select id, customer_id, ' ' || user_principal_name || ' ' || lower(display_name) from made`;
  const few = await listedUsers(db, late.id, { q: "rara", limit: 20, count: true });
  const many = await listedUsers(db, late.id, { q: "late", limit: 20 });

  expect([few.items.length, many.items.length]).toEqual([8, 20]);
  expect(await usersTouched(db, few.statements)).toBeLessThan(4 * 8);
  expect(await usersTouched(db, many.statements)).toBeLessThan(5 * 21);
});
