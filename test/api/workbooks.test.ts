import { afterAll, beforeAll, expect, it } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import { workbookType } from "../../contract/media-types.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { writeSheet } from "../support/write-workbook.ts";

let app: TestApp;
let path: string;
beforeAll(async () => {
  app = await startApp({ workers: false });
  const { id } = await app.makeCustomer();
  path = `/v1/customers/${id}/uploads?operation=create-users`;
});
afterAll(() => app.close());

const workbook = writeSheet([
  ["User name", "Display name"],
  ["ann", "Ann"],
]);

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
