import { afterAll, beforeAll, expect, it } from "vitest";
import type { AuditRecord } from "../../contract/audit.ts";
import type { ShownPassword } from "../../contract/routes/hand-off-routes.ts";
import { grantRole, makeColleague } from "../support/agents.ts";
import { startApp, type TestApp } from "../support/app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

it("the temporary passwords of several new users are shown page by page to who may make them, and audited", async () => {
  const customer = await app.makeCustomer();
  const batch = await app.upload(customer.id, "User name,Display name\nana,Ana\nbo,Bo\ncy,Cy\n");
  await app.apply(batch.id);
  await app.finished(batch.id);
  const path = `/v1/batches/${batch.id}/shown-passwords`;
  const show = (json: object, key = app.key) =>
    app.request<{ items: ShownPassword[]; next: string | null }>(path, { json, key });
  const first = await show({ limit: 2 });
  expect(first.headers.get("cache-control")).toBe("no-store");
  const rest = await show({ limit: 2, cursor: first.body.next });
  expect(rest.body.next).toBeNull();
  const shown = [...first.body.items, ...rest.body.items];
  expect(shown.map(({ rowNo, displayName }) => [rowNo, displayName])).toEqual([
    [1, "Ana"],
    [2, "Bo"],
    [3, "Cy"],
  ]);
  const file = await app.request<string>(`/v1/batches/${batch.id}/passwords`, { method: "POST" });
  for (const { userPrincipalName, temporaryPassword } of shown) {
    expect(file.text).toContain(`${userPrincipalName},`);
    expect(file.text).toContain(temporaryPassword);
  }
  const audit = await app.request<{ items: AuditRecord[] }>(`/v1/audit?batchId=${batch.id}&operation=show_passwords`);
  expect(audit.body.items.map(({ after }) => after)).toEqual([{ passwords: 1 }, { passwords: 2 }]);
  const reader = await makeColleague(app, "helpdeskAgent");
  await grantRole(app, reader, customer, "directoryReader");
  expect((await show({}, reader.key)).status).toBe(403);
  await app.db.sql`update temporary_passwords set expires_at = now() where batch_id = ${batch.id}`;
  expect((await show({})).status).toBe(410);
});
