import { afterAll, beforeAll, expect, it } from "vitest";
import { gdapRoleNames, type Grant, type PlacedGrant } from "../../contract/authority.ts";
import type { AuditRecord } from "../../contract/audit.ts";
import { grantRole, makeColleague } from "../support/agents.ts";
import { startApp, type TestApp } from "../support/app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ workers: false });
});
afterAll(() => app.close());

const days = (end: string) => Math.round((Date.parse(end) - Date.now()) / 86_400_000);

async function listGrants(query: string, key = app.key) {
  return await app.request<{ items: PlacedGrant[]; next: string | null; total?: number }>(`/v1/grants?${query}`, {
    key,
  });
}

it("an Admin agent sees by which grants somebody may act, at all customers, those that end next first", async () => {
  const [one, other] = [await app.makeCustomer(), await app.makeCustomer()];
  const colleague = await makeColleague(app, "helpdeskAgent");
  const { body: group } = await app.request<{ id: string }>("/v1/agent-groups", {
    json: { name: "Night shift", agentIds: [colleague.id] },
  });
  const first = await grantRole(app, colleague, one, "directoryReader");
  const second = await app.request<Grant>(`/v1/customers/${other.id}/grants`, {
    json: { groupId: group.id, role: "licenseAdministrator", days: 5 },
  });
  const mine = await listGrants(`agentId=${colleague.id}&limit=1&count=true`);
  expect(mine.body).toMatchObject({ items: [{ id: second.body.id, customerId: other.id }], total: 2 });
  const rest = await listGrants(`agentId=${colleague.id}&cursor=${mine.body.next}`);
  expect(rest.body).toMatchObject({ items: [{ id: first.id, customerId: one.id }], next: null });
  expect(rest.body.items[0]?.customerName).toBe(`Customer ${one.domain}`);
  const ofGroup = await listGrants(`groupId=${group.id}`);
  expect(ofGroup.body.items.map(({ id, holder }) => [id, holder])).toEqual([[second.body.id, "Night shift"]]);
  const soon = new Date(Date.now() + 10 * 86_400_000).toISOString();
  const ending = await listGrants(`agentId=${colleague.id}&endsBefore=${encodeURIComponent(soon)}`);
  expect(ending.body.items.map(({ id }) => id)).toEqual([second.body.id]);
  expect((await listGrants("", colleague.key)).status).toBe(403);
});

it("a grant is renewed without a moment in which it is gone, and never by who holds it", async () => {
  const customer = await app.makeCustomer();
  const [colleague, holder] = [await makeColleague(app), await makeColleague(app)];
  const grant = await grantRole(app, holder, customer, "userAdministrator");
  const path = `/v1/customers/${customer.id}/grants/${grant.id}`;
  const renew = (key: string, json: object) => app.request<Grant>(path, { method: "PATCH", key, json });
  const renewed = await renew(colleague.key, { days: 730 });
  expect(renewed.status).toBe(200);
  expect(renewed.body).toMatchObject({ id: grant.id, role: "userAdministrator" });
  expect(days(renewed.body.endsAt)).toBe(730);
  const shorter = await renew(colleague.key, { days: 2 });
  expect(days(shorter.body.endsAt)).toBe(2);
  expect((await renew(colleague.key, { days: 731 })).status).toBe(422);
  expect((await renew(holder.key, { days: 30 })).status).toBe(403);
  const audit = await app.request<{ items: AuditRecord[] }>(
    `/v1/audit?customerId=${customer.id}&operation=renew_grant`,
  );
  expect(audit.body.items.map(({ status }) => status).toSorted()).toEqual(["succeeded", "succeeded"]);
  await app.db.sql`update grants set ends_at = now() - interval '1 second' where id = ${grant.id}`;
  expect((await renew(colleague.key, { days: 30 })).status).toBe(404);
});

it.each(["adminAgent", "helpdeskAgent"] as const)(
  "an agent who is %s is told exactly those roles that they can grant at a customer",
  async (partnerRole) => {
    const customer = await app.makeCustomer();
    const giver = await makeColleague(app, partnerRole);
    await grantRole(app, giver, customer, "userAdministrator");
    const receiver = await makeColleague(app);
    const path = `/v1/customers/${customer.id}`;
    const { body } = await app.request<{ mayGrant: string[] }>(`${path}/authority`, { key: giver.key });
    const given: string[] = [];
    for (const role of gdapRoleNames) {
      const json = { agentId: receiver.id, role, days: 1 };
      const { status } = await app.request(`${path}/grants`, { key: giver.key, json });
      if (status === 201) given.push(role);
    }
    expect(body.mayGrant).toEqual(given);
    expect(given.length > 0).toBe(partnerRole === "adminAgent");
  },
);
