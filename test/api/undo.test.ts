import { afterAll, beforeAll, expect, it } from "vitest";
import type { AuditRecord } from "../../contract/audit.ts";
import type { Batch } from "../../contract/batch.ts";
import type { User } from "../../contract/user.ts";
import { newId } from "../../db/new-id.ts";
import { startApp, type TestApp } from "../support/app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const wait = { prefer: "wait=20" };

it("plans, applies, undoes and tells of an undo over the API; a repeat under the same key makes no second one", async () => {
  const customer = await app.makeCustomer();
  const csv = ["ana", "ben"].map((name) => `${name}@${customer.domain},${name}\n`).join("");
  const { id } = await app.upload(customer.id, `User name,Display name\n${csv}`);
  await app.apply(id);
  const first = await app.finished(id);

  const key = { headers: { "idempotency-key": newId() }, method: "POST" };
  const planned = await app.request<Batch>(`/v1/batches/${id}/undo`, key);
  expect([planned.status, planned.body.state]).toEqual([201, "ready"]);
  const undo = planned.body;
  expect(planned.headers.get("location")).toBe(`/v1/batches/${undo.id}`);
  expect((await app.request<Batch>(`/v1/batches/${id}/undo`, key)).body.id).toBe(undo.id);
  const second = await app.request<{ code: string; batchId: string }>(`/v1/batches/${id}/undo`, { method: "POST" });
  expect([second.status, second.body]).toMatchObject([409, { code: "undo_exists", batchId: undo.id }]);

  await app.request(`/v1/batches/${undo.id}/apply`, { json: { confirm: 2 }, headers: wait });
  expect((await app.finished(undo.id)).totals).toMatchObject({ succeeded: 2 });
  expect((await app.request<Batch>(`/v1/batches/${id}`)).body).toMatchObject({
    undoes: null,
    undoneBy: { batchId: undo.id, no: undo.no, state: "finished", retriedSince: false },
  });
  const { body: audit } = await app.request<{ items: AuditRecord[] }>(`/v1/audit?batchId=${id}&operation=undo_batch`);
  expect(audit.items).toMatchObject([{ after: { undo: undo.id, rows: 2 } }]);

  const redo = await app.request<Batch>(`/v1/batches/${undo.id}/undo`, { method: "POST" });
  expect(redo.body).toMatchObject({ plan: { restore: 2 }, undoes: { batchId: undo.id, no: undo.no } });
  await app.request(`/v1/batches/${redo.body.id}/apply`, { json: {}, headers: wait });
  await app.finished(redo.body.id);
  const { body: users } = await app.request<{ items: User[] }>(`/v1/customers/${customer.id}/users`);
  expect(users.items.map(({ displayName }) => displayName)).toEqual(["ana", "ben"]);
  expect(first.totals.succeeded).toBe(2);
});
