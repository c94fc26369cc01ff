import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { submitUpload } from "../../core/batches/submit/submit-upload.ts";
import { writeSheet, writeWorkbook } from "../support/write-workbook.ts";
import { admin, bothDefaults, openTestCore, problemOf, type TestCore, type TestTenant } from "./test-core.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

function send(tenant: TestTenant, workbook: Buffer) {
  return submitUpload(core.context, admin, {
    customerId: tenant.id,
    operation: "createUsers",
    fileName: "people.xlsx",
    bytes: inPieces(workbook),
    options: bothDefaults,
  });
}

async function* inPieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
}

test("a workbook becomes a batch that says what it is and what was done to it, and its users are made", async () => {
  const tenant = await core.makeCustomer();
  const workbook = writeWorkbook([
    { name: "Read me", rows: [["Fill in the next sheet"]] },
    {
      name: "New users",
      rows: [
        ["User name", "Display name", "Block sign in (Yes/No) [accountEnabled]", "Postal code", "Hired"],
        ["anna", "Anna Berg", true, { number: 1067, format: "00000" }, { number: 45413, format: 14 }],
        { cells: ["bo", "Bo", false, { number: 99998, format: "00000" }], hidden: true },
      ],
    },
  ]);
  const batch = await core.batch((await send(tenant, workbook)).batchId);
  expect(batch).toMatchObject({
    state: "ready",
    fileName: "people.xlsx",
    encoding: "XLSX",
    delimiter: null,
    unknownColumns: ["Hired"],
    plan: { create: 2 },
    notes: expect.arrayContaining([expect.stringContaining('"Read me"'), expect.stringContaining("1 hidden row")]),
  });
  expect((await core.row(batch.id, 1)).input).toMatchObject({ "Postal code": "01067", Hired: "2024-05-01" });
  await core.apply(batch.id);
  expect(await core.user(tenant, "anna")).toMatchObject({ accountEnabled: false, postalCode: "01067" });
  expect(await core.user(tenant, "bo")).toMatchObject({ accountEnabled: true, postalCode: "99998" });
});

test("a password in a workbook is sealed and never a cell", async () => {
  const tenant = await core.makeCustomer();
  const workbook = writeSheet([
    ["User name", "Display name", "Password"],
    ["anna", "Anna Berg", "Blue-Wagon-42"],
  ]);
  const { batchId } = await send(tenant, workbook);
  expect((await core.row(batchId, 1)).input).toMatchObject({ Password: "(password)" });
});

test("the same workbook is recognised by its bytes", async () => {
  const tenant = await core.makeCustomer();
  const workbook = writeSheet([
    ["User name", "Display name"],
    ["anna", "Anna Berg"],
  ]);
  const first = await send(tenant, workbook);
  const second = await core.batch((await send(tenant, workbook)).batchId);
  expect(second.sameFileAs).toMatchObject({ batchId: first.batchId });
  const [stored] = await core.context.db.sql<{ hash: string }[]>`
    select file_hash as hash from batches where id = ${second.id}`;
  expect(stored?.hash).toBe(createHash("sha256").update(workbook).digest("hex"));
});

test("a workbook that turns out damaged behind its first rows leaves a rejected batch without a row", async () => {
  const tenant = await core.makeCustomer();
  const rows = Array.from({ length: 5000 }, (_, at) => [`u${at}`, `User ${at}`]);
  const sheet = { name: "xl/worksheets/sheet1.xml", content: "" };
  const whole = writeSheet([["User name", "Display name"], ...rows], { texts: "inline" });
  expect((await core.batch((await send(tenant, whole)).batchId)).plan.create).toBe(5000);
  // A row that is not closed, after all that is needed to make a batch.
  sheet.content = `<worksheet><sheetData>${[["User name", "Display name"], ...rows]
    .map((cells) => `<row>${cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join("")}</row>`)
    .join("")}<row></sheetData></worksheet>`;
  const problem = await problemOf(send(tenant, writeSheet([], { parts: [sheet] })));
  expect(problem.code).toBe("workbook_broken");
  expect(await core.batch(problem.batchId!)).toMatchObject({
    state: "rejected",
    stopped: { code: "workbook_broken" },
    totals: { rows: 0 },
  });
});

test("a workbook that cannot be read at all leaves no batch", async () => {
  const tenant = await core.makeCustomer();
  const problem = await problemOf(send(tenant, writeSheet([["User name"], ["anna"]]).subarray(0, 900)));
  expect(problem).toMatchObject({ code: "workbook_broken", batchId: undefined });
});
