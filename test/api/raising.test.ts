import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GdapRole, gdapRoleNames, type Group } from "../../contract/authority.ts";
import { covers } from "../../core/access/authority/covers.ts";
import { newId } from "../../db/new-id.ts";
import { type Colleague, grantRole, makeColleague } from "../support/agents.ts";
import { startApp, type TestApp } from "../support/app.ts";

let app: TestApp;
let customer: { id: string };
let elsewhere: { id: string };
beforeAll(async () => {
  app = await startApp({ workers: false });
  customer = await app.makeCustomer();
  elsewhere = await app.makeCustomer();
});
afterAll(() => app.close());

/** An Admin agent who is User Administrator at the customer, and Global Administrator at another. */
async function userAdmin(): Promise<Colleague> {
  const admin = await makeColleague(app);
  await grantRole(app, admin, customer, "userAdministrator");
  await grantRole(app, admin, elsewhere, "globalAdministrator");
  return admin;
}

async function globalAdmin(): Promise<Colleague> {
  const admin = await makeColleague(app);
  await grantRole(app, admin, customer, "globalAdministrator");
  return admin;
}

const give = (key: string, to: object, role: GdapRole) =>
  app.refused(`/v1/customers/${customer.id}/grants`, { key, json: { ...to, role, days: 30 } });

const promote = (key: string, agentId: string) =>
  app.refused(`/v1/agents/${agentId}`, { key, method: "PATCH", json: { partnerRole: "adminAgent" } });

const reset = (key: string, agentId: string) => app.refused(`/v1/agents/${agentId}/reset-sign-in`, { key, json: {} });

const fill = (key: string, groupId: string, agentIds: string[]) =>
  app.refused(`/v1/agent-groups/${groupId}`, { key, method: "PATCH", json: { agentIds } });

async function makeGroup(role: GdapRole, agentIds: string[] = []): Promise<Group> {
  const { body } = await app.request<Group>("/v1/agent-groups", { json: { name: newId(), agentIds } });
  expect((await give(app.key, { groupId: body.id }, role)).status).toBe(201);
  return body;
}

const refusals = (agentId: string) => app.db.sql<{ attempt: string }[]>`
  select distinct after ->> 'attempt' as attempt from audit
  where actor_id = ${agentId} and operation = 'refused_attempt'`;

describe("an Admin agent who lacks a role at a customer", () => {
  it("gets it through no second agent: what is not held is not given, and the refusal names it", async () => {
    const admin = await userAdmin();
    const json = { name: "Second", email: `${newId()}@partner.example`, partnerRole: "adminAgent" };
    const { body: second } = await app.request<{ id: string }>("/v1/agents", { key: admin.key, json });
    for (const role of ["globalAdministrator", "privilegedRoleAdministrator"] as const) {
      const { status, body } = await give(admin.key, { agentId: second.id }, role);
      expect([status, body.code]).toEqual([403, "forbidden"]);
      expect(body.detail).toMatch(/^Needs (Global|Privileged Role) Administrator at Customer /);
    }
    for (const role of ["userAdministrator", "directoryReader"] as const) {
      expect((await give(admin.key, { agentId: second.id }, role)).status).toBe(201);
    }
    expect(await refusals(admin.id)).toEqual([{ attempt: "createGrant" }]);
  });

  it("gives it to no group, and puts nobody into one that has it", async () => {
    const admin = await userAdmin();
    const member = await makeColleague(app);
    const strong = await makeGroup("globalAdministrator", [member.id]);
    const weak = await makeGroup("directoryWriter");
    const friend = await makeColleague(app);
    expect((await give(admin.key, { groupId: weak.id }, "globalAdministrator")).status).toBe(403);
    expect((await fill(admin.key, strong.id, [member.id, friend.id])).status).toBe(403);
    expect((await fill(admin.key, weak.id, [friend.id])).status).toBe(200);
    expect((await fill(admin.key, strong.id, [])).status).toBe(200);
  });

  it("makes no Admin agent of somebody who has it, where only Admin agents may use it", async () => {
    const admin = await userAdmin();
    for (const byGroup of [false, true]) {
      const helper = await makeColleague(app, "helpdeskAgent");
      if (byGroup) await makeGroup("privilegedRoleAdministrator", [helper.id]);
      else await grantRole(app, helper, customer, "privilegedRoleAdministrator");
      expect((await promote(admin.key, helper.id)).status).toBe(403);
      expect((await promote((await globalAdmin()).key, helper.id)).status).toBe(200);
    }
  });

  it("gets hold of no sign-in of somebody who has it", async () => {
    const admin = await userAdmin();
    for (const byGroup of [false, true]) {
      const stronger = await makeColleague(app, "helpdeskAgent");
      if (byGroup) await makeGroup("globalAdministrator", [stronger.id]);
      else await grantRole(app, stronger, customer, "globalAdministrator");
      const { status, body } = await reset(admin.key, stronger.id);
      expect([status, body.code]).toEqual([403, "forbidden"]);
      expect((await app.request("/v1/me", { key: stronger.key })).status).toBe(200);
      const signedIn = await app.request("/api/auth/sign-in/email", { key: null, json: stronger });
      expect(signedIn.status).toBe(200);
      expect((await reset((await globalAdmin()).key, stronger.id)).status).toBe(200);
    }
  });

  it("has it no more once the grant has ended, in a group or alone", async () => {
    const admin = await globalAdmin();
    const other = await makeColleague(app);
    await app.db.sql`update grants set created_at = now() - interval '2 days', ends_at = now() - interval '1 second'
      where agent_id = ${admin.id}`;
    expect((await give(admin.key, { agentId: other.id }, "directoryReader")).status).toBe(403);
    const group = await makeGroup("directoryReader", [admin.id]);
    expect((await give(admin.key, { agentId: other.id }, "directoryReader")).status).toBe(201);
    await fill(app.key, group.id, []);
    expect((await give(admin.key, { agentId: other.id }, "licenseAdministrator")).status).toBe(403);
  });
});

it("the token of the environment gives every role, promotes and resets everybody", async () => {
  const colleague = await makeColleague(app, "helpdeskAgent");
  for (const role of gdapRoleNames) expect((await give(app.key, { agentId: colleague.id }, role)).status).toBe(201);
  expect((await promote(app.key, colleague.id)).status).toBe(200);
  expect((await reset(app.key, colleague.id)).status).toBe(200);
});

it("who makes a customer gives every role there", async () => {
  const maker = await makeColleague(app);
  const json = { name: "Made", domains: [`${newId().slice(-12)}.example`] };
  const { body: made } = await app.request<{ id: string }>("/v1/customers", { key: maker.key, json });
  const { id: agentId } = await makeColleague(app);
  for (const role of gdapRoleNames) {
    const grant = { agentId, role, days: 1 };
    expect((await app.refused(`/v1/customers/${made.id}/grants`, { key: maker.key, json: grant })).status).toBe(201);
  }
});

it.each([
  [["directoryReader"], ["directoryReader"]],
  [["licenseAdministrator"], ["directoryReader", "licenseAdministrator"]],
  [["directoryWriter"], ["directoryReader", "licenseAdministrator", "directoryWriter"]],
  [["userAdministrator"], ["directoryReader", "licenseAdministrator", "directoryWriter", "userAdministrator"]],
  [["privilegedAuthenticationAdministrator"], ["directoryReader", "privilegedAuthenticationAdministrator"]],
  [["privilegedRoleAdministrator"], ["directoryReader", "privilegedRoleAdministrator"]],
  [["globalAdministrator"], gdapRoleNames],
  [["userAdministrator", "privilegedAuthenticationAdministrator", "privilegedRoleAdministrator"], gdapRoleNames],
  [[], []],
] as [GdapRole[], GdapRole[]][])("who holds %j may give %j", (held, given) => {
  expect(gdapRoleNames.filter((role) => covers(held, role))).toEqual([...given]);
});
