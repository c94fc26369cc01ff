import { afterAll, beforeAll, expect, it } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import { workbookType } from "../../contract/media-types.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { writeSheet, writeWorkbook } from "../support/write-workbook.ts";

let app: TestApp;
let path: string;
beforeAll(async () => {
  app = await startApp({ workers: false });
  const { id } = await app.makeCustomer();
  path = `/v1/customers/${id}/uploads?operation=create-users`;
});
afterAll(() => app.close());

const ann = [
  ["User name", "Display name"],
  ["ann", "Ann"],
];
const workbook = writeSheet(ann);

it.each([workbookType, "text/csv", "application/octet-stream"])(
  "a workbook as the bare body is planned, be it called %s",
  async (type) => {
    const answer = await app.request<Batch>(path, { csv: workbook, headers: { "content-type": type } });
    expect(answer.body).toMatchObject({ state: "ready", encoding: "XLSX", plan: { create: 1 } });
  },
);

it("a workbook in a form is planned, whatever its name says", async () => {
  const form = new FormData();
  form.append("options", JSON.stringify({ operation: "create-users" }));
  form.append("file", new Blob([workbook], { type: workbookType }), "people.csv");
  const headers = { authorization: `Bearer ${app.key}` };
  const answer = await fetch(`${app.url}${path}`, { method: "POST", body: form, headers });
  expect(await answer.json()).toMatchObject({ state: "ready", fileName: "people.csv", encoding: "XLSX" });
});

const book = writeWorkbook([
  {
    name: "May",
    rows: ann,
  },
  {
    name: "June",
    rows: [
      ["User name", "Display name"],
      ["bo", "Bo"],
      ["cy", "Cy"],
    ],
  },
  { name: "Old", rows: [["User name"]], state: "hidden" },
]);

it("a batch tells which sheet was read, and another is read where its name is told", async () => {
  const headers = { "content-type": workbookType };
  const first = await app.request<Batch>(path, { csv: book, headers });
  expect(first.body).toMatchObject({ sheets: { read: "June", others: ["May"], hidden: ["Old"] }, plan: { create: 2 } });
  const second = await app.request<Batch>(`${path}&sheet=May`, { csv: book, headers });
  expect(second.body).toMatchObject({
    sheets: { read: "May", others: ["June"], hidden: ["Old"] },
    plan: { create: 1 },
  });
  const form = new FormData();
  form.append("options", JSON.stringify({ operation: "create-users", sheet: "May" }));
  form.append("file", new Blob([book], { type: workbookType }), "people.xlsx");
  const authorization = `Bearer ${app.key}`;
  const answer = await fetch(`${app.url}${path}`, { method: "POST", body: form, headers: { authorization } });
  expect(await answer.json()).toMatchObject({ sheets: { read: "May" } });
});

it("a sheet that the workbook does not have is refused", async () => {
  const answer = await app.refused(`${path}&sheet=July`, { csv: book, headers: { "content-type": workbookType } });
  expect(answer).toMatchObject({ status: 422, body: { code: "sheet_unknown", sheets: ["May", "June", "Old"] } });
});

it("a batch says how another sheet is read, and what was planned is not asked for another one", async () => {
  const { body } = await app.request<Batch>(path, { csv: book, headers: { "content-type": workbookType } });
  expect(body.notes).toContainEqual(expect.stringContaining("send the file again with its name as sheet"));
  const answer = await app.refused(`/v1/batches/${body.id}`, { method: "PATCH", json: { sheet: "May" } });
  expect(answer).toMatchObject({ status: 422, body: { code: "body_invalid" } });
});

const strange = [
  ["Alpha", "Beta"],
  ["12.50", "7"],
];
const users = { name: "Users", rows: ann };

it.each([
  ["a header that says nothing", "header_unrecognised", strange],
  [
    "two columns for one field",
    "header_ambiguous",
    [
      ["User principal name", "UPN"],
      ["ann", "ann"],
    ],
  ],
  ["a header without rows", "upload_header_only", [["User name", "Display name"]]],
])("a workbook that is refused for %s names its other sheets", async (_what, code, rows) => {
  const bytes = writeWorkbook([{ name: "Chosen", rows }, users, { name: "Old", rows: [["x"]], state: "hidden" }]);
  const headers = { "content-type": workbookType };
  const answer = await app.refused(`${path}&sheet=Chosen`, { csv: bytes, headers });
  expect(answer).toMatchObject({ status: 422, body: { code, sheets: ["Chosen", "Users", "Old"] } });
  const again = await app.request<Batch>(`${path}&sheet=Users`, { csv: bytes, headers });
  expect(again.body).toMatchObject({ sheets: { read: "Users" }, plan: { create: 1 } });
});

it("a refused workbook of one sheet, and a refused text file, name none", async () => {
  for (const csv of [writeSheet(strange), "Alpha,Beta\n12.50,7\n"]) {
    const answer = await app.refused(path, { csv, headers: { "content-type": workbookType } });
    expect(answer.body).toMatchObject({ code: "header_unrecognised" });
    expect(answer.body).not.toHaveProperty("sheets");
  }
});

it("a damaged workbook is answered with its problem", async () => {
  const answer = await app.refused(path, { csv: workbook.subarray(0, 500), headers: { "content-type": workbookType } });
  expect(answer).toMatchObject({ status: 422, body: { code: "workbook_broken" } });
});

it("the documents name the media type", async () => {
  const { body } = await app.request<{ paths: Record<string, { post: { requestBody: { content: object } } }> }>(
    "/openapi.json",
  );
  const upload = body.paths["/v1/customers/{customerId}/uploads"]!.post;
  expect(Object.keys(upload.requestBody.content)).toContain(workbookType);
});
