import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import { type CustomerBrakes, usualLimits } from "../../contract/brakes.ts";
import { newId } from "../../db/new-id.ts";
import { type Colleague, grantRole, makeColleague, makeKey } from "../support/agents.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { eventually } from "../support/eventually.ts";
import { openEvents } from "../support/event-stream.ts";

let app: TestApp;
let customer: { id: string; domain: string };
let asker: Colleague;
let approver: Colleague;

beforeAll(async () => {
  app = await startApp();
  await app.request("/v1/brakes", { method: "PUT", json: usualLimits });
});
afterAll(() => app.close());

beforeEach(async () => {
  customer = await app.makeCustomer();
  const people = Array.from({ length: 10 }, (_, at) => `u${at}@${customer.domain},Person ${at}\n`).join("");
  const made = await app.upload(customer.id, `User name,Display name\n${people}`);
  await app.apply(made.id);
  await app.finished(made.id);
  [asker, approver] = [await makeColleague(app), await makeColleague(app)];
  for (const one of [asker, approver]) await grantRole(app, one, customer, "userAdministrator");
});

const leavers = (count: number) =>
  `User name\n${Array.from({ length: count }, (_, at) => `u${at}@${customer.domain}\n`).join("")}`;

async function send(count: number, more = "", key = asker.key): Promise<Batch> {
  const path = `/v1/customers/${customer.id}/uploads?operation=delete-users${more}`;
  const { status, body, text } = await app.request<Batch>(path, { csv: leavers(count), key });
  if (status !== 201) throw new Error(text);
  return body;
}

const act = (id: string, name: string, key: string, json: object = { planVersion: 1 }) =>
  app.request<Batch>(`/v1/batches/${id}/${name}`, { json, key });
const code = async (answer: ReturnType<typeof act>) => (await answer).body as unknown as { code: string };

it("has a file that would delete 60 % of a customer wait for another agent, and for no key of whoever asked", async () => {
  const { id, state, approval } = await send(6, "&apply=true&confirm=6");
  expect([state, approval?.askedById]).toEqual(["awaiting_approval", asker.id]);
  const ownKey = await makeKey(app, asker.id);
  for (const key of [asker.key, ownKey]) {
    expect(await code(act(id, "approve", key))).toMatchObject({ code: "approval_own" });
  }
  expect(await code(act(id, "approve", app.key))).toMatchObject({ code: "forbidden" });
  expect(await code(act(id, "apply", asker.key, {}))).toMatchObject({ code: "batch_state" });
  expect(await code(act(id, "approve", approver.key, { planVersion: 2 }))).toMatchObject({ code: "plan_changed" });
  expect((await act(id, "approve", approver.key)).status).toBe(202);
  expect((await app.finished(id)).totals.succeeded).toBe(6);
});

it("takes no yes from an agent whom the asker made a moment ago", async () => {
  const { id } = await send(6, "&apply=true");
  const json = { name: "Second Self", email: `${newId()}@partner.example`, partnerRole: "adminAgent" };
  const self = await app.request<{ id: string }>("/v1/agents", { json, key: asker.key });
  await grantRole(app, self.body, customer, "userAdministrator");
  const key = await makeKey(app, self.body.id);
  expect(await code(act(id, "approve", key))).toMatchObject({ code: "approval_related" });
  expect((await app.request<Batch>(`/v1/batches/${id}`)).body.state).toBe("awaiting_approval");
});

it("lists what waits, and tells of it in events", async () => {
  const stream = await openEvents(`${app.url}/v1/events`, { authorization: `Bearer ${approver.key}` });
  const { id } = await send(6);
  // What is told of a later plan is heard after all that was told of this one.
  const { id: later } = await send(1);
  const hints = (of: string) => stream.events().filter(({ data }) => data["batchId"] === of);
  await eventually(() => hints(later).length > 0);
  const planned = hints(id).length;
  expect((await act(id, "apply", asker.key, {})).body).toMatchObject({ state: "awaiting_approval" });
  await eventually(() => hints(id).length > planned);
  stream.close();
  const listed = await app.request<{ items: Batch[] }>(
    `/v1/batches?state=awaiting_approval&customerId=${customer.id}`,
    { key: approver.key },
  );
  expect(listed.body.items.map((batch) => batch.id)).toEqual([id]);
  expect((await act(id, "refuse", approver.key, { planVersion: 1, note: "Not these" })).body).toMatchObject({
    state: "ready",
    approval: { decision: { approved: false, byId: approver.id, note: "Not these" } },
  });
});

it("has a retry of rows that hit many users by now wait for another agent as well", async () => {
  const path = `/v1/customers/${customer.id}/uploads?operation=delete-users&apply=true`;
  const csv = `User name\nu0@${customer.domain}\n${[1, 2, 3].map((no) => `x${no}@${customer.domain}\n`).join("")}`;
  const { body: batch } = await app.request<Batch>(path, { csv, key: asker.key });
  await app.finished(batch.id);
  const rows = [2, 3, 4].map((rowNo) => ({ rowNo, values: { "User name": `u${rowNo}@${customer.domain}` } }));
  await app.request(`/v1/batches/${batch.id}/rows`, { method: "PATCH", json: { rows }, key: asker.key });
  const retried = await app.request<Batch>(`/v1/batches/${batch.id}/retry`, {
    json: {},
    key: asker.key,
    headers: { prefer: "wait=30" },
  });
  expect([retried.status, retried.body]).toMatchObject([
    202,
    { state: "awaiting_approval", approval: { retriedRows: 3 }, totals: { failed: 3, pending: 0 } },
  ]);
  const { planVersion } = retried.body;
  expect(await code(act(batch.id, "approve", asker.key, { planVersion }))).toMatchObject({ code: "approval_own" });
  expect((await act(batch.id, "approve", approver.key, { planVersion })).body.state).toBe("running");
  expect((await app.finished(batch.id)).totals).toMatchObject({ succeeded: 4, failed: 0 });
});

it("refuses an approver who lost the role after the page was opened", async () => {
  const { id } = await send(6, "&apply=true");
  const late = await makeColleague(app);
  const grant = await grantRole(app, late, customer, "userAdministrator");
  await grantRole(app, late, customer, "directoryReader");
  expect((await app.request<Batch>(`/v1/batches/${id}`, { key: late.key })).body.state).toBe("awaiting_approval");
  await app.request(`/v1/customers/${customer.id}/grants/${grant.id}`, { method: "DELETE" });
  expect(await code(act(id, "approve", late.key))).toMatchObject({ code: "forbidden" });
  await app.request(`/v1/agents/${approver.id}`, { method: "PATCH", json: { partnerRole: "helpdeskAgent" } });
  expect(await code(act(id, "approve", approver.key))).toMatchObject({ code: "forbidden" });
  expect((await app.request<Batch>(`/v1/batches/${id}`)).body.state).toBe("awaiting_approval");
});

it("takes a number below the limits, and asks nothing of plans that hit nobody", async () => {
  const limits = { users: 5, percent: null, admins: true };
  const path = `/v1/customers/${customer.id}/brakes`;
  await app.request(path, { method: "PUT", json: { limits }, key: asker.key });
  await app.request(path, { method: "PUT", json: { limits, agree: true }, key: approver.key });
  const { id } = await send(3, "&apply=true");
  expect(await code(act(id, "apply", asker.key, { confirm: 2 }))).toMatchObject({ code: "confirmation_needed" });
  expect((await act(id, "apply", asker.key, { confirm: 3 })).status).toBe(202);
  expect((await app.finished(id)).totals.succeeded).toBe(3);
});

it("waits for nothing where one user's request needs a yes, and answers with the batch", async () => {
  await app.request(`/v1/customers/${customer.id}/brakes`, {
    method: "PUT",
    json: { limits: { ...usualLimits, users: 0 } },
  });
  const users = await app.request<{ items: { id: string }[] }>(`/v1/customers/${customer.id}/users`);
  const path = `/v1/customers/${customer.id}/users/${users.body.items[0]?.id ?? ""}`;
  const answer = await app.request<Batch>(path, { method: "DELETE", key: asker.key, headers: { prefer: "wait=30" } });
  expect([answer.status, answer.body.state]).toEqual([202, "awaiting_approval"]);
});

it("keeps the limits from all but Admin agents, has a second one agree to looser ones, and has each change on record", async () => {
  const path = `/v1/customers/${customer.id}/brakes`;
  const limits = { users: null, percent: null, admins: false };
  const seller = await makeColleague(app, "salesAgent");
  await grantRole(app, seller, customer, "globalAdministrator");
  expect((await app.request<CustomerBrakes>(path, { key: seller.key })).body).toEqual({
    limits: usualLimits,
    own: false,
    asked: null,
  });
  for (const [where, json] of [
    [path, { limits }],
    ["/v1/brakes", limits],
  ] as const) {
    expect((await app.refused(where, { method: "PUT", json, key: seller.key })).body.code).toBe("forbidden");
  }
  const { id } = await send(6);
  const saved = await app.request<CustomerBrakes>(path, { method: "PUT", json: { limits }, key: asker.key });
  expect(saved.body).toMatchObject({ limits: usualLimits, own: false, asked: { limits, byId: asker.id } });
  expect(saved.body.asked?.note).toContain("once another Admin agent agrees");
  expect((await act(id, "apply", asker.key, {})).body.state).toBe("awaiting_approval");
  expect((await act(id, "refuse", asker.key)).body.state).toBe("ready");
  const own = { limits, own: true, asked: null };
  const agreed = { limits, agree: true };
  expect((await app.refused(path, { method: "PUT", json: agreed, key: app.key })).body.code).toBe("forbidden");
  expect((await app.request(path, { method: "PUT", json: agreed, key: approver.key })).body).toEqual(own);
  expect((await act(id, "apply", asker.key, {})).body.state).toBe("running");
  const { body } = await app.request<{ items: { actorId: string; after: unknown }[] }>(
    `/v1/audit?operation=change_brakes&customerId=${customer.id}`,
  );
  expect(body.items).toMatchObject([
    { actorId: approver.id, after: own },
    { actorId: asker.id, after: { limits: usualLimits, asked: { limits } } },
  ]);
});
