import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import { retryBatch } from "../../core/batches/run/retry-batch.ts";
import { writeResults } from "../../core/batches/read/write-results.ts";
import { changeProduct } from "../../core/directory/customers/change-customer.ts";
import { giveFreeNames, type NameHolders } from "../../core/batches/plan/free-names.ts";
import { matchPeople, type AskedPerson, type Known } from "../../core/batches/plan/match-people.ts";
import { basesOf, numberOf } from "../../core/batches/plan/name-numbers.ts";
import { numbered } from "../../files/rows/build-upn.ts";
import { newId } from "../../db/new-id.ts";
import { brokenInvariants } from "../support/broken-invariants.ts";
import { runReady } from "../support/run-batch.ts";
import {
  admin,
  e3,
  endings,
  licensed,
  openTestCore,
  person,
  refusal,
  upn,
  plansOf,
  type TestCore,
  type TestTenant,
} from "./test-core.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

const upnPattern = "{givenName}.{surname}";

async function upload(tenant: TestTenant, lines: string[], options = {}): Promise<Batch> {
  const csv = ["First name,Last name,City,User name", ...lines].join("\n");
  return await core.upload(tenant, csv, { upnPattern, ...options });
}

/** The names that the plan has for the rows, without their domain. */
async function names(id: string): Promise<(string | null)[]> {
  const rows = await core.context.db.sql<{ name: string | null }[]>`
    select split_part(user_principal_name, '@', 1) as name from rows where batch_id = ${id} order by row_no`;
  return rows.map(({ name }) => name);
}

async function countUsers(tenant: TestTenant): Promise<number> {
  const [counted] = await core.context.db.sql<{ users: number }[]>`
    select count(*)::int as users from users where customer_id = ${tenant.id}`;
  return counted?.users ?? 0;
}

test("rows without a sign-in name get one, and those who share it get numbers in row order", async () => {
  const tenant = await core.makeCustomer();
  const batch = await upload(tenant, ["Ana,Silva,Delft,", "Zoë,Müller,,", "Ana,Silva,Gouda,", "Bo,Li,,bo", ",Silva,,"]);
  expect(await names(batch.id)).toEqual(["ana.silva", "zoe.mueller", "ana.silva2", "bo", null]);
  const rows = await core.rows(batch.id);
  expect(plansOf(rows)).toEqual(["create", "create", "create", "create", "invalid required_missing"]);
  expect(rows.map(({ message }) => message?.match(/"([^@"]+)/)?.[1] ?? null).slice(0, 4)).toEqual([
    "ana.silva",
    "zoe.mueller",
    "ana.silva2",
    null,
  ]);
  expect(rows[2]?.message).toContain("row 1");
  expect(rows[4]).toMatchObject({ field: "givenName" });
  expect(batch.notes.slice(-2).map((note) => note.match(/^\d+/)?.[0])).toEqual(["3", "1"]);
});

test("the same file sent twice makes nobody twice, also where two people have one name", async () => {
  const tenant = await core.makeCustomer();
  const lines = ["Ana,Silva,Delft,", "Ana,Silva,Gouda,", "Ana,Silva,,", "Bo,Li,,bo"];
  await core.apply((await upload(tenant, lines)).id);
  expect(await countUsers(tenant)).toBe(4);
  const again = await upload(tenant, lines);
  expect(again.plan).toMatchObject({ unchanged: 4, create: 0 });
  expect(await names(again.id)).toEqual(["ana.silva", "ana.silva2", "ana.silva3", "bo"]);
  // In another order, each is still who they are.
  const turned = await upload(tenant, [...lines].toReversed());
  expect(turned.plan).toMatchObject({ unchanged: 4 });
  expect(await names(turned.id)).toEqual(["bo", "ana.silva3", "ana.silva2", "ana.silva"]);
  const ended = await core.apply(turned.id);
  expect(ended.totals).toMatchObject({ unchanged: 4 });
  expect((await core.row(turned.id, 2)).message).toContain("ana.silva3");
});

test("a third person of the name gets the next number, and the two who are there stay who they are", async () => {
  const tenant = await core.makeCustomer();
  await core.apply((await upload(tenant, ["Ana,Silva,Delft,", "Ana,Silva,Gouda,"])).id);
  const more = await upload(tenant, ["Ana,Silva,Breda,", "Ana,Silva,Gouda,", "Ana,Silva,Delft,"]);
  expect(await names(more.id)).toEqual(["ana.silva3", "ana.silva2", "ana.silva"]);
  expect(plansOf(await core.rows(more.id))).toEqual(["create", "unchanged", "unchanged"]);
});

test("names of others are stayed clear of: in the file, at other customers, and of deleted users for thirty days", async () => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, [person("ana.silva", { displayName: "Another" }), person("bo.li"), person("cleo.vos")]);
  await core.deleteUser(tenant, "bo.li", 3);
  await core.deleteUser(tenant, "cleo.vos", 40);
  const lines = ["Ana,Silva,,", "Bo,Li,,", "Cleo,Vos,,", "Dee,Fox,,", "Eve,Orr,,dee.fox", "Flo,May,,ana.silva2"];
  const batch = await upload(tenant, lines);
  expect(await names(batch.id)).toEqual(["ana.silva3", "bo.li2", "cleo.vos", "dee.fox2", "dee.fox", "ana.silva2"]);
  const messages = (await core.rows(batch.id)).map(({ message }) => message ?? "");
  expect(messages[0]).toContain("another user");
  expect(messages[1]).toContain("deleted");
  expect(messages[3]).toContain("row 5");
  const foreign = await core.makeCustomer();
  await core.context.db.sql`
    insert into users (id, customer_id, user_principal_name, display_name)
    values (${newId()}, ${foreign.id}, ${upn(tenant, "gil.kay")}, 'Gil Kay')`;
  expect(await names((await upload(tenant, ["Gil,Kay,,"])).id)).toEqual(["gil.kay2"]);
  await core.context.db.sql`delete from users where customer_id = ${foreign.id}`;
});

test("someone who was given more since is still that person, and someone who differs is another", async () => {
  const tenant = await core.makeCustomer();
  await core.apply((await upload(tenant, ["Ana,Silva,,"])).id);
  await core.context.db.sql`update users set mobile_phone = '1' where customer_id = ${tenant.id}`;
  expect(plansOf(await core.rows((await upload(tenant, ["Ana,Silva,,"])).id))).toEqual(["unchanged"]);
  expect(await names((await upload(tenant, ["Ana,Silva,Delft,"])).id)).toEqual(["ana.silva2"]);
});

test("a person under a number is found where nobody has the name without it", async () => {
  const tenant = await core.makeCustomer();
  const twins = await upload(tenant, ["Ana,Silva,Delft,", "Ana,Silva,Gouda,"]);
  await core.apply(twins.id);
  await core.context.db.sql`
    update users set user_principal_name = ${upn(tenant, "renamed")} where user_principal_name = ${upn(tenant, "ana.silva")}`;
  const again = await upload(tenant, ["Ana,Silva,Gouda,"]);
  expect(await names(again.id)).toEqual(["ana.silva2"]);
  expect(again.plan.unchanged).toBe(1);
});

test("who only waits for a license is no new person when the file comes again", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
  const options = { skus: ["SPE_E3"], usageLocation: "NL" };
  const lines = ["Ana,Silva,,", "Bo,Li,,"];
  const first = await upload(tenant, lines, options);
  expect((await core.apply(first.id)).totals).toMatchObject({ succeeded: 1, partial: 1 });
  await changeProduct(core.context, admin, tenant.id, e3.skuId, { total: 5 });
  const again = await upload(tenant, lines, options);
  expect(plansOf(await core.rows(again.id))).toEqual(["unchanged", "conflict user_exists"]);
  const update = await upload(tenant, lines, { ...options, onExisting: "update" });
  expect((await core.apply(update.id)).totals).toMatchObject({ unchanged: 1, succeeded: 1 });
  expect(await countUsers(tenant)).toBe(2);
});

test("a name that is lost between plan and start gets the next number at the retry", async () => {
  const tenant = await core.makeCustomer();
  const batch = await upload(tenant, ["Ana,Silva,Delft,", "Ana,Silva,Gouda,", "Bo,Li,,"]);
  await core.provision(tenant, [person("ana.silva2", { displayName: "Another" })]);
  await core.apply(batch.id);
  expect(endings(await core.rows(batch.id))).toEqual(["succeeded", "failed create upn_taken", "succeeded"]);
  await retryBatch(core.context, admin, batch.id, {});
  await runReady(core.context);
  expect(endings(await core.rows(batch.id))).toEqual(["succeeded", "succeeded", "succeeded"]);
  expect(await core.user(tenant, "ana.silva3")).toMatchObject({ city: "Gouda" });
  expect(await core.audited(batch.id)).toMatchObject({ create_customer_user: 3 });
});

test("the name that was built is told when all is done, and in the file of results", async () => {
  const tenant = await core.makeCustomer();
  const batch = await upload(tenant, ["Ana,Silva,,", "Ana,Silva,,"]);
  await core.apply(batch.id);
  const rows = await core.rows(batch.id);
  expect(rows.map(({ state, code }) => [state, code])).toEqual([
    ["succeeded", null],
    ["succeeded", null],
  ]);
  let csv = "";
  for await (const piece of writeResults(core.context, batch.id, { failedOnly: false })) csv += piece;
  expect(csv).toContain(upn(tenant, "ana.silva2"));
});

test("one row of JSON gets its name as a file does, and the domain that the row or the option says", async () => {
  const tenant = await core.makeCustomer();
  const second = `second-${tenant.domain}`;
  await core.context.db.sql`insert into domains (name, customer_id) values (${second}, ${tenant.id})`;
  const rows = [{ givenName: "Ana", surname: "Silva" }];
  const one = await core.provision(tenant, rows, { upnPattern: "{g}{surname}", domain: second });
  expect(one.totals.succeeded).toBe(1);
  expect(await core.user(tenant, `asilva@${second}`)).toMatchObject({ displayName: "Ana Silva" });
  expect((await core.plan(tenant, rows, { upnPattern: "{g}{surname}", domain: second })).plan.unchanged).toBe(1);
  const csv = "First name,Last name,Domain\nBo,Li," + second + "\nBo,Li,other.example\n";
  const file = await core.upload(tenant, csv, { upnPattern });
  expect(plansOf(await core.rows(file.id))).toEqual(["create", "invalid domain_unverified"]);
  expect(await names(file.id)).toEqual(["bo.li", null]);
});

test("a name that is there but wrong is mended by its agent and never built over", async () => {
  const tenant = await core.makeCustomer();
  const batch = await upload(tenant, ["Ana,Silva,,a b", "Bo,Li,,x@other.example"]);
  expect(plansOf(await core.rows(batch.id))).toEqual(["invalid upn_invalid", "invalid domain_unverified"]);
});

test("a pattern that cannot be used is refused before the file is read", async () => {
  const tenant = await core.makeCustomer();
  for (const pattern of ["", "name", "{nobody}", "{givenName}@x", "{givenName}.", "{givenName} {surname}"]) {
    expect(await refusal(core.upload(tenant, "", { upnPattern: pattern }))).toBe("body_invalid");
  }
});

test("thousands of one name are told apart in a moment, and found again", async () => {
  const tenant = await core.makeCustomer();
  const lines = Array.from({ length: 3000 }, (_, at) => `Wei,Wang,City ${at},`);
  const batch = await upload(tenant, lines);
  expect((await names(batch.id)).slice(-1)).toEqual(["wei.wang3000"]);
  expect((await core.apply(batch.id)).totals.succeeded).toBe(3000);
  expect((await upload(tenant, lines)).plan).toMatchObject({ unchanged: 3000, create: 0 });
  const one = await upload(tenant, ["Wei,Wang,Elsewhere,"]);
  expect(await names(one.id)).toEqual(["wei.wang3001"]);
}, 60_000);

const asked = (rowNo: number, city?: string): AskedPerson => ({
  rowNo,
  fields: { displayName: "Ana Silva", ...(city === undefined ? {} : { city }) },
  accountEnabled: null,
  roles: null,
  skuIds: [],
});
const known = (city?: string): Known => ({
  ...asked(0, city),
  id: newId(),
  userPrincipalName: "",
  accountEnabled: true,
  roles: [],
});

test("as many as can be find themselves, however many are of one name", () => {
  const open = Array.from({ length: 400 }, (_, at) => asked(at + 1));
  const exact = Array.from({ length: 400 }, (_, at) => asked(at + 401, `City ${at}`));
  const users = [...exact.map((_, at) => known(`City ${at}`)), ...open.slice(1).map(() => known())];
  const matched = matchPeople([...open, ...exact], users);
  expect(matched.size).toBe(799);
  expect(new Set(matched.values()).size).toBe(799);
  for (const { rowNo, fields } of exact) expect(matched.get(rowNo)?.fields ?? fields).toEqual(fields);
});

test("whatever a file leaves open, sending it twice makes nobody twice", async () => {
  const line = fc
    .tuple(
      fc.constantFrom("Ana", "Bo"),
      fc.constantFrom("Silva", "Silva2", "Li"),
      fc.constantFrom("", "", "Delft", "Gouda"),
      fc.constantFrom("", "", "", "", "ana.silva", "ana.silva2"),
    )
    .map((cells) => cells.join(","));
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 12 }), async (lines) => {
      const tenant = await core.makeCustomer();
      const first = await core.apply((await upload(tenant, lines)).id);
      const made = await countUsers(tenant);
      expect(first.totals.succeeded).toBe(made);
      const again = await upload(tenant, lines);
      expect(again.plan).toMatchObject({ unchanged: made, create: 0, conflict: 0, invalid: lines.length - made });
    }),
    { numRuns: 40 },
  );
  expect(await brokenInvariants(core.context.db)).toEqual([]);
}, 120_000);

test("a number says which name it is of", () => {
  const local = fc.stringMatching(/^[a-z0-9.-]{0,70}[a-z0-9]$/).map((text) => text.slice(-64));
  fc.assert(
    fc.property(local, fc.integer({ min: 2, max: 99_999 }), (base, number) => {
      const name = numbered(base, number);
      expect(numberOf(base, name)).toBe(number);
      expect(numberOf(base, base)).toBe(1);
      // What was cut away cannot be told.
      expect(base.length > 55 ? [base] : basesOf(name)).toContain(base);
    }),
  );
  expect(numberOf("ana1", "ana12")).toBeNull();
  expect(basesOf("ana12")).toEqual(["ana1", "ana"].filter((base) => numberOf(base, "ana12") !== null));
});

test("ten thousand taken numbers are passed in a few questions", async () => {
  let questions = 0;
  const look = async (all: string[]): Promise<NameHolders> => {
    questions += 1;
    const taken = all.filter((name) => (numberOf("ana", name.split("@")[0] ?? "") ?? 0) <= 10_000);
    return new Map(taken.map((name) => [name, { kind: "user" }]));
  };
  const wanted = [{ local: "ana", domain: "contoso.example", rowNos: [3, 8] }];
  const got = await giveFreeNames(wanted, new Set(), look);
  expect(got.map(({ rowNo, name }) => [rowNo, name])).toEqual([
    [3, "ana10001@contoso.example"],
    [8, "ana10002@contoso.example"],
  ]);
  expect(questions).toBeLessThan(20);
});

test("rows that are planned by hand keep what they are licensed for", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 2 }]);
  const { userPrincipalName: _, ...rest } = licensed("x", "SPE_E3");
  const rows = [1, 2].map(() => ({ ...rest, givenName: "Ana", surname: "Silva" }));
  const batch = await core.provision(tenant, rows, { upnPattern });
  expect(batch.totals.succeeded).toBe(2);
  expect(await core.seats(tenant)).toEqual({ SPE_E3: { total: 2, consumed: 2 } });
});
