import { afterAll, beforeAll, expect, test } from "vitest";
import { applyBatch } from "../../core/batches/run/apply-batch.ts";
import { changeBatch } from "../../core/batches/edit/change-batch.ts";
import { listColumns } from "../../core/batches/read/list-columns.ts";
import { addDomain } from "../../core/directory/customers/change-customer.ts";
import { claimChunks } from "../../core/batches/run/claim-chunks.ts";
import { advanceBatches } from "../../core/batches/run/advance-batches.ts";
import { runBatch } from "../support/run-batch.ts";
import { submitUpload } from "../../core/batches/submit/submit-upload.ts";
import {
  admin,
  bothDefaults,
  bytesOf,
  openTestCore,
  people,
  person,
  problemOf,
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

type Change = Parameters<typeof changeBatch>[3];

async function change(id: string, changes: Change, planVersion?: number): Promise<void> {
  await changeBatch(core.context, admin, id, changes, { planVersion });
}

async function columns(id: string) {
  return await listColumns(core.context, await core.batch(id));
}

const own = "Kürzel;Wer;Wo\nanna;Anna Berg;Delft\nbo;Bo Li;Gouda\n";

async function ownFile(tenant: TestTenant, options = {}) {
  return await core.upload(tenant, own, options);
}

const ownMapping = { Kürzel: "userPrincipalName", Wer: "displayName", Wo: "city" };

test("an option that is changed plans every row again, and null takes it away", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.upload(tenant, "User name,Display name\nanna@old.example,Anna\nbo,Bo\n");
  expect(plansOf(await core.rows(batch.id))).toEqual(["invalid domain_unverified", "create"]);
  await change(batch.id, { options: { domain: tenant.domain } });
  const moved = await core.batch(batch.id);
  expect(moved).toMatchObject({ planVersion: 2, plan: { create: 2, invalid: 0 }, totals: { pending: 2, failed: 0 } });
  expect(moved.options).toEqual({ domain: tenant.domain, onExisting: "skip", onDeleted: "ask" });
  expect(moved.notes.join(" ")).toContain("moved");
  await change(batch.id, { options: { domain: null, onExisting: "update" } });
  await change(batch.id, { options: { onExisting: null } });
  const back = await core.batch(batch.id);
  expect(back).toMatchObject({ planVersion: 4, plan: { create: 1, invalid: 1 }, options: { onExisting: "skip" } });
  expect(back.notes.join(" ")).not.toContain("moved");
  expect((await core.apply(batch.id)).totals).toMatchObject({ succeeded: 1, failed: 1 });
});

test("a change that is sent twice gives the same plan", async () => {
  const tenant = await core.makeCustomer();
  const batch = await ownFile(tenant, { mapping: { Kürzel: "userPrincipalName" } });
  await change(batch.id, { mapping: ownMapping });
  const once = await core.batch(batch.id);
  await change(batch.id, { mapping: ownMapping });
  expect(await core.batch(batch.id)).toEqual({ ...once, planVersion: 3 });
});

test("users who exist by now are seen when a batch is planned again", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.plan(tenant, [person("anna", { city: "Delft" }), person("bo")]);
  await core.provision(tenant, [person("anna", { city: "Gouda" })]);
  await change(batch.id, { options: { onExisting: "update" } });
  expect(plansOf(await core.rows(batch.id))).toEqual(["update", "create"]);
  await core.deleteUser(tenant, "anna");
  await change(batch.id, { options: { onDeleted: "restore" } });
  expect(plansOf(await core.rows(batch.id))).toEqual(["restore", "create"]);
  expect((await core.apply(batch.id)).totals.succeeded).toBe(2);
});

test("seats and marks are those of the new plan", async () => {
  const tenant = await core.makeCustomer([
    { skuPartNumber: "SPE_E3", total: 1 },
    { skuPartNumber: "EMS", total: 9 },
  ]);
  const batch = await core.plan(tenant, people(3, { usageLocation: "NL" }), { skus: ["SPE_E3"] });
  expect(plansOf(await core.rows(batch.id))).toEqual(["create", "create seat_shortage", "create seat_shortage"]);
  await change(batch.id, { options: { skus: ["EMS"] } });
  expect(plansOf(await core.rows(batch.id))).toEqual(["create", "create", "create"]);
  expect((await core.batch(batch.id)).seats).toMatchObject([{ skuPartNumber: "EMS", needed: 3, free: 9 }]);
});

test("only a batch that waits for its start can be planned again, and only from the plan that was looked at", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.plan(tenant, [person("anna")]);
  expect(await refusal(change(batch.id, { options: { upnPattern: "{g}" } }, 7))).toBe("plan_changed");
  expect((await core.batch(batch.id)).planVersion).toBe(1);
  await change(batch.id, { options: { upnPattern: "{g}" } }, 1);
  await change(batch.id, { startAt: "2199-01-01T00:00:00Z" });
  expect(await refusal(change(batch.id, { options: { upnPattern: null } }))).toBe("batch_state");
  await change(batch.id, { startAt: null });
  await core.apply(batch.id);
  for (const changes of [{ mapping: {} }, { options: {} }, { startAt: null }]) {
    expect(await refusal(change(batch.id, changes))).toBe("batch_state");
  }
});

test("an option that cannot be met changes nothing", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.plan(tenant, [person("anna")]);
  for (const [column, options] of [
    ["domain", { domain: "other.example" }],
    ["upnPattern", { upnPattern: "{nobody}" }],
    ["skus", { skus: ["SPE_E3"] }],
    ["usageLocation", { usageLocation: "Marsland" }],
  ] as const) {
    const problem = await problemOf(change(batch.id, { options: options as Change["options"] }));
    expect(problem).toMatchObject({ code: "body_invalid", errors: [{ column }] });
  }
  expect(await core.batch(batch.id)).toEqual(batch);
});

test("a batch starts at its time, not before, and not at all where that is taken away", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.plan(tenant, [person("anna")]);
  await change(batch.id, { startAt: "2199-01-01T00:00:00Z" });
  expect(await core.batch(batch.id)).toMatchObject({ state: "scheduled", startAt: "2199-01-01T00:00:00.000Z" });
  await change(batch.id, { startAt: null });
  expect(await core.batch(batch.id)).toMatchObject({ state: "ready", startAt: null });
  await change(batch.id, { startAt: null, options: { usageLocation: "NL" } });
  expect(await core.batch(batch.id)).toMatchObject({ state: "ready", planVersion: 2 });
  await change(batch.id, { startAt: "2199-01-01T00:00:00Z" });
  await change(batch.id, { startAt: "2198-01-01T00:00:00Z" });
  await advanceBatches(core.context.db);
  expect(await claimChunks(core.context.db, 4)).toEqual([]);
  expect((await core.batch(batch.id)).startAt).toBe("2198-01-01T00:00:00.000Z");
  await change(batch.id, { startAt: "2001-01-01T00:00:00Z" });
  expect(await core.batch(batch.id)).toMatchObject({ state: "running" });
  expect((await runBatch(core.context, batch.id)).totals.succeeded).toBe(1);
});

test("a mapping that was chosen is used for the next file with these columns, and told", async () => {
  const tenant = await core.makeCustomer();
  const first = await ownFile(tenant, { mapping: { Kürzel: "userPrincipalName" } });
  await change(first.id, { mapping: ownMapping });
  expect((await columns(first.id)).map(({ field, source }) => [field, source])).toEqual([
    ["userPrincipalName", "mapping"],
    ["displayName", "mapping"],
    ["city", "mapping"],
  ]);
  const next = await core.upload(tenant, own.replace("Kürzel;Wer;Wo", "KUERZEL;wer ; WO").replace("KUERZEL", "kurzel"));
  expect(next).toMatchObject({
    plan: { create: 2 },
    options: { mapping: { kurzel: "userPrincipalName", WO: "city" } },
  });
  expect(next.notes.join(" ")).toMatch(/chosen for files with these columns on \d{4}-\d\d-\d\d by Ada Agent/);
  expect((await columns(next.id)).map(({ source }) => source)).toEqual(["remembered", "remembered", "remembered"]);
  await change(next.id, { options: { usageLocation: "NL" } });
  expect((await core.batch(next.id)).notes.join(" ")).toContain("Ada Agent");
  await change(next.id, { mapping: { kurzel: "userPrincipalName", wer: null } });
  expect((await core.batch(next.id)).notes.join(" ")).not.toContain("Ada Agent");
  expect((await columns(next.id)).map(({ field, source }) => [field, source])).toEqual([
    ["userPrincipalName", "mapping"],
    [null, "mapping"],
    [null, null],
  ]);
  const third = await ownFile(tenant);
  expect(third.columns).toEqual(["userPrincipalName", null, null]);
});

test("what was chosen for a column is used in a file with one column more, in another order, and told", async () => {
  const tenant = await core.makeCustomer();
  await ownFile(tenant, { mapping: ownMapping });
  const next = await core.upload(tenant, "Neu;Wo;Kürzel;Wer\nx;Delft;anna;Anna Berg\n");
  expect(next).toMatchObject({ plan: { create: 1 }, columns: [null, "city", "userPrincipalName", "displayName"] });
  expect(next.notes.join(" ")).toContain("by Ada Agent");
  expect((await columns(next.id)).map(({ source }) => source)).toEqual([null, ...Array<string>(3).fill("remembered")]);
  const worded = await core.upload(tenant, "Kürzel;Username;Wer\nx;bo;Bo Li\n");
  expect(worded.columns).toEqual([null, "userPrincipalName", "displayName"]);
});

test("a mapping is another customer's business, a mapping of one's own wins, and none is remembered after it is taken away", async () => {
  const tenant = await core.makeCustomer();
  await ownFile(tenant, { mapping: ownMapping });
  expect(await refusal(ownFile(await core.makeCustomer()))).toBe("header_unrecognised");
  const given = await ownFile(tenant, { mapping: { Wer: "displayName" } });
  expect(given.columns).toEqual([null, "displayName", null]);
  // A file of which nothing is known is refused, so one that keeps a column takes its mapping away.
  const known = await core.upload(tenant, "Email,Kürzel\nanna,x\n", { mapping: { Kürzel: "city" } });
  await change(known.id, { mapping: null });
  expect(await core.batch(known.id)).toMatchObject({ columns: ["userPrincipalName", null] });
  expect((await core.upload(tenant, "Email,Kürzel\nanna,x\n")).columns).toEqual(["userPrincipalName", null]);
});

test("a header that is ambiguous alone is read as before once a mapping has said how", async () => {
  const tenant = await core.makeCustomer();
  const file = "Email,E-mail,Name\nanna,x1,Anna\n";
  const code = await refusal(core.upload(tenant, file));
  expect(code).toBe("header_ambiguous");
  await core.upload(tenant, file, { mapping: { "E-mail": null } });
  expect((await core.upload(tenant, file)).columns).toEqual(["userPrincipalName", null, "displayName"]);
});

test("a file without a header is mapped by its numbered columns, and nothing of that is remembered", async () => {
  const tenant = await core.makeCustomer();
  const file = `anna.berg@${tenant.domain},Anna Berg,0611111111\nbo.li@${tenant.domain},Bo Li,0622222222\n`;
  const batch = await core.upload(tenant, file);
  expect(batch.plan).toMatchObject({ invalid: 2 });
  expect(await columns(batch.id)).toMatchObject([
    { column: "Column 1", field: null, source: null, guess: { field: "userPrincipalName" } },
    { column: "Column 2", field: null, guess: { field: "displayName" }, samples: ["Anna Berg", "Bo Li"] },
    { column: "Column 3", field: null, guess: { field: "mobilePhone" } },
  ]);
  await change(batch.id, { mapping: { "Column 1": "userPrincipalName", "column 2": "displayName" } });
  expect((await core.batch(batch.id)).plan).toMatchObject({ create: 2 });
  const remembered = await core.context.db.sql`select from mappings where customer_id = ${tenant.id}`;
  expect(remembered.length).toBe(0);
  expect((await core.upload(tenant, file)).columns).toEqual([null, null, null]);
});

test("a mapping that does not fit changes nothing", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.upload(tenant, "Email,Name,Ort\nanna,Anna,Delft\n");
  for (const [code, mapping] of [
    ["mapping_invalid", { Nowhere: "city" }],
    ["mapping_invalid", { Ort: "town" }],
    ["mapping_invalid", { Ort: "city", Name: "city" }],
    ["header_unrecognised", { Email: null, Name: null, Ort: null }],
  ] as const) {
    expect(await refusal(change(batch.id, { mapping }))).toBe(code);
  }
  expect(await core.batch(batch.id)).toEqual(batch);
});

test("passwords move with their column, and ones that were not kept are asked for", async () => {
  const tenant = await core.makeCustomer();
  const file = "Email,Name,Geheim,Start,Confirm password\nanna,Anna,Passw0rd.one,Passw0rd.two,Passw0rd.three\n";
  const batch = await core.upload(tenant, file, { mapping: { Geheim: null } });
  await change(batch.id, { mapping: { Geheim: null, Start: "password" } });
  const [row] = await core.context.db.sql<{ cells: string[]; sealed: Buffer | null }[]>`
    select to_json(cells) as cells, sealed from rows where batch_id = ${batch.id}`;
  expect(row?.cells).toEqual(["anna", "Anna", "Passw0rd.one", "(password)", "(password)"]);
  expect(row?.sealed).not.toBeNull();
  const lost = await problemOf(change(batch.id, { mapping: { "Confirm password": "password" } }));
  expect(lost).toMatchObject({ code: "mapping_invalid", errors: [{ column: "Confirm password" }] });
  await change(batch.id, { mapping: { Start: null, Geheim: null } });
  await change(batch.id, { mapping: { Start: "password", Geheim: null } });
  await applyBatch(core.context, admin, batch.id);
  await runBatch(core.context, batch.id);
  const user = await core.user(tenant, "anna");
  const [kept] = await core.context.db.sql<{ sealed: Buffer }[]>`
    select sealed from temporary_passwords where user_id = ${user.id}`;
  expect(core.context.secrets.open(kept!.sealed, `user:${tenant.id}:${user.id}`)).toBe("Passw0rd.two");
});

test("what a batch is about stays: its number, its file and the file that is the same", async () => {
  const tenant = await core.makeCustomer();
  const first = await ownFile(tenant, { mapping: ownMapping });
  const again = await ownFile(tenant);
  await change(again.id, { options: { domain: tenant.domain } });
  expect(await core.batch(again.id)).toMatchObject({
    no: again.no,
    sameFileAs: { batchId: first.id },
    encoding: again.encoding,
  });
});

test("each change is audited with what was chosen", async () => {
  const tenant = await core.makeCustomer();
  const second = `second-${tenant.domain}`;
  await addDomain(core.context, admin, tenant.id, second);
  const batch = await ownFile(tenant, { mapping: ownMapping });
  const mapping = { kurzel: "userPrincipalName", Wer: "displayName" };
  await change(batch.id, { mapping, options: { domain: second } });
  await change(batch.id, { startAt: "2199-01-01T00:00:00Z" });
  const acts = await core.context.db.sql<{ after: unknown; actor: string }[]>`
    select after, actor_name as actor from audit where batch_id = ${batch.id} and operation = 'change_batch' order by id`;
  expect(acts).toMatchObject([
    {
      actor: "Ada Agent",
      after: { mapping: { Kürzel: "userPrincipalName", Wer: "displayName" }, options: { domain: second } },
    },
    { after: { startAt: "2199-01-01T00:00:00Z" } },
  ]);
  expect(await core.user(tenant, upn(tenant, "anna")).catch(() => null)).toBeNull();
});

test("a batch whose rows all failed is planned anew by other columns, and started then", async () => {
  const tenant = await core.makeCustomer();
  const csv = "Nr,Naam\nanna,Anna\nbo,Bo\n";
  const { batchId } = await submitUpload(
    core.context,
    admin,
    {
      customerId: tenant.id,
      operation: "createUsers",
      fileName: "people.csv",
      bytes: bytesOf(csv),
      options: bothDefaults,
    },
    { apply: true },
  );
  await runBatch(core.context, batchId);
  expect(await core.batch(batchId)).toMatchObject({ state: "finished", totals: { failed: 2 } });
  await changeBatch(core.context, admin, batchId, { mapping: { Nr: "userPrincipalName" } });
  expect(await core.batch(batchId)).toMatchObject({
    state: "ready",
    startedAt: null,
    finishedAt: null,
    plan: { create: 2, invalid: 0 },
  });
  expect((await core.apply(batchId)).totals).toMatchObject({ succeeded: 2, failed: 0 });
  const again = changeBatch(core.context, admin, batchId, { options: { domain: tenant.domain } });
  expect(await refusal(again)).toBe("batch_state");
});

test("a batch that did something for a row keeps its columns and options", async () => {
  const tenant = await core.makeCustomer();
  const { id } = await core.upload(tenant, "User name,Name\nanna,Anna\nx@other.example,Bo\n");
  await core.apply(id);
  expect(await refusal(changeBatch(core.context, admin, id, { options: { domain: tenant.domain } }))).toBe(
    "batch_state",
  );
  expect(await core.batch(id)).toMatchObject({ state: "finished", totals: { succeeded: 1, failed: 1 } });
});
