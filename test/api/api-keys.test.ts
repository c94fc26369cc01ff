import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { KeyAuthority } from "../../contract/authority.ts";
import { newId } from "../../db/new-id.ts";
import { makeColleague, makeKey as keyFor } from "../support/agents.ts";
import { startApp, type TestApp } from "../support/app.ts";

let app: TestApp;
let session: Record<string, string>;
beforeAll(async () => {
  app = await startApp({ workers: false });
  session = await app.signIn();
});
afterAll(() => app.close());

type Made = { id: string; key: string; start: string; createdAt: string; expiresAt: string };

async function makeKey(json: object, headers: Record<string, string> = {}) {
  return await app.request<Made>("/v1/api-keys", { key: null, json, headers: { ...session, ...headers } });
}

it("a key is shown when it is made and never again", async () => {
  const made = await makeKey({ name: "nightly import" });
  expect(made.status).toBe(201);
  expect(made.body.key).toMatch(/^muster_/);
  const list = await app.request<{ items: Made[] }>("/v1/api-keys", { key: null, headers: session });
  expect(list.text).not.toContain(made.body.key);
  expect(list.body.items.map(({ id }) => id)).toContain(made.body.id);
});

it("nobody who reads the database learns a key", async () => {
  const { body } = await makeKey({ name: "hashed" });
  const [record] = await app.db.sql<{ all: string }[]>`
    select row_to_json(api_keys)::text as all from api_keys where id = ${body.id}`;
  expect(record?.all).not.toContain(body.key);
});

it("who sends the key is its agent, and the audit can tell which key", async () => {
  const { body } = await makeKey({ name: "crm" });
  const me = await app.request<{ kind: string; name: string; email: string }>("/v1/me", { key: body.key });
  expect(me.body).toMatchObject({ kind: "token", email: app.admin.email });
  expect(me.body.name).toContain("crm");
});

it("a deleted key opens nothing", async () => {
  const { body } = await makeKey({ name: "short lived" });
  const gone = await app.request(`/v1/api-keys/${body.id}`, { method: "DELETE", key: null, headers: session });
  expect(gone.status).toBe(204);
  expect((await app.refused("/v1/me", { key: body.key })).body.code).toBe("unauthenticated");
  const again = await app.refused(`/v1/api-keys/${body.id}`, { method: "DELETE", key: null, headers: session });
  expect(again.body.code).toBe("not_found");
});

it("a key ends after 90 days unless told, and after two years at the latest", async () => {
  const day = 86_400_000;
  for (const expiresInDays of [undefined, 1, 730]) {
    const { body } = await makeKey({ name: "for a time", expiresInDays });
    const lasts = Date.parse(body.expiresAt) - Date.parse(body.createdAt);
    expect(lasts).toBe((expiresInDays ?? 90) * day);
  }
  for (const expiresInDays of [0, 731, null]) {
    expect((await makeKey({ name: "for good", expiresInDays })).status).toBe(422);
  }
});

it("that a key was made and ended is in the audit, with who, whose and which, and the key itself is not", async () => {
  const authority = { roles: ["directoryReader"] };
  const { body } = await makeKey({ name: "told", authority });
  await app.request(`/v1/api-keys/${body.id}`, { method: "DELETE", key: null, headers: session });
  const records = await app.db.sql<{ operation: string; actor_id: string; before: object; after: object }[]>`
    select operation, actor_id, before, after from audit
    where coalesce(after, before) ->> 'keyId' = ${body.id} order by audit.id`;
  const agentId = records[0]?.actor_id;
  const expiresAt = body.expiresAt;
  expect(records).toEqual([
    {
      operation: "create_api_key",
      actor_id: agentId,
      before: null,
      after: { agentId, keyId: body.id, name: "told", expiresAt, authority },
    },
    {
      operation: "end_api_key",
      actor_id: agentId,
      before: { agentId, keyId: body.id, name: "told" },
      after: null,
    },
  ]);
  const [all] = await app.db.sql<{ text: string }[]>`select string_agg(audit::text, ' ') as text from audit`;
  expect(all?.text).not.toContain(body.key);
});

const keysOf = (agentId: string) => `/v1/agents/${agentId}/api-keys`;

describe("the keys of another agent", () => {
  it("are listed and ended by an Admin agent, who is on record", async () => {
    const [admin, colleague] = [await makeColleague(app), await makeColleague(app, "salesAgent")];
    const list = await app.request<{ items: Made[] }>(keysOf(colleague.id), { key: admin.key });
    expect(list.body.items).toHaveLength(1);
    expect(list.text).not.toContain(colleague.key);
    const keyId = list.body.items[0]?.id ?? "";
    const end = { method: "DELETE", key: admin.key };
    expect((await app.request(`${keysOf(admin.id)}/${keyId}`, end)).status).toBe(404);
    expect((await app.request(`${keysOf(colleague.id)}/${keyId}`, end)).status).toBe(204);
    expect((await app.refused("/v1/me", { key: colleague.key })).body.code).toBe("unauthenticated");
    const ended = await app.db.sql`
      select actor_id from audit where operation = 'end_api_key' and before ->> 'keyId' = ${keyId}`;
    expect(ended).toEqual([{ actor_id: admin.id }]);
  });

  it.each(["helpdeskAgent", "salesAgent"] as const)("are nothing to a %s, nor to a narrowed key", async (role) => {
    const [colleague, helper] = [await makeColleague(app), await makeColleague(app, role)];
    const narrowed = await keyFor(app, colleague.id, { roles: ["globalAdministrator"] });
    for (const key of [helper.key, narrowed]) {
      expect((await app.refused(keysOf(colleague.id), { key })).body.code).toBe("forbidden");
      const one = `${keysOf(colleague.id)}/${newId()}`;
      expect((await app.refused(one, { key, method: "DELETE" })).body.code).toBe("forbidden");
    }
  });

  it("are listed for all agents together, those that end next first, to Admin agents alone", async () => {
    const [early, late] = [await makeColleague(app), await makeColleague(app, "helpdeskAgent")];
    await app.db.sql`update api_keys set expires_at = now() + interval '1 hour' where agent_id = ${early.id}`;
    await app.db.sql`update api_keys set expires_at = now() + interval '2 hours' where agent_id = ${late.id}`;
    const first = await app.request<{ items: { agentId: string; agentName: string }[]; next: string }>(
      "/v1/agent-api-keys?limit=1&count=true",
      { key: early.key },
    );
    expect(first.body).toMatchObject({ items: [{ agentId: early.id }], total: expect.any(Number) as number });
    const second = await app.request<typeof first.body>(
      `/v1/agent-api-keys?limit=1&cursor=${encodeURIComponent(first.body.next)}`,
    );
    expect(second.body.items).toMatchObject([{ agentId: late.id, agentName: `Colleague ${late.email.slice(0, 8)}` }]);
    expect(second.text).not.toContain(late.key);
    expect((await app.refused("/v1/agent-api-keys", { key: late.key })).body.code).toBe("forbidden");
  });

  it("are not found where the agent or the key is not there", async () => {
    const { id } = await makeColleague(app);
    expect((await app.refused(keysOf(newId()))).body.code).toBe("not_found");
    expect((await app.refused(`${keysOf(id)}/${newId()}`, { method: "DELETE" })).body.code).toBe("not_found");
  });
});

it.each([
  ["no role", { roles: [] }],
  ["no customer", { customerIds: [] }],
  ["a lesser partner role", { partnerRole: "salesAgent" }],
] as const)(
  "a key narrowed to %s neither sees its owner's keys, nor makes one, nor ends one",
  async (_what, narrowing) => {
    const owner = await makeColleague(app);
    const key = await keyFor(app, owner.id, narrowing as KeyAuthority);
    const own = await app.request<{ items: Made[] }>("/v1/api-keys", { key: owner.key });
    const attempts = [
      await app.refused("/v1/api-keys", { key }),
      await app.refused("/v1/api-keys", { key, json: { name: "wider" } }),
      ...(await Promise.all(
        own.body.items.map(({ id }) => app.refused(`/v1/api-keys/${id}`, { key, method: "DELETE" })),
      )),
    ];
    expect(attempts.map(({ body }) => body.code)).toEqual(attempts.map(() => "forbidden"));
    expect((await app.request<{ items: Made[] }>("/v1/api-keys", { key: owner.key })).body.items).toHaveLength(2);
  },
);

it("an expired key opens nothing", async () => {
  const { body } = await makeKey({ name: "old", expiresInDays: 1 });
  await app.db.sql`update api_keys set expires_at = now() - interval '1 minute' where id = ${body.id}`;
  expect((await app.refused("/v1/me", { key: body.key })).body.code).toBe("unauthenticated");
});

it("the keys of an agent who is gone open nothing", async () => {
  const { body } = await makeKey({ name: "leaver" });
  await app.db.sql`insert into agents (id, name, email) values (gen_random_uuid(), 'L', 'l@muster.example')`;
  await app.db.sql`update api_keys set agent_id = (select id from agents where email = 'l@muster.example')
    where id = ${body.id}`;
  expect((await app.request("/v1/me", { key: body.key })).status).toBe(200);
  await app.db.sql`delete from agents where email = 'l@muster.example'`;
  expect((await app.refused("/v1/me", { key: body.key })).body.code).toBe("unauthenticated");
});

it("a repeat under the same idempotency key makes no second key and shows none", async () => {
  const headers = { "idempotency-key": "make-one-key" };
  const first = await makeKey({ name: "once" }, headers);
  const second = await makeKey({ name: "once" }, headers);
  expect(second.body.id).toBe(first.body.id);
  expect(second.body.key).toBeUndefined();
});

it("the token of the environment has no keys of its own", async () => {
  expect((await app.refused("/v1/api-keys", { json: { name: "x" } })).body.code).toBe("forbidden");
});

it("a wrong bearer token is not made good by a session cookie", async () => {
  const answer = await app.refused("/v1/me", { key: "muster_wrong", headers: session });
  expect(answer.body.code).toBe("unauthenticated");
});
