import { afterAll, beforeAll, expect, it } from "vitest";
import type { Overview } from "../../contract/overview.ts";
import { grantRole, makeColleague } from "../support/agents.ts";
import { startApp, type TestApp } from "../support/app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

async function overview(key = app.key): Promise<Overview> {
  const { status, body, text } = await app.request<Overview>("/v1/overview", { key });
  if (status !== 200) throw new Error(text);
  return body;
}

const header = "User name,Display name,Usage location,Licenses\n";

async function failingCustomer(): Promise<{ id: string; batchIds: string[] }> {
  const { id } = await app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
  const files = [`a,A,NL,SPE_E3\nb,B,NL,SPE_E3\n`, `c,C,NL,SPE_E3\nd,D,Atlantis,\n`];
  const batchIds: string[] = [];
  for (const rows of files) {
    const batch = await app.upload(id, `${header}${rows}`);
    await app.apply(batch.id);
    await app.finished(batch.id);
    batchIds.unshift(batch.id);
  }
  return { id, batchIds };
}

it("an agent sees what failed, what waits and what runs out, at the customers of their own grants alone", async () => {
  const [own, other] = [await failingCustomer(), await failingCustomer()];
  const plan = await app.upload(own.id, `${header}e,E,NL,\n`);
  const later = await app.upload(other.id, `${header}f,F,NL,\n`);
  await app.request(`/v1/batches/${later.id}/apply`, { json: { startAt: "2099-05-01T20:00:00Z" } });
  // One user who is refused at once waits for nobody.
  await app.request(`/v1/customers/${own.id}/users`, {
    json: { userPrincipalName: "bad name", displayName: "Bad" },
    headers: { prefer: "wait=10" },
  });
  await app.db.sql`update temporary_passwords set expires_at = now() + interval '1 day'
    where batch_id = ${own.batchIds[1] ?? ""}`;
  const colleague = await makeColleague(app, "helpdeskAgent");
  const grant = await grantRole(app, colleague, own, "directoryReader");
  await app.db.sql`update grants set ends_at = now() + interval '3 days' where id = ${grant.id}`;

  const mine = await overview(colleague.key);
  expect(mine.failures.map(({ code, rows, batches, customers }) => ({ code, rows, batches, customers }))).toEqual([
    { code: "seat_shortage", rows: 2, batches: 2, customers: 1 },
    { code: "country_unknown", rows: 1, batches: 1, customers: 1 },
  ]);
  const [shortage] = mine.failures;
  expect(shortage?.latest).toMatchObject(own.batchIds.map((batchId) => ({ batchId, failed: 1, rows: 2 })));
  expect(Date.parse(shortage?.lastAt ?? "")).toBeGreaterThan(Date.parse(shortage?.firstAt ?? ""));
  expect(mine.waiting).toMatchObject([{ batchId: plan.id, state: "ready", operation: "createUsers", startAt: null }]);
  expect(mine.seats).toMatchObject([{ customer: { id: own.id }, name: "Microsoft 365 E3", total: 1, available: 0 }]);
  expect(mine.passwords).toMatchObject([{ customer: { id: own.id }, batchId: own.batchIds[1], passwords: 2 }]);
  expect(mine.grants).toMatchObject([{ id: grant.id, role: "directoryReader", customerId: own.id }]);

  const all = await overview();
  expect(all.failures.map(({ code, rows, customers }) => [code, rows, customers])).toEqual([
    ["seat_shortage", 4, 2],
    ["country_unknown", 2, 2],
  ]);
  expect(all.waiting.map(({ batchId, state }) => [batchId, state])).toEqual([
    [later.id, "scheduled"],
    [plan.id, "ready"],
  ]);
  expect(all.seats).toHaveLength(2);
  expect(all.grants).toMatchObject([{ id: grant.id }]);

  const stranger = await makeColleague(app, "salesAgent");
  expect(await overview(stranger.key)).toEqual({ failures: [], waiting: [], seats: [], passwords: [], grants: [] });
});

function shown({ failures }: Overview): string[] {
  return failures.flatMap(({ latest }) => latest.map(({ batchId }) => batchId));
}

it("what failed longer ago than is asked for is not told", async () => {
  const { batchIds } = await failingCustomer();
  await app.db.sql`update batches set finished_at = now() - interval '9 days' where id = ${batchIds[0] ?? ""}`;
  expect(shown(await overview())).not.toContain(batchIds[0]);
  expect(shown(await overview())).toContain(batchIds[1]);
  const { body } = await app.request<Overview>("/v1/overview?days=10");
  expect(shown(body)).toContain(batchIds[0]);
});
