import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import type { Customer } from "../../contract/customer.ts";
import { type RouteName, routeNames, routes } from "../../contract/routes.ts";
import type { Route } from "../../contract/routes/route.ts";
import type { User } from "../../contract/user.ts";
import { newId } from "../../db/new-id.ts";
import { type Colleague, grantRole, makeColleague, makeKey } from "../support/agents.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { eventually } from "../support/eventually.ts";
import { openEvents } from "../support/event-stream.ts";

let app: TestApp;
let customer: { id: string; domain: string };
let batch: Batch;
/** An Admin agent and a Helpdesk agent without any grant. */
let stranger: Colleague;
let outsider: Colleague;
beforeAll(async () => {
  app = await startApp();
  customer = await app.makeCustomer();
  batch = await upload("anna");
  stranger = await makeColleague(app);
  outsider = await makeColleague(app, "helpdeskAgent");
});
afterAll(() => app.close());

const upload = async (name: string) =>
  await app.upload(customer.id, `Display name,Email\nPerson,${name}@${customer.domain}\n`);

const ids = (list: { items: { id: string }[] }) => list.items.map(({ id }) => id);

/** Routes about the partner's own records of a customer, and all others about what a customer has. */
const about = (name: RouteName) => {
  const { path, authority }: Route = routes[name];
  const ofRecord = typeof authority === "object" && authority.at === "customerRecord";
  return path.includes("{customerId}") || path.includes("{batchId}") ? (ofRecord ? "partner" : "customer") : "";
};

function call(name: RouteName) {
  const route: Route = routes[name];
  const path = route.path
    .replace("{customerId}", customer.id)
    .replace("{batchId}", batch.id)
    .replace("{rowNo}", "1")
    .replaceAll(/\{\w+\}/g, newId());
  return { path, method: route.method.toUpperCase(), ...(route.body === undefined ? {} : { json: {} }) };
}

describe("an agent without a grant at the customer", () => {
  it.each(routeNames.filter((name) => about(name) === "customer"))("gets 404 from %s", async (name) => {
    const { path, ...options } = call(name);
    const answer = await app.refused(path, { ...options, key: stranger.key });
    expect([answer.status, answer.body.code]).toEqual([404, "not_found"]);
  });

  it.each(routeNames.filter((name) => about(name) === "partner"))(
    "gets 404 from %s as well, unless an Admin agent",
    async (name) => {
      const { path, ...options } = call(name);
      expect((await app.refused(path, { ...options, key: outsider.key })).body.code).toBe("not_found");
    },
  );

  it.each(["", "/domains", "/products", "/grants", "/authority"])(
    "sees the customer's own %s as an Admin agent",
    async (part) => {
      const answer = await app.request(`/v1/customers/${customer.id}${part}`, { key: stranger.key });
      expect(answer.status).toBe(200);
    },
  );

  it("finds nothing of it in any list", async () => {
    const customers = await app.request<{ items: Customer[] }>("/v1/customers?limit=500", { key: outsider.key });
    expect(customers.body.items).toEqual([]);
    for (const { key } of [outsider, stranger]) {
      const batches = await app.request<{ items: Batch[]; total: number }>("/v1/batches?count=true", { key });
      expect(batches.body).toMatchObject({ items: [], total: 0 });
    }
  });
});

describe("an agent with a grant", () => {
  it("reads what the customer has, with whatever role", async () => {
    const helper = await makeColleague(app, "salesAgent");
    await grantRole(app, helper, customer, "privilegedRoleAdministrator");
    const { key } = helper;
    expect((await app.request(`/v1/customers/${customer.id}/users`, { key })).status).toBe(200);
    expect((await app.request(`/v1/batches/${batch.id}/rows`, { key })).status).toBe(200);
    expect(ids((await app.request<{ items: Batch[] }>("/v1/batches", { key })).body)).toContain(batch.id);
    expect(ids((await app.request<{ items: Customer[] }>("/v1/customers", { key })).body)).toEqual([customer.id]);
  });

  it("counts what selected users have, of that customer alone", async () => {
    const reader = await makeColleague(app, "helpdeskAgent");
    await grantRole(app, reader, customer, "directoryReader");
    const other = await app.makeCustomer();
    const made = async ({ id, domain }: { id: string; domain: string }) => {
      const json = { userPrincipalName: `${newId().slice(-8)}@${domain}`, displayName: "Anna" };
      const headers = { prefer: "wait=20" };
      return (await app.request<{ id: string }>(`/v1/customers/${id}/users`, { json, headers })).body.id;
    };
    const [own, foreign] = [await made(customer), await made(other)];
    const summary = (customerId: string, userIds: string[], key = reader.key) =>
      app.refused(`/v1/customers/${customerId}/selection-summary`, { json: { select: { userIds } }, key });
    expect((await summary(customer.id, [own, foreign])).body).toMatchObject({ users: 1, active: 1 });
    expect((await summary(customer.id, [foreign])).body).toMatchObject({ users: 0 });
    for (const [customerId, key] of [
      [other.id, reader.key],
      [customer.id, stranger.key],
      [customer.id, await makeKey(app, reader.id, { customerIds: [other.id] })],
    ] as const) {
      expect((await summary(customerId, [own, foreign], key)).body).toMatchObject({ code: "not_found" });
    }
    expect((await app.refused(`/v1/customers/${customer.id}/selection-summary`, { json: {}, key: null })).status).toBe(
      401,
    );
  });

  it("is told the role that is missing, and the attempt stays on record", async () => {
    const reader = await makeColleague(app);
    await grantRole(app, reader, customer, "directoryReader");
    const { name } = (await app.request<Customer>(`/v1/customers/${customer.id}`)).body;
    const refused = await app.refused(`/v1/batches/${batch.id}/apply`, { method: "POST", key: reader.key });
    expect([refused.status, refused.body.code]).toEqual([403, "forbidden"]);
    expect(refused.body.detail).toBe(`Needs Directory Writer or User Administrator at ${name}`);
    const recorded = await app.db.sql<{ status: string; batch_id: string }[]>`
      select status, batch_id from audit where actor_id = ${reader.id} and operation = 'refused_attempt'`;
    expect(recorded).toEqual([{ status: "refused", batch_id: batch.id }]);
  });

  it("may no more once it has ended", async () => {
    const colleague = await makeColleague(app);
    const grant = await grantRole(app, colleague, customer, "userAdministrator");
    const path = `/v1/customers/${customer.id}/users`;
    expect((await app.request(path, { key: colleague.key })).status).toBe(200);
    await app.request(`/v1/customers/${customer.id}/grants/${grant.id}`, { method: "DELETE" });
    expect((await app.refused(path, { key: colleague.key })).body.code).toBe("not_found");
  });

  it("has it through a group as well", async () => {
    const colleague = await makeColleague(app);
    const json = { name: newId(), agentIds: [colleague.id] };
    const { id: groupId } = (await app.request<{ id: string }>("/v1/agent-groups", { json })).body;
    await app.request(`/v1/customers/${customer.id}/grants`, { json: { groupId, role: "directoryWriter", days: 1 } });
    const path = `/v1/customers/${customer.id}/users`;
    expect((await app.request(path, { key: colleague.key })).status).toBe(200);
    await app.request(`/v1/agent-groups/${groupId}`, { method: "PATCH", json: { agentIds: [] } });
    expect((await app.refused(path, { key: colleague.key })).body.code).toBe("not_found");
  });

  it("creates one user, and not one with a permission", async () => {
    const writer = await makeColleague(app);
    await grantRole(app, writer, customer, "directoryWriter");
    const path = `/v1/customers/${customer.id}/users`;
    const options = { key: writer.key, headers: { prefer: "wait=10" } };
    const json = { userPrincipalName: newId(), displayName: "Someone" };
    expect((await app.request<User>(path, { ...options, json })).status).toBe(201);
    const shouted = path.replace(customer.id, customer.id.toUpperCase());
    const another = { ...json, userPrincipalName: newId() };
    expect((await app.request<User>(shouted, { ...options, json: another })).status).toBe(201);
    const chief = { ...json, userPrincipalName: newId(), permission: "Global admin" };
    const refused = await app.refused(path, { ...options, json: chief });
    expect([refused.status, refused.body.code]).toEqual([403, "forbidden"]);
    expect(refused.body.detail).toContain("needs Privileged Role Administrator at");
  });

  it("learns what it allows before anything is tried", async () => {
    const admin = await makeColleague(app);
    await grantRole(app, admin, customer, "licenseAdministrator");
    const { body } = await app.request<{ roles: string[]; missing: Record<string, string | null> }>(
      `/v1/customers/${customer.id}/authority`,
      { key: admin.key },
    );
    expect(body.roles).toEqual(["licenseAdministrator"]);
    expect(body.missing).toMatchObject({ read: null, changeLicenses: null, updateUsers: null });
    expect(body.missing["deleteUsers"]).toContain("User Administrator");
  });
});

describe("who makes a customer", () => {
  it("is Global Administrator there for two years", async () => {
    const maker = await makeColleague(app);
    const json = { name: "Northwind", domains: [`${newId().slice(-12)}.example`] };
    const made = await app.request<Customer>("/v1/customers", { key: maker.key, json });
    expect(made.status).toBe(201);
    const grants = await app.request<{ items: { agentId: string; role: string; endsAt: string }[] }>(
      `/v1/customers/${made.body.id}/grants`,
    );
    expect(grants.body.items).toMatchObject([{ agentId: maker.id, role: "globalAdministrator" }]);
    const days = (Date.parse(grants.body.items[0]?.endsAt ?? "") - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(730);
  });

  it("is an Admin agent", async () => {
    const helper = await makeColleague(app, "helpdeskAgent");
    const json = { name: "Wingtip", domains: [`${newId()}.example`] };
    const refused = await app.refused("/v1/customers", { key: helper.key, json });
    expect(refused.body).toMatchObject({ code: "forbidden", detail: "Needs Admin agent" });
  });
});

describe("an API key", () => {
  it("carries the part of its owner's authority that was chosen when it was made", async () => {
    const other = await app.makeCustomer();
    const owner = await makeColleague(app);
    await grantRole(app, owner, customer, "globalAdministrator");
    await grantRole(app, owner, other, "globalAdministrator");
    const authority = { roles: ["directoryReader" as const], customerIds: [customer.id] };
    const made = await app.request<{ id: string; key: string }>("/v1/api-keys", {
      key: owner.key,
      json: { name: "reader", authority },
    });
    const { key } = made.body;
    expect(made.body).toMatchObject({ authority });
    expect((await app.request(`/v1/customers/${customer.id}/users`, { key })).status).toBe(200);
    expect((await app.refused(`/v1/customers/${other.id}/users`, { key })).body.code).toBe("not_found");
    expect(ids((await app.request<{ items: Batch[] }>("/v1/batches", { key })).body)).toContain(batch.id);
    expect(ids((await app.request<{ items: Customer[] }>("/v1/customers", { key })).body)).toEqual([customer.id]);
    const json = { userPrincipalName: newId(), displayName: "Someone" };
    const refused = await app.refused(`/v1/customers/${customer.id}/users`, { key, json });
    expect(refused.body.code).toBe("forbidden");
    expect((await app.request("/v1/me", { key })).body).toMatchObject({ partnerRole: "adminAgent", key: authority });
  });

  it("loses what its owner loses", async () => {
    const owner = await makeColleague(app);
    const grant = await grantRole(app, owner, customer, "directoryWriter");
    const key = await makeKey(app, owner.id, { roles: ["globalAdministrator"] });
    const json = { userPrincipalName: newId(), displayName: "Someone", permission: "Global admin" };
    const path = `/v1/customers/${customer.id}/users`;
    const answer = await app.refused(path, { key, json, headers: { prefer: "wait=10" } });
    expect(answer.body.code).toBe("forbidden");
    await app.request(`/v1/customers/${customer.id}/grants/${grant.id}`, { method: "DELETE" });
    expect((await app.refused(path, { key, json })).body.code).toBe("not_found");
  });

  it("that is narrowed makes no other key", async () => {
    const owner = await makeColleague(app);
    const key = await makeKey(app, owner.id, { partnerRole: "salesAgent" });
    expect((await app.refused("/v1/api-keys", { key, json: { name: "wider" } })).body.code).toBe("forbidden");
  });

  it("that is taken away stops the batch that it set going", async () => {
    const owner = await makeColleague(app);
    await grantRole(app, owner, customer, "globalAdministrator");
    const key = await makeKey(app, owner.id, { roles: ["directoryWriter"] });
    const { id } = await upload(newId());
    const startAt = new Date(Date.now() + 3_600_000).toISOString();
    expect((await app.request(`/v1/batches/${id}/apply`, { key, json: { startAt } })).status).toBe(202);
    await app.db.sql`delete from api_keys where agent_id = ${owner.id} and authority is not null`;
    await app.db.sql`update batches set start_at = now() where id = ${id}`;
    await eventually(async () => {
      const { body } = await app.request<Batch>(`/v1/batches/${id}`);
      expect(body).toMatchObject({ state: "paused", stopped: { code: "forbidden" } });
    });
  });
});

describe("what moves", () => {
  it("is told to those only who may see it", async () => {
    const helper = await makeColleague(app, "helpdeskAgent");
    await grantRole(app, helper, customer, "directoryReader");
    const [seeing, blind] = await Promise.all([
      openEvents(`${app.url}/v1/events`, { authorization: `Bearer ${helper.key}` }),
      openEvents(`${app.url}/v1/events`, { authorization: `Bearer ${stranger.key}` }),
    ]);
    const { id } = await upload(newId());
    await app.apply(id);
    await app.finished(id);
    await eventually(() => {
      expect(seeing.text()).toContain(id);
    });
    expect(blind.text()).not.toContain("event: batch");
    seeing.close();
    blind.close();
  });

  it("is shown on Bull Board to those only who may see it", async () => {
    const helper = await makeColleague(app, "helpdeskAgent");
    await grantRole(app, helper, customer, "directoryReader");
    const file = `Display name,Email\nA,${newId()}@${customer.domain}\n`;
    const { id } = await app.upload(customer.id, file, "&apply=true");
    await app.finished(id);
    const api = "/queues/api/queues";
    const list = `${api}?activeQueue=user-creation&status=completed&jobsPerPage=100`;
    await eventually(async () => {
      expect((await app.request(list, { key: helper.key })).text).toContain(id);
    });
    for (const path of [list, list.replace("?", "/?"), list.replace("/api/", "/API/")]) {
      expect((await app.request(path, { key: stranger.key })).text).not.toContain(id);
    }
    const job = `${api}/user-creation/${id}-1-1`;
    expect((await app.request(job, { key: helper.key })).status).toBe(200);
    const spellings = [job, `${job}/`, job.replaceAll("-", "%2D"), job.replace("/api/queues", "/API/Queues")];
    for (const path of [...spellings, `${job}/logs`]) {
      expect((await app.refused(path, { key: stranger.key })).body.code).toBe("not_found");
    }
  });

  it("is tried again on Bull Board by those only who may do it", async () => {
    const { id } = await app.upload(
      (await app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 0 }])).id,
      "Display name,Email,Usage location,Licenses\nA,a1,DE,SPE_E3\n",
      "&apply=true",
    );
    const { customerId } = await app.finished(id);
    const job = await eventually(async () => {
      const failed = await app.queues["user-creation"].getFailed(0, 100);
      const found = failed.find(({ data }) => (data as { batchId: string }).batchId === id);
      if (found === undefined) throw new Error("the job did not fail yet");
      return found;
    });
    const helper = await makeColleague(app, "helpdeskAgent");
    await grantRole(app, helper, { id: customerId }, "globalAdministrator");
    const newcomer = await makeColleague(app);
    const retry = (key: string) =>
      app.refused(`/queues/api/queues/user-creation/${job.id}/retry`, { method: "PUT", key });
    expect((await retry(newcomer.key)).body.code).toBe("not_found");
    expect((await retry(helper.key)).body.code).toBe("forbidden");
    const recorded = await app.db.sql`select from audit where actor_id = ${helper.id} and status = 'refused'`;
    expect(recorded).toHaveLength(1);
  });
});
