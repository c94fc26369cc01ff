import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { submitUpload } from "../../core/submit/submit-upload.ts";
import { writeSheet, writeWorkbook } from "../support/write-workbook.ts";
import { ada, bothDefaults, openDesk, problemOf, type Desk, type Shop } from "./desk.ts";

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

function send(shop: Shop, workbook: Buffer) {
  return submitUpload(desk.context, ada, {
    customerId: shop.id,
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
  const shop = await desk.makeCustomer();
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
  const batch = await desk.batch((await send(shop, workbook)).batchId);
  expect(batch).toMatchObject({
    state: "ready",
    fileName: "people.xlsx",
    encoding: "XLSX",
    delimiter: null,
    unknownColumns: ["Hired"],
    plan: { create: 2 },
    notes: expect.arrayContaining([expect.stringContaining('"Read me"'), expect.stringContaining("1 hidden row")]),
  });
  expect((await desk.row(batch.id, 1)).input).toMatchObject({ "Postal code": "01067", Hired: "2024-05-01" });
  await desk.apply(batch.id);
  expect(await desk.user(shop, "anna")).toMatchObject({ accountEnabled: false, postalCode: "01067" });
  expect(await desk.user(shop, "bo")).toMatchObject({ accountEnabled: true, postalCode: "99998" });
});

test("a password in a workbook is sealed and never a cell", async () => {
  const shop = await desk.makeCustomer();
  const workbook = writeSheet([
    ["User name", "Display name", "Password"],
    ["anna", "Anna Berg", "Blue-Wagon-42"],
  ]);
  const { batchId } = await send(shop, workbook);
  expect((await desk.row(batchId, 1)).input).toMatchObject({ Password: "(password)" });
});

test("the same workbook is recognised by its bytes", async () => {
  const shop = await desk.makeCustomer();
  const workbook = writeSheet([
    ["User name", "Display name"],
    ["anna", "Anna Berg"],
  ]);
  const first = await send(shop, workbook);
  const second = await desk.batch((await send(shop, workbook)).batchId);
  expect(second.sameFileAs).toMatchObject({ batchId: first.batchId });
  const [stored] = await desk.context.db.sql<{ hash: string }[]>`
    select file_hash as hash from batches where id = ${second.id}`;
  expect(stored?.hash).toBe(createHash("sha256").update(workbook).digest("hex"));
});

test("a workbook that turns out damaged behind its first rows leaves a rejected batch without a row", async () => {
  const shop = await desk.makeCustomer();
  const rows = Array.from({ length: 5000 }, (_, at) => [`u${at}`, `User ${at}`]);
  const sheet = { name: "xl/worksheets/sheet1.xml", content: "" };
  const whole = writeSheet([["User name", "Display name"], ...rows], { texts: "inline" });
  expect((await desk.batch((await send(shop, whole)).batchId)).plan.create).toBe(5000);
  // A row that is not closed, after all that is needed to make a batch.
  sheet.content = `<worksheet><sheetData>${[["User name", "Display name"], ...rows]
    .map((cells) => `<row>${cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join("")}</row>`)
    .join("")}<row></sheetData></worksheet>`;
  const problem = await problemOf(send(shop, writeSheet([], { parts: [sheet] })));
  expect(problem.code).toBe("workbook_broken");
  expect(await desk.batch(problem.batchId!)).toMatchObject({
    state: "rejected",
    stopped: { code: "workbook_broken" },
    totals: { rows: 0 },
  });
});

test("a workbook that cannot be read at all leaves no batch", async () => {
  const shop = await desk.makeCustomer();
  const problem = await problemOf(send(shop, writeSheet([["User name"], ["anna"]]).subarray(0, 900)));
  expect(problem).toMatchObject({ code: "workbook_broken", batchId: undefined });
});
