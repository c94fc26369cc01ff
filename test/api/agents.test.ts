import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Agent, Grant, Group } from "../../contract/authority.ts";
import { sweep } from "../../core/housekeeping/sweep.ts";
import { newId } from "../../db/new-id.ts";
import { type Colleague, grantRole, makeColleague, makeKey } from "../support/agents.ts";
import { startApp, type TestApp } from "../support/app.ts";

let app: TestApp;
let admin: Colleague;
let customer: { id: string; domain: string };
beforeAll(async () => {
  app = await startApp({ workers: false });
  admin = await makeColleague(app);
  customer = await app.makeCustomer();
});
afterAll(() => app.close());

const change = (agentId: string, json: object, key = admin.key) =>
  app.refused(`/v1/agents/${agentId}`, { method: "PATCH", json, key });

const remove = (path: string, key = admin.key) => app.refused(path, { method: "DELETE", key });

const grantTo = (json: object, key = admin.key) => app.refused(`/v1/customers/${customer.id}/grants`, { json, key });

async function records(operation: string): Promise<{ actor_id: string; before: unknown; after: unknown }[]> {
  return await app.db.sql`select actor_id, before, after from audit where operation = ${operation} order by id desc`;
}

/** An app with exactly two Admin agents. */
async function withTwo(work: (other: TestApp, admins: string[]) => Promise<void>): Promise<void> {
  const other = await startApp({ workers: false });
  try {
    await makeColleague(other);
    const { body } = await other.request<{ items: Agent[] }>("/v1/agents");
    await work(
      other,
      body.items.map(({ id }) => id),
    );
  } finally {
    await other.close();
  }
}

describe("agents", () => {
  it("are made by an Admin agent, sign in with the password that is shown once, and are found by name", async () => {
    const json = { name: "Berta Nine", email: `Berta-${newId()}@partner.example`, partnerRole: "salesAgent" };
    const made = await app.request<Agent & { password: string }>("/v1/agents", { json, key: admin.key });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ name: "Berta Nine", email: json.email.toLowerCase(), partnerRole: "salesAgent" });
    const signedIn = await app.request("/api/auth/sign-in/email", {
      key: null,
      json: { email: json.email, password: made.body.password },
    });
    expect(signedIn.status).toBe(200);
    const found = await app.request<{ items: Agent[] }>("/v1/agents?q=berta%20n", { key: admin.key });
    expect(found.body.items.map(({ id }) => id)).toEqual([made.body.id]);
    expect(found.text).not.toContain(made.body.password);
    const [record] = await records("create_agent");
    expect(record).toMatchObject({ actor_id: admin.id, after: { agentId: made.body.id } });
    expect(JSON.stringify(record)).not.toContain(made.body.password);
    const twice = await app.refused("/v1/agents", { json, key: admin.key });
    expect([twice.status, twice.body.code]).toEqual([409, "agent_exists"]);
  });

  it("come page by page", async () => {
    for (let more = 0; more < 2; more += 1) await makeColleague(app, "salesAgent");
    const seen: string[] = [];
    let total: number | undefined;
    for (let cursor: string | null = ""; cursor !== null;) {
      const answer: { body: { items: Agent[]; next: string | null; total: number } } = await app.request(
        `/v1/agents?limit=1&count=true${cursor}`,
      );
      const { items, next } = answer.body;
      seen.push(...items.map(({ id }) => id));
      total = answer.body.total;
      cursor = next === null ? null : `&cursor=${next}`;
    }
    expect(new Set(seen).size).toBe(total);
  });

  it("who are removed are signed out, and their keys open nothing", async () => {
    const leaver = await makeColleague(app);
    expect((await remove(`/v1/agents/${leaver.id}`)).status).toBe(204);
    expect((await app.refused("/v1/me", { key: leaver.key })).body.code).toBe("unauthenticated");
    expect((await remove(`/v1/agents/${leaver.id}`)).body.code).toBe("not_found");
    expect((await records("remove_agent"))[0]).toMatchObject({ before: { agentId: leaver.id } });
  });

  it.each(["helpdeskAgent", "salesAgent"] as const)("of the role %s manage nobody", async (partnerRole) => {
    const helper = await makeColleague(app, partnerRole);
    const { key } = helper;
    const json = { name: "Mallory", email: `${newId()}@partner.example`, partnerRole: "adminAgent" };
    await grantRole(app, helper, customer, "globalAdministrator");
    const answers = [
      await app.refused("/v1/agents", { key }),
      await app.refused("/v1/agents", { key, json }),
      await change(helper.id, { partnerRole: "adminAgent" }, key),
      await remove(`/v1/agents/${admin.id}`, key),
      await app.refused("/v1/agent-groups", { key, json: { name: newId() } }),
      await app.refused(`/v1/customers/${customer.id}/grants`, { key }),
      await grantTo({ agentId: helper.id, role: "userAdministrator", days: 3 }, key),
    ];
    for (const { status, body } of answers) {
      expect([status, body.detail]).toEqual([403, "Needs Admin agent"]);
    }
  });
});

describe("the last Admin agent", () => {
  it("can be neither demoted nor removed, also not by two requests at once", async () => {
    await withTwo(async (other, admins) => {
      const demote = (id: string) =>
        other.refused(`/v1/agents/${id}`, { method: "PATCH", json: { partnerRole: "salesAgent" } });
      const codes = (await Promise.all(admins.map(demote))).map(({ body }) => body.code);
      expect(codes.filter((code) => code === "last_admin_agent")).toHaveLength(1);
      const left = await other.db.sql<{ id: string }[]>`select id from agents where partner_role = 'adminAgent'`;
      expect(left).toHaveLength(1);
      const last = await other.refused(`/v1/agents/${left[0]?.id}`, { method: "DELETE" });
      expect([last.status, last.body.code]).toEqual([409, "last_admin_agent"]);
    });
  });

  it("stays also when one is removed while the other is demoted", async () => {
    await withTwo(async (other, [one = "", two = ""]) => {
      await Promise.all([
        other.refused(`/v1/agents/${one}`, { method: "DELETE" }),
        other.refused(`/v1/agents/${two}`, { method: "PATCH", json: { partnerRole: "helpdeskAgent" } }),
      ]);
      expect(await other.db.sql`select from agents where partner_role = 'adminAgent'`).toHaveLength(1);
    });
  });
});

describe("grants", () => {
  it("are made, listed and ended, and the audit knows by whom", async () => {
    const colleague = await makeColleague(app, "helpdeskAgent");
    const made = await app.request<Grant>(`/v1/customers/${customer.id}/grants`, {
      json: { agentId: colleague.id, role: "licenseAdministrator", days: 730 },
      key: admin.key,
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ agentId: colleague.id, groupId: null, role: "licenseAdministrator" });
    const path = `/v1/customers/${customer.id}/grants`;
    const list = await app.request<{ items: Grant[] }>(`${path}?limit=500`, { key: admin.key });
    expect(list.body.items).toContainEqual(made.body);
    expect((await records("make_grant"))[0]).toMatchObject({ actor_id: admin.id, after: { grantId: made.body.id } });
    expect((await remove(`${path}/${made.body.id}`)).status).toBe(204);
    expect((await remove(`${path}/${made.body.id}`)).body.code).toBe("not_found");
    expect((await records("end_grant"))[0]).toMatchObject({ actor_id: admin.id, before: { grantId: made.body.id } });
  });

  it.each([
    ["no day", { days: 0 }],
    ["more than two years", { days: 731 }],
    ["a role that there is not", { role: "owner" }],
    ["nobody", { agentId: undefined }],
    ["an agent and a group", { groupId: newId() }],
    ["an agent who is not there", { agentId: newId() }],
  ])("for %s are refused", async (_what, wrong) => {
    const colleague = await makeColleague(app);
    const answer = await grantTo({ agentId: colleague.id, role: "userAdministrator", days: 1, ...wrong });
    expect(answer.body.code).toBe("body_invalid");
  });

  it("that are there already are not made twice", async () => {
    const { id: agentId } = await makeColleague(app);
    const json = { agentId, role: "userAdministrator", days: 1 };
    const statuses = (await Promise.all([grantTo(json), grantTo(json)])).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([201, 409]));
    expect((await grantTo({ ...json, role: "directoryReader" })).status).toBe(201);
  });

  it("that have ended are swept with a record, and may be made anew before", async () => {
    const { id: agentId } = await makeColleague(app);
    const json = { agentId, role: "userAdministrator", days: 1 };
    await grantTo(json);
    const end = () => app.db.sql`
      update grants set created_at = now() - interval '2 days', ends_at = now() - interval '1 minute'
      where agent_id = ${agentId}`;
    await end();
    expect((await grantTo(json)).status).toBe(201);
    await end();
    expect(await sweep(app.context, { keepRowsDays: 90 })).toMatchObject({ grants: 1 });
    expect(await sweep(app.context, { keepRowsDays: 90 })).toMatchObject({ grants: 0 });
    expect((await records("expire_grant"))[0]).toMatchObject({ actor_id: "system", before: { agentId } });
  });
});

describe("nobody raises their own authority", () => {
  it("by a grant to themselves or to a group that they are in", async () => {
    const mine = await grantTo({ agentId: admin.id, role: "globalAdministrator", days: 1 });
    expect([mine.status, mine.body.code]).toEqual([403, "forbidden"]);
    const { body: group } = await app.request<Group>("/v1/agent-groups", {
      json: { name: newId(), agentIds: [admin.id] },
    });
    const ours = await grantTo({ groupId: group.id, role: "globalAdministrator", days: 1 });
    expect(ours.body.code).toBe("forbidden");
    const other = await makeColleague(app);
    await grantRole(app, other, customer, "globalAdministrator");
    expect((await grantTo({ groupId: group.id, role: "globalAdministrator", days: 1 }, other.key)).status).toBe(201);
  });

  it("by entering a group", async () => {
    const colleague = await makeColleague(app);
    const { body: group } = await app.request<Group>("/v1/agent-groups", { json: { name: newId() }, key: admin.key });
    const enter = (agentIds: string[]) =>
      app.refused(`/v1/agent-groups/${group.id}`, { method: "PATCH", json: { agentIds }, key: admin.key });
    expect((await enter([colleague.id, admin.id])).body.code).toBe("forbidden");
    expect((await enter([colleague.id])).status).toBe(200);
    expect((await enter([newId()])).body.code).toBe("body_invalid");
  });

  it("by a key that was narrowed", async () => {
    const colleague = await makeColleague(app, "salesAgent");
    for (const authority of [{ partnerRole: "helpdeskAgent" as const }, { customerIds: [customer.id] }]) {
      const key = await makeKey(app, admin.id, authority);
      expect((await change(colleague.id, { partnerRole: "adminAgent" }, key)).body.code).toBe("forbidden");
    }
  });
});

describe("groups", () => {
  it("are made, listed, renamed and removed with their grants", async () => {
    const name = newId();
    const { body: group } = await app.request<Group>("/v1/agent-groups", { json: { name }, key: admin.key });
    const twice = await app.refused("/v1/agent-groups", { json: { name }, key: admin.key });
    expect([twice.status, twice.body.code]).toEqual([409, "group_exists"]);
    await grantTo({ groupId: group.id, role: "directoryReader", days: 1 });
    const renamed = await app.request<Group>(`/v1/agent-groups/${group.id}`, {
      method: "PATCH",
      json: { name: `${name} 2` },
    });
    expect(renamed.body).toEqual({ ...group, name: `${name} 2` });
    const list = await app.request<{ items: Group[]; total: number }>("/v1/agent-groups?limit=500&count=true");
    expect(list.body.items).toContainEqual(renamed.body);
    expect((await remove(`/v1/agent-groups/${group.id}`)).status).toBe(204);
    expect(await app.db.sql`select from grants where group_id = ${group.id}`).toHaveLength(0);
    expect((await remove(`/v1/agent-groups/${group.id}`)).body.code).toBe("not_found");
  });
});
