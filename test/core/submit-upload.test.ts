import { afterAll, beforeAll, expect, test } from "vitest";
import { cancelBatch } from "../../core/batches/run/cancel-batch.ts";
import { submitUpload } from "../../core/batches/submit/submit-upload.ts";
import type { Actor } from "../../core/actor.ts";
import { Problem } from "../../contract/problem.ts";
import { newId } from "../../db/new-id.ts";
import {
  admin,
  bothDefaults,
  bytesOf,
  openTestCore,
  people,
  problemOf,
  type TestCore,
  type TestTenant,
} from "./test-core.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

type Stopped = { id: string; state: string; stopped_code: string | null; finished_at: Date | null };

async function batchesOf(tenant: TestTenant): Promise<Stopped[]> {
  return await core.context.db.sql<Stopped[]>`
    select id, state, stopped_code, finished_at from batches where customer_id = ${tenant.id} order by no`;
}

async function traces(batchId: string): Promise<number> {
  const [found] = await core.context.db.sql<{ traces: number }[]>`
    select ((select count(*) from rows where batch_id = ${batchId})
      + (select count(*) from row_results where batch_id = ${batchId})
      + (select count(*) from chunks where batch_id = ${batchId}))::int as traces`;
  return found?.traces ?? -1;
}

function send(tenant: TestTenant, bytes: AsyncIterable<Uint8Array>, actor: Actor = admin) {
  return submitUpload(core.context, actor, {
    customerId: tenant.id,
    operation: "createUsers",
    fileName: "people.csv",
    bytes,
    options: bothDefaults,
  });
}

/** The bytes of a connection that breaks after `pieces`, or of one whose reader has a fault of its own. */
async function* breakingOff(
  pieces: string[],
  error: Error = new Problem("upload_interrupted", "the connection was reset"),
): AsyncIterable<Uint8Array> {
  for (const piece of pieces) yield Buffer.from(piece);
  throw error;
}

test("a file becomes a batch that waits, with its cells as they came", async () => {
  const tenant = await core.makeCustomer();
  const file = "\uFEFFUser name;Display name;Shoe size\r\n anna ;Anna Berg;38\r\nbo;Bo;\r\n";
  const batch = await core.upload(tenant, file);
  expect(batch).toMatchObject({
    source: "upload",
    fileName: "people.csv",
    state: "ready",
    stopped: null,
    delimiter: ";",
    header: ["User name", "Display name", "Shoe size"],
    columns: ["userPrincipalName", "displayName", null],
    unknownColumns: ["Shoe size"],
    sameFileAs: null,
    createdBy: admin.name,
    startedAt: null,
    finishedAt: null,
    totals: { rows: 2, pending: 2 },
  });
  expect((await core.row(batch.id, 1)).input).toEqual({
    "User name": " anna ",
    "Display name": "Anna Berg",
    "Shoe size": "38",
  });
  await core.apply(batch.id);
  expect(await core.user(tenant, "anna")).toMatchObject({ userPrincipalName: `anna@${tenant.domain}` });
});

test("a street address on several lines is kept as it came, put on one line for the user, and told", async () => {
  const tenant = await core.makeCustomer();
  const file = 'User name,Display name,Street\r\nanna,Anna,"Main St 1\r\nFloor 2"\r\nbo,Bo,"Rua 1\n"\r\n';
  const batch = await core.upload(tenant, file);
  expect(batch).toMatchObject({
    plan: { create: 2 },
    notes: [expect.stringMatching(/^2 names/), expect.stringMatching(/^1 street address /)],
  });
  expect((await core.row(batch.id, 1)).input).toMatchObject({ Street: "Main St 1\r\nFloor 2" });
  await core.apply(batch.id);
  expect(await core.user(tenant, "anna")).toMatchObject({ streetAddress: "Main St 1, Floor 2" });
});

test("the same file is recognised, with the batch, the time and the agent", async () => {
  const tenant = await core.makeCustomer();
  const file = "User name,Display name\r\nanna,Anna\r\n";
  const bert: Actor = { ...admin, id: newId(), name: "Bert Agent" };
  const { batchId: first } = await send(tenant, bytesOf(file), bert);
  const second = await core.upload(tenant, file);
  const earlier = await core.batch(first);
  expect(second.sameFileAs).toEqual({
    batchId: first,
    no: earlier.no,
    by: "Bert Agent",
    at: earlier.createdAt,
    state: "ready",
  });
  await cancelBatch(core.context, admin, first);
  expect((await core.batch(second.id)).sameFileAs).toMatchObject({ state: "cancelled" });
  const third = await core.upload(tenant, file);
  expect(third.sameFileAs?.batchId).toBe(second.id);
});

test("neither another file, nor another customer's, nor a rejected one is the same file", async () => {
  const [tenant, other] = [await core.makeCustomer(), await core.makeCustomer()];
  const file = "User name,Display name\r\nanna,Anna\r\n";
  const broken = `${file}bo,"Bo\r\n`;
  await core.upload(other, file);
  expect((await core.upload(tenant, `${file}\r\n`)).sameFileAs).toBeNull();
  expect((await problemOf(core.upload(tenant, broken))).code).toBe("upload_truncated");
  expect((await core.upload(tenant, file)).sameFileAs).toBeNull();
});

test("users given as JSON are no file", async () => {
  const tenant = await core.makeCustomer();
  await core.plan(tenant, people(1));
  expect(await core.plan(tenant, people(1))).toMatchObject({ source: "json", fileName: null, sameFileAs: null });
});

test.each([
  ["nothing", "", "upload_empty"],
  ["blanks only", " \r\n\r\n ", "upload_empty"],
  ["JSON", '[{"userPrincipalName":"anna"}]', "upload_json"],
  ["half a workbook", "PK\u0003\u0004 xl/workbook.xml", "workbook_broken"],
  ["no column that is known", "Shoe size,Hat size\r\n38,56\r\n", "header_unrecognised"],
  ["two columns for one field", "User name,Username\r\na,b\r\n", "header_ambiguous"],
])("a file of %s is refused and leaves no batch", async (_what, file, code) => {
  const tenant = await core.makeCustomer();
  const problem = await problemOf(core.upload(tenant, file));
  expect(problem).toMatchObject({ code, batchId: undefined });
  expect(await batchesOf(tenant)).toEqual([]);
});

test.each([
  ["a header only", "User name,Display name\r\n", "upload_header_only"],
  ["a quote that never closes", `User name,Display name\r\n${"anna,Anna\r\n".repeat(2500)}bo,"Bo`, "upload_truncated"],
  [
    "an endless cell",
    `User name,Display name\r\n${"anna,Anna\r\n".repeat(2500)}bo,${"o".repeat(40_000)}\r\n`,
    "cell_too_long",
  ],
])("a file with %s is refused, and the batch says why and holds no row", async (_what, file, code) => {
  const tenant = await core.makeCustomer();
  const problem = await problemOf(core.upload(tenant, file));
  expect(problem.code).toBe(code);
  const [batch, ...others] = await batchesOf(tenant);
  expect(others).toEqual([]);
  expect(batch).toMatchObject({ id: problem.batchId, state: "rejected", stopped_code: code });
  expect(batch?.finished_at).not.toBeNull();
  expect(await traces(batch?.id ?? "")).toBe(0);
  expect((await core.batch(batch?.id ?? "")).stopped).toEqual({ code, message: problem.message });
});

test("an upload that breaks off midway leaves a rejected batch without a row", async () => {
  const tenant = await core.makeCustomer();
  const lines = Array.from({ length: 3000 }, (_, at) => `u${at},${"x".repeat(200)},Geheim-${at}-77`);
  const pieces = ["User name,Display name,Password\r\n", ...lines.map((line) => `${line}\r\n`)];
  await expect(send(tenant, breakingOff(pieces))).rejects.toThrow("the connection was reset");
  const [batch, ...others] = await batchesOf(tenant);
  expect(others).toEqual([]);
  expect(batch).toMatchObject({ state: "rejected", stopped_code: "upload_interrupted" });
  expect(await traces(batch?.id ?? "")).toBe(0);
});

test("a fault of ours while a file is read is told as ours and not as the file's", async () => {
  const tenant = await core.makeCustomer();
  const fault = new TypeError("Cannot read properties of null");
  await expect(
    send(tenant, breakingOff(["User name,Display name\r\n", "anna,Anna\r\n".repeat(10_000)], fault)),
  ).rejects.toBe(fault);
  const [batch] = await batchesOf(tenant);
  expect(batch).toMatchObject({ state: "rejected", stopped_code: "internal" });
});

test("an upload that breaks off before its header leaves no batch", async () => {
  const tenant = await core.makeCustomer();
  await expect(send(tenant, breakingOff(["User na"]))).rejects.toThrow("the connection was reset");
  expect(await batchesOf(tenant)).toEqual([]);
});

test("a connection is free again after an upload that broke off", async () => {
  const tenant = await core.makeCustomer();
  for (let at = 0; at < 10; at++) {
    expect((await problemOf(core.upload(tenant, "User name,Display name\r\n"))).code).toBe("upload_header_only");
  }
  expect(core.context.db.pool.waitingCount).toBe(0);
  expect((await core.upload(tenant, "User name,Display name\r\nanna,Anna\r\n")).state).toBe("ready");
});

test("a file of more than one block is planned whole", async () => {
  const tenant = await core.makeCustomer();
  const lines = Array.from({ length: 2345 }, (_, at) => `u${at + 1},User ${at + 1}`);
  const batch = await core.upload(tenant, ["User name,Display name", ...lines, "U7,Again"].join("\n"));
  expect(batch.totals).toMatchObject({ rows: 2346, pending: 2345, failed: 1 });
  expect(await core.rows(batch.id, { code: "duplicate_in_file" })).toMatchObject([{ rowNo: 2346 }]);
  expect(
    await core.context.db.sql`select no, row_from, row_to, state from chunks where batch_id = ${batch.id} order by no`,
  ).toMatchObject([
    { no: 1, row_from: 1, row_to: 200, state: "planned" },
    { no: 2, row_from: 201, row_to: 1200, state: "planned" },
    { no: 3, row_from: 1201, row_to: 2200, state: "planned" },
    { no: 4, row_from: 2201, row_to: 2346, state: "planned" },
  ]);
});

test("a mapping says what a column means, and is remembered", async () => {
  const tenant = await core.makeCustomer();
  const mapping = { Wer: "userPrincipalName", Name: "displayName" } as const;
  const batch = await core.upload(tenant, "Wer,Name\r\nanna,Anna Berg\r\n", { mapping });
  expect(batch).toMatchObject({ columns: ["userPrincipalName", "displayName"], options: { mapping } });
  expect(await problemOf(core.upload(tenant, "Wer,Name\r\nanna,Anna\r\n", { mapping: { Wo: "city" } }))).toMatchObject({
    code: "mapping_invalid",
  });
});
