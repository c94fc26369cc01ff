import { afterAll, beforeAll, expect, it } from "vitest";
import type { Batch, BatchColumn, Row } from "../../contract/batch.ts";
import { newId } from "../../db/new-id.ts";
import { startApp, type TestApp } from "../support/app.ts";

let app: TestApp;
let customer: { id: string; domain: string };
beforeAll(async () => {
  app = await startApp();
  customer = await app.makeCustomer();
});
afterAll(() => app.close());

const file = "First name,Last name,Wo,E-mail\nAna,Silva,Delft,\nBo,Li,Gouda,bo@other.example\n";

async function patch<Body>(path: string, json: unknown, headers: Record<string, string> = {}) {
  return await app.request<Body>(`/v1/batches/${path}`, { method: "PATCH", json, headers });
}

async function refused(path: string, json: unknown, headers: Record<string, string> = {}) {
  const { status, body } = await app.refused(`/v1/batches/${path}`, { method: "PATCH", json, headers });
  return { status, code: body.code, errors: body.errors };
}

it("a batch is mapped, mended and applied, all over HTTP", async () => {
  const { id } = await app.upload(customer.id, file);
  const columns = await app.request<{ items: BatchColumn[]; next: null }>(`/v1/batches/${id}/columns`);
  expect(columns.body).toMatchObject({
    next: null,
    items: [
      { column: "First name", field: "givenName", source: "words", samples: ["Ana", "Bo"] },
      { column: "Last name", field: "surname" },
      { column: "Wo", field: null, source: null },
      { column: "E-mail", field: "userPrincipalName", samples: ["bo@other.example"] },
    ],
  });
  const mapped = await patch<Batch>(
    id,
    { mapping: { Wo: "city" }, options: { upnPattern: "{givenName}.{surname}" } },
    { "if-match": '"1"' },
  );
  expect(mapped).toMatchObject({ status: 200, body: { planVersion: 2, plan: { create: 1, invalid: 1 } } });
  const rows = await patch<{ items: Row[]; planVersion: number }>(`${id}/rows`, {
    rows: [{ rowNo: 2, values: { "E-mail": "bo", department: "Sales" } }],
  });
  expect(rows).toMatchObject({
    status: 200,
    body: { planVersion: 3, items: [{ rowNo: 2, plan: "create", code: null }] },
  });
  const row = await patch<Row>(`${id}/rows/1`, { values: { Wo: null } });
  expect(row).toMatchObject({ status: 200, body: { rowNo: 1, input: { Wo: "" }, code: null } });
  expect(row.body.message).toContain("ana.silva@");
  await app.apply(id);
  expect((await app.finished(id)).totals).toMatchObject({ succeeded: 2 });
});

it("several rows are changed in one request, and planned against one another", async () => {
  const { id } = await app.upload(customer.id, file);
  const answer = await patch<{ items: Row[]; planVersion: number }>(`${id}/rows`, {
    rows: [
      { rowNo: 1, values: { "E-mail": "zoe" } },
      { rowNo: 2, values: { "E-mail": "ZOE", "Last name": "Lind" } },
    ],
  });
  expect(answer.body).toMatchObject({
    planVersion: 2,
    items: [
      { rowNo: 1, plan: "create", code: null },
      { rowNo: 2, plan: "invalid", code: "duplicate_in_file", input: { "Last name": "Lind" } },
    ],
  });
  expect(
    await refused(`${id}/rows`, { rows: [1, 2, 3].map((rowNo) => ({ rowNo, values: { Wo: "x" } })) }),
  ).toMatchObject({ status: 404, code: "not_found" });
  const untouched = await app.request<{ items: Row[] }>(`/v1/batches/${id}/rows`);
  expect(untouched.body.items.map(({ input }) => input["Wo"])).toEqual(["Delft", "Gouda"]);
});

it("a plan that moved is not changed unseen, and one that runs not at all", async () => {
  const { id } = await app.upload(customer.id, file, `&domain=${customer.domain}`);
  expect(await refused(id, { options: { domain: customer.domain } }, { "if-match": '"4"' })).toMatchObject({
    status: 412,
    code: "plan_changed",
  });
  expect(await refused(`${id}/rows/1`, { values: { Wo: "x" } }, { "if-match": '"4"' })).toMatchObject({ status: 412 });
  const scheduled = await patch<Batch>(id, { startAt: "2199-01-01T00:00:00+01:00" });
  expect(scheduled.body).toMatchObject({ state: "scheduled", startAt: "2198-12-31T23:00:00.000Z" });
  expect(await refused(id, { mapping: {} })).toMatchObject({ status: 409, code: "batch_state" });
  expect(await refused(`${id}/rows/1`, { values: { Wo: "x" } })).toMatchObject({ status: 409, code: "batch_state" });
  expect((await patch<Batch>(id, { startAt: null })).body.state).toBe("ready");
});

it.each<[string, string, unknown, number, string]>([
  ["an option nobody knows", "", { options: { colour: "red" } }, 422, "body_invalid"],
  ["a mapping in the options", "", { options: { mapping: {} } }, 422, "body_invalid"],
  ["a field nobody knows", "", { mapping: { Wo: "town" } }, 422, "mapping_invalid"],
  ["a time that is none", "", { startAt: "tomorrow" }, 422, "body_invalid"],
  ["rows without one", "/rows", { rows: [] }, 422, "body_invalid"],
  ["a row without values", "/rows", { rows: [{ rowNo: 1, values: {} }] }, 422, "body_invalid"],
  ["a row that is not there", "/rows/77", { values: { Wo: "x" } }, 404, "not_found"],
  ["a row number that is none", "/rows/0", { values: { Wo: "x" } }, 404, "not_found"],
  ["a column that is not there", "/rows/1", { values: { Shoe: "44" } }, 422, "body_invalid"],
  ["a cell that is too long", "/rows/1", { values: { Wo: "x".repeat(40_000) } }, 422, "body_invalid"],
])("%s is refused", async (_what, path, json, status, code) => {
  const { id } = await app.upload(customer.id, file);
  expect(await refused(`${id}${path}`, json)).toMatchObject({ status, code });
});

it("a batch that is not there, or not to be seen, is not found", async () => {
  const nowhere = newId();
  for (const path of ["", "/rows", "/rows/1"]) {
    expect(await refused(`${nowhere}${path}`, {})).toMatchObject({ status: 404, code: "not_found" });
  }
  expect((await app.request(`/v1/batches/${nowhere}/columns`)).status).toBe(404);
  const { id } = await app.upload(customer.id, file);
  const answer = await app.refused(`/v1/batches/${id}`, { method: "PATCH", json: {}, key: null });
  expect(answer).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
});

it("a password never comes back, not in a row, a column or a refusal", async () => {
  const { id } = await app.upload(customer.id, "E-mail,Name,Kennwort\nanna,Anna,Old.Passw0rd\n");
  const answers = [
    await patch(`${id}/rows/1`, { values: { Kennwort: "New.Passw0rd", Name: "A" } }),
    await patch(`${id}/rows/1`, { values: { Kennwort: "Too$hort1".slice(0, 6) } }),
    await app.request(`/v1/batches/${id}/columns`),
    await patch(`${id}/rows/1`, { values: { Kennwort: `Long.Passw0rd${"x".repeat(40_000)}` } }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 422]);
  expect(answers.map(({ text }) => text).join("")).not.toMatch(/Passw0rd|Too\$/);
});

it("JSON rows take no mapping, for their fields have names", async () => {
  const answer = await app.refused(`/v1/customers/${customer.id}/batches`, {
    json: { operation: "createUsers", rows: [{ displayName: "A" }], options: { mapping: { a: null } } },
  });
  expect(answer).toMatchObject({ status: 422, body: { code: "body_invalid" } });
});
