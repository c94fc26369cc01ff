import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { newId } from "../../db/new-id.ts";
import { e3, endings, licensed, openDesk, people, person, upn, verdicts, type Desk } from "./desk.ts";

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterEach(() => desk.resetClock());
afterAll(() => desk.close());

test("a name that nobody has is planned to be created", async () => {
  const shop = await desk.makeCustomer();
  const batch = await desk.plan(shop, people(2));
  expect(batch).toMatchObject({ state: "ready", planVersion: 1, totals: { rows: 2, pending: 2 } });
  expect(batch.plan).toEqual({ create: 2, update: 0, unchanged: 0, restore: 0, conflict: 0, invalid: 0 });
  expect(await desk.rows(batch.id)).toMatchObject([
    { rowNo: 1, plan: "create", state: "pending", step: null, code: null, userId: null, attempts: 0 },
    { rowNo: 2, plan: "create", state: "pending", step: null, code: null, userId: null, attempts: 0 },
  ]);
});

test("a plan changes nothing in the directory", async () => {
  const shop = await desk.makeCustomer([{ ...e3Part, total: 5 }]);
  await desk.plan(shop, [licensed("quiet", "SPE_E3")]);
  const [counted] = await desk.context.db.sql<{ users: number }[]>`
    select count(*)::int as users from users where customer_id = ${shop.id}`;
  expect(counted?.users).toBe(0);
  expect(await desk.seats(shop)).toEqual({ SPE_E3: { total: 5, consumed: 0 } });
});

test("a user who is as the row asks is unchanged, whatever the case of the name", async () => {
  const shop = await desk.makeCustomer([{ ...e3Part, total: 5 }]);
  const asked = { ...licensed("Same", "SPE_E3"), permission: "Password admin", accountEnabled: false, city: "Delft" };
  await desk.provision(shop, [asked]);
  const batch = await desk.plan(shop, [{ ...asked, userPrincipalName: upn(shop, "sAME").toUpperCase() }]);
  expect(verdicts(await desk.rows(batch.id))).toEqual(["unchanged"]);
  expect((await desk.row(batch.id, 1)).userId).toBe((await desk.user(shop, "same")).id);
});

test("what a row leaves blank has no say", async () => {
  const shop = await desk.makeCustomer([{ ...e3Part, total: 5 }]);
  await desk.provision(shop, [{ ...licensed("full", "SPE_E3"), permission: "Global admin", department: "Sales" }]);
  const batch = await desk.plan(shop, [person("full")]);
  expect(verdicts(await desk.rows(batch.id))).toEqual(["unchanged"]);
});

test("a user with other values is a conflict, or an update on the agent's choice", async () => {
  const shop = await desk.makeCustomer();
  await desk.provision(shop, [person("anna", { city: "Delft" })]);
  const skipped = await desk.plan(shop, [person("anna", { city: "Gouda" })]);
  expect(await desk.rows(skipped.id)).toMatchObject([
    { plan: "conflict", state: "failed", code: "user_exists", field: "userPrincipalName", column: "userPrincipalName" },
  ]);
  expect(skipped).toMatchObject({ plan: { conflict: 1 }, totals: { failed: 1, pending: 0 } });
  const updated = await desk.plan(shop, [person("anna", { city: "Gouda" })], { onExisting: "update" });
  expect(await desk.rows(updated.id)).toMatchObject([
    { plan: "update", state: "pending", code: null, userId: (await desk.user(shop, "anna")).id },
  ]);
});

test.each([
  ["a role", { permission: "Service admin" }],
  ["a sign-in switch", { accountEnabled: false }],
  ["a license", { licenses: [{ sku: "SPE_E3" }] }],
  ["a plain permission", { permission: "User" }],
])("%s that the user has not makes the row an update", async (_what, more) => {
  const shop = await desk.makeCustomer([{ ...e3Part, total: 5 }]);
  await desk.provision(shop, [person("bo", { usageLocation: "NL", permission: "Password admin" })]);
  const batch = await desk.plan(shop, [person("bo", { usageLocation: "NL", ...more })], { onExisting: "update" });
  expect(verdicts(await desk.rows(batch.id))).toEqual(["update"]);
});

test("a deleted user of the same name waits for the agent's choice", async () => {
  const shop = await desk.makeCustomer();
  await desk.provision(shop, [person("leaver")]);
  const gone = await desk.deleteUser(shop, "leaver");
  const asked = await desk.plan(shop, [person("Leaver")]);
  expect(await desk.rows(asked.id)).toMatchObject([
    { plan: "conflict", state: "failed", code: "deleted_user_exists", field: "userPrincipalName", userId: gone },
  ]);
  const restored = await desk.plan(shop, [person("leaver")], { onDeleted: "restore" });
  expect(await desk.rows(restored.id)).toMatchObject([{ plan: "restore", state: "pending", userId: gone }]);
  const created = await desk.plan(shop, [person("leaver")], { onDeleted: "create" });
  expect(await desk.rows(created.id)).toMatchObject([{ plan: "create", state: "pending", userId: null }]);
});

test("of several deleted users of one name, the latest is the one to restore", async () => {
  const shop = await desk.makeCustomer();
  await desk.provision(shop, [person("twice")]);
  await desk.deleteUser(shop, "twice", 9);
  await desk.provision(shop, [person("twice")], { onDeleted: "create" });
  const latest = await desk.deleteUser(shop, "twice", 2);
  const batch = await desk.plan(shop, [person("twice")], { onDeleted: "restore" });
  expect((await desk.row(batch.id, 1)).userId).toBe(latest);
});

test("a user deleted longer ago than the restore window makes way for a new one", async () => {
  const shop = await desk.makeCustomer();
  await desk.provision(shop, people(2));
  await desk.deleteUser(shop, "u1", 29);
  await desk.deleteUser(shop, "u2", 31);
  for (const onDeleted of ["ask", "restore"] as const) {
    const batch = await desk.plan(shop, people(2), { onDeleted });
    expect(verdicts(await desk.rows(batch.id))[1]).toBe("create");
    expect(verdicts(await desk.rows(batch.id))[0]).not.toBe("create");
  }
  desk.passDays(2);
  const later = await desk.plan(shop, people(2));
  expect(verdicts(await desk.rows(later.id))).toEqual(["create", "create"]);
});

test("an active user of the name counts more than a deleted one", async () => {
  const shop = await desk.makeCustomer();
  await desk.provision(shop, [person("again")]);
  await desk.deleteUser(shop, "again");
  await desk.provision(shop, [person("again")], { onDeleted: "create" });
  const batch = await desk.plan(shop, [person("again")]);
  expect(verdicts(await desk.rows(batch.id))).toEqual(["unchanged"]);
});

test("a name that stands twice in the file is refused the second time, and the first row is named", async () => {
  const shop = await desk.makeCustomer();
  const rows = ["other", "Zoë", "zoe", "ZOE", "zoe@"].map((name) =>
    person(name === "Zoë" ? "zOe" : name === "zoe@" ? upn(shop, "zoe") : name),
  );
  const batch = await desk.plan(shop, rows);
  expect(verdicts(await desk.rows(batch.id))).toEqual([
    "create",
    "create",
    "invalid duplicate_in_file",
    "invalid duplicate_in_file",
    "invalid duplicate_in_file",
  ]);
  for (const rowNo of [3, 4, 5]) {
    const { message, field } = await desk.row(batch.id, rowNo);
    expect(message).toMatch(new RegExp(`\\b${rowNo}\\b.*\\b2\\b`));
    expect(field).toBe("userPrincipalName");
  }
});

test("a name that a user of another customer has is taken", async () => {
  const [shop, other] = [await desk.makeCustomer(), await desk.makeCustomer()];
  await desk.context.db.sql`
    insert into users (id, customer_id, user_principal_name, display_name)
    values (${newId()}, ${other.id}, ${upn(shop, "Moved")}, 'Display moved')`;
  for (const onExisting of ["skip", "update"] as const) {
    const batch = await desk.plan(shop, [person("moved", { displayName: "Display moved" })], { onExisting });
    expect(await desk.rows(batch.id)).toMatchObject([
      { plan: "conflict", state: "failed", code: "upn_taken", userId: null },
    ]);
  }
});

test("a deleted user of another customer is no obstacle", async () => {
  const [shop, other] = [await desk.makeCustomer(), await desk.makeCustomer()];
  await desk.context.db.sql`
    insert into users (id, customer_id, user_principal_name, display_name, deleted_at)
    values (${newId()}, ${other.id}, ${upn(shop, "once")}, 'Display once', now())`;
  const batch = await desk.plan(shop, [person("once")]);
  expect(verdicts(await desk.rows(batch.id))).toEqual(["create"]);
});

test("each bad row has its own cause and its neighbours do not mind", async () => {
  const shop = await desk.makeCustomer([{ ...e3Part, total: 5 }]);
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
  const batch = await desk.upload(shop, file);
  expect(verdicts(await desk.rows(batch.id))).toEqual([
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
  const ended = await desk.apply(batch.id);
  expect(ended).toMatchObject({ state: "finished", totals: { succeeded: 2, failed: 8, pending: 0 } });
  const attempts = (await desk.rows(batch.id)).map((row) => row.attempts);
  expect(attempts).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
});

test("a file without one good row finishes at once and makes nobody", async () => {
  const shop = await desk.makeCustomer();
  const batch = await desk.plan(shop, [person("x@unverified.example"), person("")]);
  const ended = await desk.apply(batch.id);
  expect(ended).toMatchObject({ state: "finished", totals: { rows: 2, failed: 2 } });
  expect(endings(await desk.rows(batch.id))).toEqual(["failed domain_unverified", "failed required_missing"]);
  expect(await desk.audited(batch.id)).toEqual({});
});

const e3Part = { skuPartNumber: e3.skuPartNumber };

test("a large file is planned in a moment though the statistics know nothing of its batch", async () => {
  const seats = [
    { skuPartNumber: "SPE_E3", total: 12_000 },
    { skuPartNumber: "EMS", total: 8_000 },
  ];
  const shop = await desk.makeCustomer(seats);
  const asking = { usageLocation: "NL", licenses: seats.map(({ skuPartNumber }) => ({ sku: skuPartNumber })) };
  for (const count of [1500, 1500]) await desk.plan(shop, people(count, asking));
  // If it kept statistics of batches, Postgres took every other batch for one of a single row from now on, and looped over
  // all rows for each.
  await desk.context.db.sql`analyze rows, row_results`;
  const batch = await desk.plan(shop, people(20_000, asking));
  expect(batch.plan.create).toBe(20_000);
  const short = await desk.rows(batch.id, { code: "seat_shortage" });
  expect(short[0]?.rowNo).toBe(8_001);
});
