import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { UserInput } from "../../contract/user.ts";
import { textFieldNames } from "../../contract/fields.ts";
import { rowOwner, userOwner } from "../../core/secrets/secrets.ts";
import { temporaryPassword } from "../../core/passwords/write-passwords.ts";
import { applyBatch } from "../../core/batches/run/apply-batch.ts";
import { runReady } from "../support/run-batch.ts";
import {
  admin,
  e3,
  endings,
  intunePlan,
  licensed,
  mfaPlan,
  openTestCore,
  people,
  person,
  upn,
  type TestCore,
  type TestTenant,
} from "./test-core.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
});
afterEach(() => core.resetClock());
afterAll(() => core.close());

async function count(tenant: TestTenant): Promise<number> {
  const [found] = await core.context.db.sql<{ users: number }[]>`
    select count(*)::int as users from users where customer_id = ${tenant.id}`;
  return found?.users ?? -1;
}

function withPlans(disabledPlans: string[]): UserInput {
  return person("anna", { usageLocation: "NL", licenses: [{ sku: "EMS", disabledPlans }] });
}

function nowOf(field: string): string {
  return field === "usageLocation" ? "BE" : "now";
}

test("a user is made with every value of the row", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 5 }]);
  const values = {
    displayName: "Zoë Ødegård-van 't Hek",
    givenName: "Zoë",
    surname: "Ødegård-van 't Hek",
    jobTitle: 'Clerk\\of "works"',
    department: "Sales; North",
    companyName: "Contoso, Ltd.",
    officeLocation: "2.14",
    streetAddress: "Großer Weg 5",
    city: "Łódź",
    stateOrProvince: "N/A",
    postalCode: "0123",
    country: "Poland",
    usageLocation: "PL",
    businessPhone: "+48 1",
    mobilePhone: "=1+1",
    faxNumber: "{NULL}",
    mailNickname: "zoe",
    otherMail: "zoe@private.example",
  };
  const batch = await core.provision(tenant, [
    {
      ...values,
      userPrincipalName: "Zoe",
      accountEnabled: false,
      permission: "Global admin",
      licenses: [{ sku: "SPE_E3" }],
    },
  ]);
  expect(batch).toMatchObject({ state: "finished", totals: { rows: 1, succeeded: 1 } });
  expect(await core.user(tenant, "zoe")).toMatchObject({
    ...values,
    userPrincipalName: upn(tenant, "Zoe"),
    accountEnabled: false,
    state: "active",
    deletedAt: null,
    permission: ["globalAdmin"],
    licenses: [{ ...e3, disabledPlans: [] }],
  });
  expect(await core.row(batch.id, 1)).toMatchObject({
    state: "succeeded",
    step: null,
    code: null,
    message: null,
    attempts: 1,
    userId: (await core.user(tenant, "zoe")).id,
  });
});

test("a create with a license and a role leaves one audit record, with who and what", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 5 }]);
  const displayName = String.raw`Anna "Ann" de Łódź \ 'Ångström'`;
  const row = { ...licensed("anna", "SPE_E3"), displayName, permission: "Password admin;Service admin" };
  const batch = await core.provision(tenant, [row]);
  const { id } = await core.user(tenant, "anna");
  const records = await core.context.db.sql`
    select operation, status, actor_id, actor_name, customer_id, row_no, user_id, before, after
    from audit where batch_id = ${batch.id} and row_no is not null order by operation`;
  const all = {
    status: "succeeded",
    actor_id: admin.id,
    actor_name: admin.name,
    customer_id: tenant.id,
    row_no: 1,
    user_id: id,
  };
  expect(records).toEqual([
    {
      ...all,
      operation: "create_customer_user",
      before: null,
      after: {
        userPrincipalName: upn(tenant, "anna"),
        displayName,
        usageLocation: "NL",
        accountEnabled: true,
        roles: ["passwordAdmin", "serviceAdmin"],
        added: ["SPE_E3"],
      },
    },
  ]);
});

test("a second upload of the same file changes nothing and writes no audit", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 5 }]);
  const rows = [{ ...licensed("anna", "SPE_E3"), permission: "Password admin" }, ...people(3)];
  const first = await core.provision(tenant, rows);
  expect(await core.audited(first.id)).toEqual({ create_customer_user: 4 });
  const before = await core.context.db.sql`select * from users where customer_id = ${tenant.id} order by id`;
  const second = await core.provision(tenant, rows);
  expect(second).toMatchObject({ state: "finished", totals: { rows: 4, unchanged: 4 } });
  expect(await core.audited(second.id)).toEqual({});
  expect(await core.context.db.sql`select * from users where customer_id = ${tenant.id} order by id`).toEqual(before);
  expect(await core.seats(tenant)).toEqual({ SPE_E3: { total: 5, consumed: 1 } });
});

test("the same file planned twice before either is applied makes each user once", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 2 }]);
  const rows = [licensed("anna", "SPE_E3"), ...people(2)];
  const [first, second] = [await core.plan(tenant, rows), await core.plan(tenant, rows)];
  expect((await core.apply(first.id)).totals.succeeded).toBe(3);
  expect((await core.apply(second.id)).totals.unchanged).toBe(3);
  expect(await count(tenant)).toBe(3);
  expect(await core.audited(second.id)).toEqual({});
});

test("the first chunk of a batch has 200 rows, the others have a thousand", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1200 }]);
  const rows = people(1201, { usageLocation: "NL", licenses: [{ sku: "SPE_E3" }] });
  const one = await core.plan(tenant, rows.slice(0, 200));
  await applyBatch(core.context, admin, one.id);
  expect(await runReady(core.context)).toMatchObject([
    {
      chunk: { batchId: one.id, chunkNo: 1, run: 1, rowFrom: 1, rowTo: 200, domain: tenant.domain },
      outcome: { kind: "done", failed: {}, partial: {}, rows: 200 },
    },
  ]);
  const two = await core.plan(tenant, rows);
  await applyBatch(core.context, admin, two.id);
  expect(await runReady(core.context)).toMatchObject([
    { chunk: { chunkNo: 1, rowFrom: 1, rowTo: 200 }, outcome: { kind: "done", failed: {}, partial: {}, rows: 200 } },
    {
      chunk: { chunkNo: 2, rowFrom: 201, rowTo: 1200 },
      outcome: { kind: "done", failed: {}, partial: {}, rows: 1000 },
    },
    {
      chunk: { chunkNo: 3, rowFrom: 1201, rowTo: 1201 },
      outcome: { failed: {}, partial: { seat_shortage: 1 }, rows: 1 },
    },
  ]);
  expect((await core.batch(two.id)).totals).toEqual({
    rows: 1201,
    pending: 0,
    succeeded: 1000,
    unchanged: 200,
    partial: 1,
    failed: 0,
    cancelled: 0,
  });
  expect(await count(tenant)).toBe(1201);
  expect(await core.seats(tenant)).toEqual({ SPE_E3: { total: 1200, consumed: 1200 } });
});

test("a chunk whose rows the plan all refused never runs", async () => {
  const tenant = await core.makeCustomer();
  const bad = Array.from({ length: 1199 }, (_, at) => person(`u${at}@unverified.example`));
  const batch = await core.plan(tenant, [...people(1), ...bad, ...people(2).slice(-1)]);
  await applyBatch(core.context, admin, batch.id);
  expect((await runReady(core.context)).map(({ chunk }) => chunk.chunkNo)).toEqual([1, 3]);
  const lonely = await core.plan(tenant, [...bad.slice(0, 1000), person("lonely")]);
  await applyBatch(core.context, admin, lonely.id);
  expect((await runReady(core.context)).map(({ chunk }) => chunk.chunkNo)).toEqual([2]);
  expect(await core.batch(lonely.id)).toMatchObject({ state: "finished", totals: { succeeded: 1, failed: 1000 } });
});

test("plans that a license switches off stay off, and a later row can change them", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "EMS", total: 2 }]);
  await core.provision(tenant, [withPlans(["MFA_PREMIUM", intunePlan])]);
  expect((await core.user(tenant, "anna")).licenses).toMatchObject([
    { disabledPlans: [mfaPlan, intunePlan].toSorted() },
  ]);
  const same = await core.provision(tenant, [withPlans([intunePlan, "mfa_premium"])]);
  expect(same.totals.unchanged).toBe(1);
  const other = await core.provision(tenant, [withPlans([intunePlan])], { onExisting: "update" });
  expect(other.totals.succeeded).toBe(1);
  expect((await core.user(tenant, "anna")).licenses).toMatchObject([{ disabledPlans: [intunePlan] }]);
  expect(await core.audited(other.id)).toEqual({ update_customer_user_licenses: 1 });
  expect(await core.seats(tenant)).toEqual({ EMS: { total: 2, consumed: 1 } });
  const unknown = await core.plan(tenant, [withPlans(["NO_SUCH_PLAN"])]);
  expect((await core.row(unknown.id, 1)).code).toBe("sku_unknown");
});

test("an update writes the user before and after, and touches no other user", async () => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, [person("anna", { city: "Delft", permission: "Password admin" }), person("bo")]);
  const bo = await core.user(tenant, "bo");
  const batch = await core.provision(
    tenant,
    [person("anna", { city: "Gouda", accountEnabled: false, permission: "User" }), person("bo")],
    { onExisting: "update" },
  );
  expect(endings(await core.rows(batch.id))).toEqual(["succeeded", "unchanged"]);
  expect(await core.user(tenant, "anna")).toMatchObject({ city: "Gouda", accountEnabled: false, permission: "user" });
  expect(await core.user(tenant, "bo")).toEqual(bo);
  const records = await core.context.db.sql`
    select operation, before, after from audit where batch_id = ${batch.id} and row_no is not null order by id`;
  const whole = { userPrincipalName: upn(tenant, "anna"), displayName: "Display anna" };
  expect(records).toEqual([
    {
      operation: "update_customer_user",
      before: { ...whole, city: "Delft", accountEnabled: true },
      after: { ...whole, city: "Gouda", accountEnabled: false },
    },
    { operation: "remove_user_member", before: { roles: ["passwordAdmin"] }, after: { roles: [] } },
  ]);
});

test("a row that differs in one value alone changes that value, whichever it is", async () => {
  const tenant = await core.makeCustomer();
  const fields = textFieldNames.filter((field) => field !== "userPrincipalName");
  const was = Object.fromEntries(fields.map((field) => [field, field === "usageLocation" ? "NL" : "was"]));
  await core.provision(
    tenant,
    fields.map((field) => ({ ...was, userPrincipalName: field })),
  );
  const batch = await core.provision(
    tenant,
    fields.map((field) => ({ ...was, userPrincipalName: field, [field]: nowOf(field) })),
    { onExisting: "update" },
  );
  expect(batch.totals.succeeded).toBe(fields.length);
  for (const field of fields) {
    expect(await core.user(tenant, field)).toMatchObject({ ...was, [field]: nowOf(field), version: 2 });
  }
});

test("a user who misses nothing but a license gets it, and counts as succeeded", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
  await core.provision(tenant, [person("anna", { usageLocation: "NL" }), person("bo", { usageLocation: "NL" })]);
  const batch = await core.provision(tenant, [licensed("anna", "SPE_E3"), licensed("bo", "SPE_E3")], {
    onExisting: "update",
  });
  // Nothing was done for bo, so the row failed; it is no partial success.
  expect(endings(await core.rows(batch.id))).toEqual(["succeeded", "failed licenses seat_shortage"]);
  expect(await core.audited(batch.id)).toEqual({ update_customer_user_licenses: 1 });
});

test("each new user has a password of its own, sealed, for seven days", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.provision(tenant, people(20));
  const secrets = await core.context.db.sql<{ userId: string; sealed: Buffer; days: number }[]>`
    select user_id as "userId", sealed, extract(epoch from expires_at - now())::float / 86400 as days
    from temporary_passwords where batch_id = ${batch.id}`;
  const opened = secrets.map(({ userId, sealed }) => core.context.secrets.open(sealed, userOwner(tenant.id, userId)));
  expect(new Set(opened).size).toBe(20);
  for (const { sealed, days } of secrets) {
    expect(days).toBeCloseTo(7, 2);
    for (const password of opened) expect(sealed.includes(password)).toBe(false);
  }
  const { id } = await core.user(tenant, "u1");
  expect(opened).toContain(await temporaryPassword(core.context, id));
  core.passDays(7.01);
  expect(await temporaryPassword(core.context, id)).toBeNull();
});

test("a password of the file is used, and stands nowhere in the clear", async () => {
  const tenant = await core.makeCustomer();
  const file = [
    "User name,Display name,Password,Confirm password",
    "anna,Anna,Winter-ade-2031,Winter-ade-2031",
    "bo,Bo,,",
    "cy,Cy, short ,",
    "di,Di,aaaaaaaaaaaa,",
  ].join("\r\n");
  const batch = await core.upload(tenant, file);
  expect((await core.rows(batch.id)).map(({ input }) => [input["Password"], input["Confirm password"]])).toEqual([
    ["(password)", "(password)"],
    ["", ""],
    ["(password)", ""],
    ["(password)", ""],
  ]);
  await core.apply(batch.id);
  expect(endings(await core.rows(batch.id))).toEqual([
    "succeeded",
    "succeeded",
    "failed password_invalid",
    "failed password_invalid",
  ]);
  expect(await temporaryPassword(core.context, (await core.user(tenant, "anna")).id)).toBe("Winter-ade-2031");
  expect(await temporaryPassword(core.context, (await core.user(tenant, "bo")).id)).toMatch(/^.{4}-.{4}-.{4}-.{4}$/);
  const tables = ["rows", "row_results", "batches", "audit", "users", "temporary_passwords"];
  for (const table of tables) {
    const { sql } = core.context.db;
    const dump = JSON.stringify(await sql`select row_to_json(one)::text as line from ${sql.unsafe(table)} one`);
    expect([table, ...["Winter-ade", "aaaaaaaa", " short "].filter((secret) => dump.includes(secret))]).toEqual([
      table,
    ]);
  }
  const [kept] = await core.context.db.sql<{ sealed: Buffer }[]>`
    select sealed from rows where batch_id = ${batch.id} and row_no = 1`;
  expect(core.context.secrets.open(kept?.sealed ?? Buffer.alloc(0), rowOwner(batch.id, 1))).toBe("Winter-ade-2031");
});

test("a row for a user who exists sets no password", async () => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, [person("anna", { password: "Winter-ade-2031" })]);
  const { id } = await core.user(tenant, "anna");
  const again = await core.provision(tenant, [person("anna", { password: "Other-ade-2032", city: "Gouda" })], {
    onExisting: "update",
  });
  expect(again.totals.succeeded).toBe(1);
  expect(await temporaryPassword(core.context, id)).toBe("Winter-ade-2031");
});
