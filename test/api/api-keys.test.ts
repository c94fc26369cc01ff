import { afterAll, beforeAll, expect, it } from "vitest";
import { startApp, type TestApp } from "../support/app.ts";

let app: TestApp;
let session: Record<string, string>;
beforeAll(async () => {
  app = await startApp({ workers: false });
  session = await app.signIn();
});
afterAll(() => app.close());

type Made = { id: string; key: string; start: string };

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
