import { afterAll, beforeAll, expect, test } from "vitest";
import type { User } from "../../contract/user.ts";
import { listUsers, type UserQuery } from "../../core/directory/users/list-users.ts";
import { getUser } from "../../core/directory/users/read-users.ts";
import { newId } from "../../db/new-id.ts";
import { userSorts } from "../../contract/user-filter.ts";
import { indexNames } from "../../core/directory/search/index-names.ts";
import { packPlace } from "./pack-place.ts";
import { listedUsers } from "../bench/same-sql.ts";
import { act } from "./targets.ts";
import { usersTouched } from "./users-touched.ts";
import { e3, licensed, openTestCore, people, person, refusal, type TestCore, type TestTenant } from "./test-core.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

async function allUsers(tenant: TestTenant, filter: Partial<UserQuery> = {}, limit = 3): Promise<User[]> {
  const [users, total] = await turnPages(tenant, filter, limit);
  expect(total).toBe(users.length);
  return users;
}

async function turnPages(
  tenant: TestTenant,
  filter: Partial<UserQuery>,
  limit: number,
): Promise<[User[], number | undefined]> {
  const users: User[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await listUsers(core.context, tenant.id, { state: "active", limit, count: true, cursor, ...filter });
    users.push(...page.items);
    if (page.next === null) return [users, page.total];
    cursor = page.next;
  }
}

async function names(tenant: TestTenant, filter: Partial<UserQuery> = {}, limit = 3): Promise<string[]> {
  return (await allUsers(tenant, filter, limit)).map((user) => user.displayName);
}

async function named(...displayNames: string[]): Promise<TestTenant> {
  const tenant = await core.makeCustomer();
  await core.provision(
    tenant,
    displayNames.map((displayName, at) => person(`u${at}`, { displayName })),
  );
  return tenant;
}

test("users come by name as people sort names, in either direction", async () => {
  const tenant = await named("Zoë", "anna", "Anna", "Ångström", "Émile", "Eva", "élan", "zebra", "Bo");
  const sorted = ["Ångström", "anna", "Anna", "Bo", "élan", "Émile", "Eva", "zebra", "Zoë"];
  expect(await names(tenant)).toEqual(sorted);
  expect(await names(tenant, { sort: "-displayName" })).toEqual(sorted.toReversed());
});

test("people who share a name each appear once, whatever the length of the page", async () => {
  const tenant = await named(...Array.from({ length: 11 }, (_, at) => (at % 3 === 0 ? "Same name" : "Other name")));
  const ids = (await allUsers(tenant, {}, 100)).map((user) => user.id);
  for (const limit of [1, 2, 5, 10, 11]) {
    expect((await allUsers(tenant, {}, limit)).map((user) => user.id)).toEqual(ids);
    expect((await allUsers(tenant, { sort: "-displayName" }, limit)).map((user) => user.id)).toEqual(ids.toReversed());
  }
});

test("a user who is made or deleted while an agent turns pages moves no other user", async () => {
  const tenant = await named("a", "c", "e", "g");
  const first = await listUsers(core.context, tenant.id, { state: "active", limit: 2, count: false });
  await core.provision(tenant, [person("b", { displayName: "b" }), person("f", { displayName: "f" })]);
  await core.deleteUser(tenant, "u1");
  const rest = await listUsers(core.context, tenant.id, {
    state: "active",
    limit: 10,
    count: false,
    cursor: first.next ?? "",
  });
  expect([...first.items, ...rest.items].map((user) => user.displayName)).toEqual(["a", "c", "e", "f", "g"]);
});

function byBytes(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

test("users are sorted by each column, in either direction, and a page goes on where the one before ended", async () => {
  const tenant = await core.makeCustomer();
  const words = ["b", "", "Ärzte", "a", "B", "zoo", "ä", "", "arzt", "b", "Zoo"];
  const [one, other] = ["SE", "de"];
  await core.provision(
    tenant,
    words.map((word, at) =>
      person(`${"zyx"[at % 3]}${at}`, {
        displayName: word === "" ? "-" : word,
        ...(word === "" ? {} : { department: word, jobTitle: word, givenName: word, surname: word }),
        ...(at % 4 === 0 ? {} : { usageLocation: at % 4 === 1 ? one : other }),
      }),
    ),
  );
  const byWords = new Intl.Collator("und").compare;
  for (const state of ["active", "inactive"] as const) {
    if (state === "inactive")
      for (let at = 0; at < words.length; at++) await core.deleteUser(tenant, `${"zyx"[at % 3]}${at}`, (at * 7) % 5);
    for (const sort of userSorts) {
      if (state === "active" && sort.endsWith("deletedAt")) continue;
      const users = await allUsers(tenant, { state, sort }, 100);
      expect(users).toHaveLength(words.length);
      const column = sort.replace("-", "") as "department" | "displayName";
      const key = (user: User) => (column === "displayName" ? user[column] : (user[column] ?? "").toLowerCase());
      const compare = sort.endsWith("userPrincipalName") ? byBytes : byWords;
      const sorted = users.toSorted((left, right) => compare(key(left), key(right)) || byBytes(left.id, right.id));
      const ids = (sort.startsWith("-") ? sorted.toReversed() : sorted).map((user) => user.id);
      expect([sort, users.map((user) => user.id)]).toEqual([sort, ids]);
      expect([sort, (await allUsers(tenant, { state, sort }, 4)).map((user) => user.id)]).toEqual([sort, ids]);
    }
  }
});

test("a list is jumped through, from any place to its end", async () => {
  const tenant = await named("f", "b", "d", "a", "c", "e", "g");
  const whole = await names(tenant, {}, 100);
  for (const offset of [0, 1, 5, 6, 7, 100]) {
    const page = await listUsers(core.context, tenant.id, { state: "active", limit: 3, count: true, offset });
    expect(page.items.map((user) => user.displayName)).toEqual(whole.slice(offset, offset + 3));
    expect(page.total).toBe(7);
    if (page.next === null) continue;
    const query = { state: "active", limit: 100, count: false, cursor: page.next } as const;
    const rest = await listUsers(core.context, tenant.id, query);
    expect(rest.items.map((user) => user.displayName)).toEqual(whole.slice(offset + 3));
    expect(await refusal(listUsers(core.context, tenant.id, { ...query, offset }))).toBe("body_invalid");
  }
});

const manyUsers = 4_000;

/** A customer with so many users that Postgres reads them all only where it has to. */
async function largeShop(): Promise<TestTenant> {
  const tenant = await core.makeCustomer();
  await core.context.db.sql`
    insert into users (id, customer_id, user_principal_name, display_name, department, job_title, usage_location)
    select gen_random_uuid(), ${tenant.id}::uuid, md5(no::text) || '@' || ${tenant.domain}::text, 'Name ' || md5((no / 3)::text),
      nullif('Department ' || no % 40, 'Department 7'), 'Job ' || no % 90, (array['NL', 'SE', null])[1 + no % 3]
    from generate_series(1, ${manyUsers}::int) no`;
  await core.context.db.sql`vacuum analyze users`;
  return tenant;
}

test("a page takes as many users as it shows, in each order of the pages, at the start, behind a cursor and at the end", async () => {
  const tenant = await largeShop();
  const { db } = core.context;
  const limit = 20;
  const columns = ["displayName", "userPrincipalName", "department", "jobTitle", "usageLocation", "createdAt"] as const;
  for (const sort of columns.flatMap((column) => [column, `-${column}`] as const)) {
    const whole = await allUsers(tenant, { sort }, 500);
    const first = await listedUsers(db, tenant.id, { sort, limit });
    const places = [
      { at: 0, listed: first },
      { at: limit, listed: await listedUsers(db, tenant.id, { sort, limit, cursor: first.next ?? "" }) },
      ...(await Promise.all(
        [manyUsers - limit, manyUsers - 5, manyUsers + 5].map(async (offset) => {
          return { at: offset, listed: await listedUsers(db, tenant.id, { sort, limit, offset }) };
        }),
      )),
    ];
    for (const { at, listed } of places) {
      expect([sort, at, listed.items]).toEqual([sort, at, whole.slice(at, at + limit)]);
      expect(listed.next === null).toBe(at + limit >= manyUsers);
      const users = await usersTouched(db, listed.statements.slice(-1));
      // Once in the order and once as a whole, one more to know of the next page; usernames are in order with those of others.
      expect([sort, at, users, users <= 5 * (limit + 1)]).toEqual([sort, at, users, true]);
    }
  }
});

test("who was made or renamed a moment ago is found by the name that they have, and by no other", async () => {
  const tenant = await named("Zoë Brandt", "Anna Berg", "Bo Lindqvist");
  expect(await names(tenant, { q: "berg" })).toEqual(["Anna Berg"]);
  while ((await indexNames(core.context)) > 0) continue;
  expect(await names(tenant, { q: "berg" })).toEqual(["Anna Berg"]);
  expect(await names(tenant, { q: "zoe" })).toEqual(["Zoë Brandt"]);
  expect(await names(tenant, { q: "brandt ZOË" })).toEqual(["Zoë Brandt"]);
  const anna = await core.user(tenant, "u1");
  await act(core, tenant, "updateUsers", [{ userId: anna.id, displayName: "Anna Stone" }]);
  expect(await names(tenant, { q: "berg" })).toEqual([]);
  expect(await names(tenant, { q: "stone" })).toEqual(["Anna Stone"]);
  while ((await indexNames(core.context)) > 0) continue;
  expect(await names(tenant, { q: "berg" })).toEqual([]);
  expect(await names(tenant, { q: "stone anna" })).toEqual(["Anna Stone"]);
});

test("a search finds a part of the name or the sign-in name, in any case, and takes no letter for a pattern", async () => {
  const tenant = await named("Anna Berg", "Bo 100%", "under_score", "Zoë");
  expect(await names(tenant, { q: "BERG" })).toEqual(["Anna Berg"]);
  expect(await names(tenant, { q: " u1@ " })).toEqual(["Bo 100%"]);
  expect(await names(tenant, { q: "zoë" })).toEqual(["Zoë"]);
  expect(await names(tenant, { q: "%" })).toEqual(["Bo 100%"]);
  expect(await names(tenant, { q: "_" })).toEqual(["under_score"]);
  expect(await names(tenant, { q: "" })).toHaveLength(4);
  expect(await names(tenant, { q: "nobody" })).toEqual([]);
});

test("deleted users have a list of their own, the latest deletion first", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 5 }]);
  await core.provision(tenant, [...people(5), { ...licensed("held", "SPE_E3"), permission: "Global admin" }]);
  await core.deleteUser(tenant, "u3", 9);
  await core.deleteUser(tenant, "u1", 2);
  await core.deleteUser(tenant, "u5", 5);
  for (const limit of [1, 2, 3]) {
    const gone = await allUsers(tenant, { state: "inactive" }, limit);
    expect(gone.map((user) => user.displayName)).toEqual(["Display u1", "Display u5", "Display u3"]);
    expect(gone.map((user) => user.state)).toEqual(["inactive", "inactive", "inactive"]);
  }
  expect(await names(tenant, { state: "inactive", sort: "displayName" })).toEqual([
    "Display u1",
    "Display u3",
    "Display u5",
  ]);
  expect(await allUsers(tenant)).toMatchObject([
    { displayName: "Display held", permission: ["globalAdmin"], licenses: [{ ...e3, disabledPlans: [] }] },
    { displayName: "Display u2", permission: "user", licenses: [], deletedAt: null },
    { displayName: "Display u4" },
  ]);
});

test("users deleted in one stroke each appear once", async () => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, people(7));
  await core.context.db.sql`update users set deleted_at = now() where customer_id = ${tenant.id}`;
  for (const limit of [1, 3, 7]) {
    const gone = await allUsers(tenant, { state: "inactive" }, limit);
    expect(new Set(gone.map((user) => user.id)).size).toBe(7);
  }
});

test("a customer's agent sees no user of another customer", async () => {
  const [tenant, other] = [await named("Anna"), await named("Bo")];
  expect(await names(tenant)).toEqual(["Anna"]);
  const bo = await core.user(other, "u0");
  expect(await getUser(core.context, other.id, bo.id)).toEqual(bo);
  expect(await getUser(core.context, tenant.id, bo.id)).toBeNull();
  expect(await getUser(core.context, tenant.id, newId())).toBeNull();
});

test("a cursor of another order, or none of ours, is refused", async () => {
  const tenant = await named("a", "b", "c");
  const { next } = await listUsers(core.context, tenant.id, { state: "active", limit: 1, count: false });
  const of = (cursor: string, state: "active" | "inactive") =>
    refusal(listUsers(core.context, tenant.id, { state, limit: 1, count: false, cursor }));
  expect(await of(next ?? "", "inactive")).toBe("body_invalid");
  for (const place of [["a"], ["a", "b"], [1, newId()], ["a", 1], [null, null], "a", ["a\0", newId()]]) {
    expect([place, await of(packPlace(place), "active")]).toEqual([place, "body_invalid"]);
  }
});
