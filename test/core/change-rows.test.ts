import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Row } from "../../contract/batch.ts";
import { applyBatch } from "../../core/batches/run/apply-batch.ts";
import { changeBatch } from "../../core/batches/edit/change-batch.ts";
import { changeRows } from "../../core/batches/edit/change-rows.ts";
import { pauseBatch } from "../../core/batches/run/pause-batch.ts";
import { retryBatch } from "../../core/batches/run/retry-batch.ts";
import { claimChunks } from "../../core/batches/run/claim-chunks.ts";
import { rowOwner } from "../../core/secrets/secrets.ts";
import { brokenInvariants } from "../support/broken-invariants.ts";
import { openWindow, runOne, runReady } from "../support/run-batch.ts";
import {
  admin,
  endings,
  licensed,
  openTestCore,
  people,
  person,
  problemOf,
  upn,
  plansOf,
  type TestCore,
} from "./test-core.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

type Values = Record<string, string | null>;

async function change(id: string, rows: Record<number, Values>, planVersion?: number): Promise<Row[]> {
  const changes = Object.entries(rows).map(([rowNo, values]) => ({ rowNo: Number(rowNo), values }));
  return (await changeRows(core.context, admin, id, changes, { planVersion })).items;
}

async function retry(id: string): Promise<number> {
  const { reopened } = await retryBatch(core.context, admin, id, {});
  await runReady(core.context);
  return reopened;
}

test("a row is mended by the header's label or by the name of its field, and planned at once", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.upload(tenant, "E-mail address,Naam,Plaats\nanna,Anna,Delft\nx@y@z,Bo,Gouda\n,Cleo,\n");
  expect(batch.plan).toMatchObject({ create: 1, invalid: 2 });
  const [second, third] = await change(batch.id, {
    2: { "E-mail address": "bo", plaats: null },
    3: { userPrincipalName: "cleo", Plaats: "Breda" },
  });
  expect(second).toMatchObject({ rowNo: 2, plan: "create", state: "pending", code: null, input: { Plaats: "" } });
  expect(third).toMatchObject({ rowNo: 3, input: { "E-mail address": "cleo", Plaats: "Breda" }, code: null });
  expect(await core.batch(batch.id)).toMatchObject({
    planVersion: 2,
    plan: { create: 3, invalid: 0 },
    totals: { pending: 3, failed: 0 },
  });
  expect((await core.apply(batch.id)).totals.succeeded).toBe(3);
  expect(await core.user(tenant, "cleo")).toMatchObject({ city: "Breda" });
});

test("rows with the name that a row had, or has now, are planned with it", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.plan(tenant, [person("anna"), person("ANNA"), person("bo"), person("cleo")]);
  expect(plansOf(await core.rows(batch.id))).toEqual(["create", "invalid duplicate_in_file", "create", "create"]);
  await change(batch.id, { 1: { userPrincipalName: "bo" } });
  expect(plansOf(await core.rows(batch.id))).toEqual(["create", "create", "invalid duplicate_in_file", "create"]);
  expect((await core.row(batch.id, 3)).message).toContain("row 1");
  expect((await core.batch(batch.id)).plan).toMatchObject({ create: 3, invalid: 1 });
});

test("seats are marked anew over the whole batch", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
  const batch = await core.plan(tenant, [licensed("a", "SPE_E3"), licensed("b", "SPE_E3"), person("c")]);
  await change(batch.id, { 1: { licenses: null } });
  expect((await core.rows(batch.id)).map(({ code }) => code)).toEqual([null, null, null]);
  expect((await core.batch(batch.id)).seats).toMatchObject([{ needed: 1, free: 1 }]);
  await change(batch.id, { 3: { licenses: "SPE_E3", usageLocation: "NL" }, 1: { licenses: "SPE_E3" } });
  expect((await core.rows(batch.id)).map(({ code }) => code)).toEqual([null, "seat_shortage", "seat_shortage"]);
  expect((await core.batch(batch.id)).seats).toMatchObject([{ needed: 3, free: 1 }]);
  expect((await core.apply(batch.id)).totals).toMatchObject({ succeeded: 1, partial: 2 });
  expect(await brokenInvariants(core.context.db)).toEqual([]);
});

test("a field that no column stands for gets a column of its own", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.upload(tenant, "Email,Name\nanna,Anna\nbo,Bo,too much\n");
  await change(batch.id, { 1: { department: "Sales", jobTitle: "Clerk" } });
  const changed = await core.batch(batch.id);
  expect(changed.header).toEqual(["Email", "Name", "Department", "Job title"]);
  expect(changed.columns).toEqual(["userPrincipalName", "displayName", "department", "jobTitle"]);
  const [first, second] = await core.rows(batch.id);
  expect(first?.input).toEqual({ Email: "anna", Name: "Anna", Department: "Sales", "Job title": "Clerk" });
  expect(second?.input).toMatchObject({ Department: "", "Job title": "", "Column 5": "too much" });
  expect(second?.code).toBe("row_too_wide");
  await changeBatch(core.context, admin, batch.id, { mapping: { Name: "displayName" } });
  expect((await core.batch(batch.id)).columns).toEqual(changed.columns);
  const [remembered] = await core.context.db.sql`select mapping from mappings where customer_id = ${tenant.id}`;
  expect(remembered?.mapping).toEqual({ Name: "displayName" });
  expect((await core.upload(tenant, "Email,Name\nanna,Anna\n")).notes.join(" ")).toContain("was used");
  await core.apply(batch.id);
  expect(await core.user(tenant, "anna")).toMatchObject({ department: "Sales", jobTitle: "Clerk" });
});

test("a cell too many is taken away by its number", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.upload(tenant, "Email,Name\nanna,Anna,,x\nbo,Bo\n");
  expect(plansOf(await core.rows(batch.id))).toEqual(["invalid row_too_wide", "create"]);
  const [row] = await change(batch.id, { 1: { "Column 4": null } });
  expect(row).toMatchObject({ plan: "create", input: { Email: "anna", Name: "Anna" } });
  expect(await problemOf(change(batch.id, { 2: { "Column 4": "y" } }))).toMatchObject({
    code: "body_invalid",
    errors: [{ row: 2, column: "Column 4" }],
  });
});

test("a password is sealed, stands nowhere else, and the rules hold for it", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.upload(tenant, "Email,Name,Password\nanna,Anna,Passw0rd.old\nbo,Bo,\ncleo,Cleo,x\n");
  const rows = await change(batch.id, {
    1: { Password: "Passw0rd.new", Name: "Anna B" },
    2: { password: "weak" },
    3: { Password: null },
  });
  expect(rows.map(({ code }) => code)).toEqual([null, "password_invalid", null]);
  expect(rows.map(({ input }) => input["Password"])).toEqual(["(password)", "(password)", ""]);
  await change(batch.id, { 1: { Password: "(password)", Name: "Anna C" } });
  const [kept] = await core.context.db.sql<{ sealed: Buffer; row: string }[]>`
    select sealed, to_json(rows) #>> '{}' as row from rows where batch_id = ${batch.id} and row_no = 1`;
  expect(core.context.secrets.open(kept!.sealed, rowOwner(batch.id, 1))).toBe("Passw0rd.new");
  const acts = await core.context.db.sql`select * from audit where batch_id = ${batch.id}`;
  expect(JSON.stringify([kept?.row, [...acts], await core.rows(batch.id)])).not.toMatch(/Passw0rd|weak/);
});

test("a password column that an edit adds takes the place of seals that nobody used", async () => {
  const tenant = await core.makeCustomer();
  const file = "Email,Name,Geheim\nanna,Anna,Passw0rd.one\nbo,Bo,Passw0rd.two\n";
  const batch = await core.upload(tenant, file, { mapping: { Geheim: "password" } });
  await changeBatch(core.context, admin, batch.id, { mapping: { Geheim: null } });
  await change(batch.id, { 1: { password: "Passw0rd.new" } });
  await core.apply(batch.id);
  const made = await core.context.db.sql<{ name: string; sealed: Buffer; id: string }[]>`
    select users.id, split_part(user_principal_name, '@', 1) as name, sealed
    from temporary_passwords join users on users.id = user_id where batch_id = ${batch.id} order by 2`;
  const opened = made.map(({ id, sealed }) => core.context.secrets.open(sealed, `user:${tenant.id}:${id}`));
  expect(opened[0]).toBe("Passw0rd.new");
  expect(opened[1]).not.toBe("Passw0rd.two");
});

test("what is no column, no field and no row is refused, and nothing of the request happens", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.plan(tenant, [person("anna"), person("bo")]);
  const refusals: [string, Record<number, Values>, object][] = [
    ["body_invalid", { 1: { displayName: "X" }, 2: { shoeSize: "44" } }, { row: 2, column: "shoeSize" }],
    ["not_found", { 1: { displayName: "X" }, 9: { displayName: "Y" } }, { row: 9 }],
  ];
  for (const [code, rows, error] of refusals) {
    expect(await problemOf(change(batch.id, rows))).toMatchObject({ code, errors: [error] });
  }
  const twice = [1, 1].map((rowNo) => ({ rowNo, values: { displayName: "X" } }));
  expect((await problemOf(changeRows(core.context, admin, batch.id, twice))).code).toBe("body_invalid");
  expect((await problemOf(change(batch.id, { 1: { displayName: "X" } }, 3))).code).toBe("plan_changed");
  expect(await core.batch(batch.id)).toEqual(batch);
  expect((await core.row(batch.id, 1)).input["displayName"]).toBe("Display anna");
});

test("characters that are no text are damage, as in a file", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.plan(tenant, [person("anna"), person("bo")]);
  const rows = await change(batch.id, { 1: { displayName: "A\0B" }, 2: { city: "\uD800" } });
  expect(rows.map(({ code }) => code)).toEqual(["encoding_invalid", "encoding_invalid"]);
});

test("a failed row of a batch that has run takes new cells, stays failed, and is retried with them", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.provision(tenant, [
    person("anna"),
    person("x@other.example"),
    person("mars", { usageLocation: "Marsland" }),
  ]);
  expect(batch.totals).toMatchObject({ succeeded: 1, failed: 2 });
  expect(await problemOf(change(batch.id, { 1: { city: "Delft" } }))).toMatchObject({
    code: "batch_state",
    errors: [{ row: 1 }],
  });
  const rows = await change(batch.id, { 2: { userPrincipalName: "x" }, 3: { usageLocation: "Venusland" } });
  expect(rows.map(({ state, code }) => [state, code])).toEqual([
    ["failed", "row_changed"],
    ["failed", "country_unknown"],
  ]);
  expect(rows[1]?.message).toContain("Venusland");
  expect(await core.batch(batch.id)).toMatchObject({ state: "finished", planVersion: 1, totals: batch.totals });
  await retry(batch.id);
  expect(endings(await core.rows(batch.id))).toEqual(["succeeded", "succeeded", "failed country_unknown"]);
  expect(await core.user(tenant, "x")).toMatchObject({ state: "active" });
  expect(await brokenInvariants(core.context.db)).toEqual([]);
});

test("a failed row cannot be given the name of another row, and one that repeated a name can be retried under its own", async () => {
  const tenant = await core.makeCustomer();
  const rows = [person("anna"), person("Anna", { city: "Gouda" }), person("bad@other.example"), person("bo")];
  const batch = await core.provision(tenant, rows, { onExisting: "update" });
  expect(endings(await core.rows(batch.id))).toEqual([
    "succeeded",
    "failed duplicate_in_file",
    "failed domain_unverified",
    "succeeded",
  ]);
  const [third] = await change(batch.id, { 3: { userPrincipalName: "bo" } });
  expect(third).toMatchObject({ code: "duplicate_in_file", state: "failed" });
  expect(third?.message).toContain("row 4");
  expect(await retry(batch.id)).toBe(0);
  expect(await core.user(tenant, "bo")).toMatchObject({ displayName: "Display bo" });
  const [second] = await change(batch.id, { 2: { userPrincipalName: "hanna" } });
  expect(second?.code).toBe("row_changed");
  expect(await retry(batch.id)).toBe(1);
  expect(await core.user(tenant, "hanna")).toMatchObject({ city: "Gouda" });
  expect((await core.user(tenant, "anna")).city).toBeNull();
});

test("a row that repeated the name of a failed row waits for a retry once that is free", async () => {
  const tenant = await core.makeCustomer();
  const rows = [person("anna", { usageLocation: "Marsland" }), person("anna")];
  const batch = await core.provision(tenant, rows);
  expect(endings(await core.rows(batch.id))).toEqual(["failed country_unknown", "failed duplicate_in_file"]);
  await change(batch.id, { 1: { userPrincipalName: "hanna", usageLocation: "NL" } });
  expect(endings(await core.rows(batch.id))).toEqual(["failed row_changed", "failed row_changed"]);
  expect(await retry(batch.id)).toBe(2);
  expect(endings(await core.rows(batch.id))).toEqual(["succeeded", "succeeded"]);
});

test("rows of a batch under way, or paused, are changed without touching those that run", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.plan(tenant, [...people(1100), person("x@other.example")]);
  await applyBatch(core.context, admin, batch.id);
  expect(await problemOf(change(batch.id, { 5: { city: "Delft" } }))).toMatchObject({ code: "batch_state" });
  await openWindow(core.context.db, batch.id);
  const [chunk, second] = await claimChunks(core.context.db, 2);
  await runOne(core.context, chunk!);
  await change(batch.id, { 1101: { userPrincipalName: "x" } });
  await pauseBatch(core.context, admin, batch.id);
  const [row] = await change(batch.id, { 1101: { city: "Delft" } });
  expect(row).toMatchObject({ state: "failed", code: "row_changed", input: { userPrincipalName: "x", City: "Delft" } });
  expect(second?.chunkNo).toBe(2);
  expect((await core.batch(batch.id)).totals).toMatchObject({ succeeded: 200, pending: 900, failed: 1 });
});

test("who changed which fields of which rows is audited, and never to what", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.upload(tenant, "Email,Name,Hobby\nanna,Anna,x\nbo,Bo,y\n");
  await change(batch.id, { 1: { Name: "Secretly", Hobby: "Chess" }, 2: { department: "Hidden" } });
  const records = await core.context.db.sql<object[]>`
    select actor_name as actor, row_no as "rowNo", after from audit
    where batch_id = ${batch.id} and operation = 'change_row' order by row_no`;
  expect(records).toEqual([
    { actor: "Ada Agent", rowNo: 1, after: { fields: ["displayName", "Hobby"] } },
    { actor: "Ada Agent", rowNo: 2, after: { fields: ["department"] } },
  ]);
});

const header = ["User name", "First name", "Last name", "City", "Licenses"];
const cell = [
  fc.constantFrom("", "", "", "anna", "ANNA", "bo", "ana.silva2", "x@other.example"),
  fc.constantFrom("", "Ana", "Ana", "Bo"),
  fc.constantFrom("Silva", "Silva", "Li"),
  fc.constantFrom("", "Delft"),
  fc.constantFrom("", "", "SPE_E3", "nothing"),
];
const line = fc.tuple(...cell);
const csv = (lines: string[][]) => [header, ...lines].map((cells) => cells.join(",")).join("\n");
const edit = fc.record({ row: fc.nat(), line });

test("a batch whose rows were changed is planned as a file with these rows would be", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 2 }]);
  await core.provision(tenant, [person("bo", { surname: "Li" }), person("ana.silva3", { displayName: "Ana Silva" })]);
  const options = { upnPattern: "{givenName}.{surname}", usageLocation: "NL" };
  const planned = async (id: string) => {
    const { plan, totals, seats } = await core.batch(id);
    const read = await core.context.db.sql`
      select to_jsonb(rows) - 'batch_id' - 'cells' as row from rows where batch_id = ${id} order by row_no`;
    return { plan, totals, seats, read: [...read], rows: await core.rows(id) };
  };
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 2, maxLength: 9 }),
      fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
      async (lines, edits) => {
        const batch = await core.upload(tenant, csv(lines), options);
        const now = lines.map((cells): string[] => [...cells]);
        for (const together of edits) {
          const rows = new Map(together.map((one) => [one.row % now.length, one.line]));
          for (const [at, cells] of rows) now[at] = [...cells];
          const values = [...rows].map(([at, cells]) => [
            at + 1,
            Object.fromEntries(header.map((label, column) => [label, cells[column] ?? ""])),
          ]);
          await change(batch.id, Object.fromEntries(values) as Record<number, Values>);
        }
        if (now.every((cells) => cells.every((one) => one === ""))) return;
        const fresh = await core.upload(tenant, csv(now), options);
        expect(await planned(batch.id)).toEqual(await planned(fresh.id));
      },
    ),
    { numRuns: 60 },
  );
  expect(await brokenInvariants(core.context.db)).toEqual([]);
}, 120_000);

test("the names that are given and built stay each one's own, whatever is changed", async () => {
  const tenant = await core.makeCustomer();
  const file = "User name,First name,Last name\n,Ana,Silva\n,Ana,Silva\nana.silva3,Eve,Li\n";
  const batch = await core.upload(tenant, file, { upnPattern: "{givenName}.{surname}" });
  await change(batch.id, { 3: { "User name": "ana.silva" } });
  expect((await core.apply(batch.id)).totals.succeeded).toBe(3);
  const names = await core.context.db.sql<{ name: string }[]>`
    select user_principal_name as name from users where customer_id = ${tenant.id} order by created_at, 1`;
  expect(new Set(names.map(({ name }) => name))).toEqual(
    new Set(["ana.silva", "ana.silva2", "ana.silva3"].map((name) => upn(tenant, name))),
  );
});

test("rows whose cells have outlived their time cannot be changed", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.provision(tenant, [person("x@other.example")]);
  await core.context.db.sql`delete from rows where batch_id = ${batch.id}`;
  expect(await problemOf(change(batch.id, { 1: { userPrincipalName: "x" } }))).toMatchObject({ code: "batch_state" });
});
