import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { newId } from "../../db/new-id.ts";
import { e3, endings, licensed, openTestCore, people, person, upn, plansOf, type TestCore } from "./test-core.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
});
afterEach(() => core.resetClock());
afterAll(() => core.close());

test("a name that nobody has is planned to be created", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.plan(tenant, people(2));
  expect(batch).toMatchObject({ state: "ready", planVersion: 1, totals: { rows: 2, pending: 2 } });
  expect(batch.plan).toMatchObject({ create: 2, update: 0, unchanged: 0, restore: 0, conflict: 0, invalid: 0 });
  expect(await core.rows(batch.id)).toMatchObject([
    { rowNo: 1, plan: "create", state: "pending", step: null, code: null, userId: null, attempts: 0 },
    { rowNo: 2, plan: "create", state: "pending", step: null, code: null, userId: null, attempts: 0 },
  ]);
});

test("a plan changes nothing in the directory", async () => {
  const tenant = await core.makeCustomer([{ ...e3Part, total: 5 }]);
  await core.plan(tenant, [licensed("quiet", "SPE_E3")]);
  const [counted] = await core.context.db.sql<{ users: number }[]>`
    select count(*)::int as users from users where customer_id = ${tenant.id}`;
  expect(counted?.users).toBe(0);
  expect(await core.seats(tenant)).toEqual({ SPE_E3: { total: 5, consumed: 0 } });
});

test("a user who is as the row asks is unchanged, whatever the case of the name", async () => {
  const tenant = await core.makeCustomer([{ ...e3Part, total: 5 }]);
  const asked = { ...licensed("Same", "SPE_E3"), permission: "Password admin", accountEnabled: false, city: "Delft" };
  await core.provision(tenant, [asked]);
  const batch = await core.plan(tenant, [{ ...asked, userPrincipalName: upn(tenant, "sAME").toUpperCase() }]);
  expect(plansOf(await core.rows(batch.id))).toEqual(["unchanged"]);
  expect((await core.row(batch.id, 1)).userId).toBe((await core.user(tenant, "same")).id);
});

test("what a row leaves blank has no say", async () => {
  const tenant = await core.makeCustomer([{ ...e3Part, total: 5 }]);
  await core.provision(tenant, [{ ...licensed("full", "SPE_E3"), permission: "Global admin", department: "Sales" }]);
  const batch = await core.plan(tenant, [person("full")]);
  expect(plansOf(await core.rows(batch.id))).toEqual(["unchanged"]);
});

test("a user with other values is a conflict, or an update on the agent's choice", async () => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, [person("anna", { city: "Delft" })]);
  const skipped = await core.plan(tenant, [person("anna", { city: "Gouda" })]);
  expect(await core.rows(skipped.id)).toMatchObject([
    { plan: "conflict", state: "failed", code: "user_exists", field: "userPrincipalName", column: "userPrincipalName" },
  ]);
  expect(skipped).toMatchObject({ plan: { conflict: 1 }, totals: { failed: 1, pending: 0 } });
  const updated = await core.plan(tenant, [person("anna", { city: "Gouda" })], { onExisting: "update" });
  expect(await core.rows(updated.id)).toMatchObject([
    { plan: "update", state: "pending", code: null, userId: (await core.user(tenant, "anna")).id },
  ]);
});

test.each([
  ["a role", { permission: "Service admin" }],
  ["a sign-in switch", { accountEnabled: false }],
  ["a license", { licenses: [{ sku: "SPE_E3" }] }],
  ["a plain permission", { permission: "User" }],
])("%s that the user has not makes the row an update", async (_what, more) => {
  const tenant = await core.makeCustomer([{ ...e3Part, total: 5 }]);
  await core.provision(tenant, [person("bo", { usageLocation: "NL", permission: "Password admin" })]);
  const batch = await core.plan(tenant, [person("bo", { usageLocation: "NL", ...more })], { onExisting: "update" });
  expect(plansOf(await core.rows(batch.id))).toEqual(["update"]);
});

test("a deleted user of the same name waits for the agent's choice", async () => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, [person("leaver")]);
  const gone = await core.deleteUser(tenant, "leaver");
  const asked = await core.plan(tenant, [person("Leaver")]);
  expect(await core.rows(asked.id)).toMatchObject([
    { plan: "conflict", state: "failed", code: "deleted_user_exists", field: "userPrincipalName", userId: gone },
  ]);
  const restored = await core.plan(tenant, [person("leaver")], { onDeleted: "restore" });
  expect(await core.rows(restored.id)).toMatchObject([{ plan: "restore", state: "pending", userId: gone }]);
  const created = await core.plan(tenant, [person("leaver")], { onDeleted: "create" });
  expect(await core.rows(created.id)).toMatchObject([{ plan: "create", state: "pending", userId: null }]);
});

test("of several deleted users of one name, the latest is the one to restore", async () => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, [person("twice")]);
  await core.deleteUser(tenant, "twice", 9);
  await core.provision(tenant, [person("twice")], { onDeleted: "create" });
  const latest = await core.deleteUser(tenant, "twice", 2);
  const batch = await core.plan(tenant, [person("twice")], { onDeleted: "restore" });
  expect((await core.row(batch.id, 1)).userId).toBe(latest);
});

test("a user deleted longer ago than the restore window makes way for a new one", async () => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, people(2));
  await core.deleteUser(tenant, "u1", 29);
  await core.deleteUser(tenant, "u2", 31);
  for (const onDeleted of ["ask", "restore"] as const) {
    const batch = await core.plan(tenant, people(2), { onDeleted });
    expect(plansOf(await core.rows(batch.id))[1]).toBe("create");
    expect(plansOf(await core.rows(batch.id))[0]).not.toBe("create");
  }
  core.passDays(2);
  const later = await core.plan(tenant, people(2));
  expect(plansOf(await core.rows(later.id))).toEqual(["create", "create"]);
});

test("an active user of the name counts more than a deleted one", async () => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, [person("again")]);
  await core.deleteUser(tenant, "again");
  await core.provision(tenant, [person("again")], { onDeleted: "create" });
  const batch = await core.plan(tenant, [person("again")]);
  expect(plansOf(await core.rows(batch.id))).toEqual(["unchanged"]);
});

test("a name that stands twice in the file is refused the second time, and the first row is named", async () => {
  const tenant = await core.makeCustomer();
  const rows = ["other", "Zoë", "zoe", "ZOE", "zoe@"].map((name) =>
    person(name === "Zoë" ? "zOe" : name === "zoe@" ? upn(tenant, "zoe") : name),
  );
  const batch = await core.plan(tenant, rows);
  expect(plansOf(await core.rows(batch.id))).toEqual([
    "create",
    "create",
    "invalid duplicate_in_file",
    "invalid duplicate_in_file",
    "invalid duplicate_in_file",
  ]);
  for (const rowNo of [3, 4, 5]) {
    const { message, field } = await core.row(batch.id, rowNo);
    expect(message).toMatch(new RegExp(`\\b${rowNo}\\b.*\\b2\\b`));
    expect(field).toBe("userPrincipalName");
  }
});

test("a name that a user of another customer has is taken", async () => {
  const [tenant, other] = [await core.makeCustomer(), await core.makeCustomer()];
  await core.context.db.sql`
    insert into users (id, customer_id, user_principal_name, display_name)
    values (${newId()}, ${other.id}, ${upn(tenant, "Moved")}, 'Display moved')`;
  for (const onExisting of ["skip", "update"] as const) {
    const batch = await core.plan(tenant, [person("moved", { displayName: "Display moved" })], { onExisting });
    expect(await core.rows(batch.id)).toMatchObject([
      { plan: "conflict", state: "failed", code: "upn_taken", userId: null },
    ]);
  }
});

test("a deleted user of another customer is no obstacle", async () => {
  const [tenant, other] = [await core.makeCustomer(), await core.makeCustomer()];
  await core.context.db.sql`
    insert into users (id, customer_id, user_principal_name, display_name, deleted_at)
    values (${newId()}, ${other.id}, ${upn(tenant, "once")}, 'Display once', now())`;
  const batch = await core.plan(tenant, [person("once")]);
  expect(plansOf(await core.rows(batch.id))).toEqual(["create"]);
});

test("each bad row has its own cause and its neighbours do not mind", async () => {
  const tenant = await core.makeCustomer([{ ...e3Part, total: 5 }]);
  const file = [
    "User name,Display name,Usage location,Licenses,Permissions,Department",
    "ok1,Fine,NL,SPE_E3,User,",
    "x@unverified.example,Elsewhere,,,,",
    "mars,Mars,Marsland,,,",
    "odd,Odd,NL,NO_SUCH_SKU,,",
    "boss,Boss,,,Emperor,",
    "nowhere,Nowhere,,SPE_E3,,",
    ",Nameless,,,,",
    "a b,Blank inside,,,,",
    `long,Long,,,,${"d".repeat(65)}`,
    "ok2,Fine too,,,,",
  ].join("\r\n");
  const batch = await core.upload(tenant, file);
  expect(plansOf(await core.rows(batch.id))).toEqual([
    "create",
    "invalid domain_unverified",
    "invalid country_unknown",
    "invalid sku_unknown",
    "invalid permission_unknown",
    "invalid usage_location_missing",
    "invalid required_missing",
    "invalid upn_invalid",
    "invalid value_too_long",
    "create",
  ]);
  expect(batch).toMatchObject({ plan: { create: 2, invalid: 8 }, totals: { rows: 10, failed: 8, pending: 2 } });
  const ended = await core.apply(batch.id);
  expect(ended).toMatchObject({ state: "finished", totals: { succeeded: 2, failed: 8, pending: 0 } });
  const attempts = (await core.rows(batch.id)).map((row) => row.attempts);
  expect(attempts).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
});

test("a file without one good row finishes at once and makes nobody", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.plan(tenant, [person("x@unverified.example"), person("")]);
  const ended = await core.apply(batch.id);
  expect(ended).toMatchObject({ state: "finished", totals: { rows: 2, failed: 2 } });
  expect(endings(await core.rows(batch.id))).toEqual(["failed domain_unverified", "failed required_missing"]);
  expect(await core.audited(batch.id)).toEqual({});
});

const e3Part = { skuPartNumber: e3.skuPartNumber };

test("a large file is planned in a moment though the statistics know nothing of its batch", async () => {
  const seats = [
    { skuPartNumber: "SPE_E3", total: 12_000 },
    { skuPartNumber: "EMS", total: 8_000 },
  ];
  const tenant = await core.makeCustomer(seats);
  const asking = { usageLocation: "NL", licenses: seats.map(({ skuPartNumber }) => ({ sku: skuPartNumber })) };
  for (const count of [1500, 1500]) await core.plan(tenant, people(count, asking));
  // If it kept statistics of batches, Postgres took every other batch for one of a single row from now on, and looped over
  // all rows for each.
  await core.context.db.sql`analyze rows, row_results`;
  const batch = await core.plan(tenant, people(20_000, asking));
  expect(batch.plan.create).toBe(20_000);
  const short = await core.rows(batch.id, { code: "seat_shortage" });
  expect(short[0]?.rowNo).toBe(8_001);
});
