import { EventEmitter, once as onceEmitted } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Made, once } from "../../api/http/idempotency.ts";
import type { Batch } from "../../contract/batch.ts";
import type { RecordResult } from "../../core/actor.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import { newId } from "../../db/new-id.ts";
import { makeColleague, makeKey } from "../support/agents.ts";
import { eventually } from "../support/eventually.ts";
import { startApp, type TestApp } from "../support/app.ts";

let app: TestApp;
let customer: { id: string; domain: string };
beforeAll(async () => {
  app = await startApp();
  customer = await app.makeCustomer();
});
afterAll(() => app.close());

function keyed(key = newId()): Record<string, string> {
  return { "idempotency-key": key };
}

const file = () => `Display name,Email\nGrace,grace@${customer.domain}\n`;
const path = () => `/v1/customers/${customer.id}/uploads?operation=create-users`;
const use = (key: string) => ({ caller: "agent", route: "post /x", key });

/** Makes a thing of no more than an id, in a transaction of its own. */
const makeThing = (recordResult: RecordResult, meanwhile: () => Promise<unknown> = async () => {}): Promise<Made> =>
  inTransaction(app.db.pool, async (tx) => {
    const id = newId();
    await meanwhile();
    await recordResult(tx, id);
    return { id };
  });

describe("a POST with an Idempotency-Key", () => {
  it("sent twice makes one batch, and the repeat shows it as it is by then", async () => {
    const headers = keyed();
    const users = `/v1/customers/${customer.id}/users`;
    const json = { userPrincipalName: `ada@${customer.domain}`, displayName: "Ada" };
    const first = await app.request<Batch>(users, { json, headers });
    expect(first.status).toBe(202);
    await app.finished(first.body.id);
    const again = await app.request<{ batchId: string }>(users, { json, headers: { ...headers, prefer: "wait=10" } });
    expect(again.status).toBe(201);
    expect(again.body.batchId).toBe(first.body.id);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
  });

  it("sent twenty times at once makes one customer", async () => {
    const headers = keyed();
    const json = { name: "Once", domains: [`${newId()}.example`] };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => app.request<{ id: string; code: string }>("/v1/customers", { json, headers })),
    );
    const done = answers.filter(({ status }) => status === 201);
    expect(new Set(done.map(({ body }) => body.id)).size).toBe(1);
    const refused = answers.filter(({ status }) => status !== 201);
    expect(new Set(refused.map(({ body }) => body.code))).toEqual(
      refused.length === 0 ? new Set() : new Set(["idempotency_in_flight"]),
    );
  });

  it("sent with another body is refused", async () => {
    const headers = keyed();
    const json = { name: "One", domains: [`${newId()}.example`] };
    await app.request("/v1/customers", { json, headers });
    const answer = await app.refused("/v1/customers", { json: { ...json, name: "Two" }, headers });
    expect(answer.status).toBe(422);
    expect(answer.body.code).toBe("idempotency_key_reused");
  });

  it("sent to another customer's address is refused", async () => {
    const other = await app.makeCustomer();
    const headers = keyed();
    const json = { name: `${newId()}.example` };
    await app.request(`/v1/customers/${customer.id}/domains`, { json, headers });
    const answer = await app.refused(`/v1/customers/${other.id}/domains`, { json, headers });
    expect(answer.body.code).toBe("idempotency_key_reused");
  });

  it("that was refused can be mended and sent again", async () => {
    const headers = keyed();
    const domain = `${newId()}.example`;
    const taken = await app.refused("/v1/customers", { json: { name: "A", domains: [customer.domain] }, headers });
    expect(taken.body.code).toBe("domain_taken");
    expect((await app.request("/v1/customers", { json: { name: "A", domains: [domain] }, headers })).status).toBe(201);
  });

  it("means nothing to another caller", async () => {
    const session = await app.signIn();
    const headers = keyed();
    const make = (name: string, more: object) =>
      app.request("/v1/customers", { json: { name, domains: [`${newId()}.example`] }, ...more });
    expect((await make("Mine", { headers })).status).toBe(201);
    expect((await make("Theirs", { key: null, headers: { ...headers, ...session } })).status).toBe(201);
  });

  it("means nothing to another key of the same agent, because that may be allowed less", async () => {
    const colleague = await makeColleague(app);
    const keys = [colleague.key, await makeKey(app, colleague.id)];
    const headers = keyed();
    const made = await Promise.all(
      keys.map((key) => {
        const json = { name: `Group ${newId()}` };
        return app.request<{ id: string }>("/v1/agent-groups", { key, headers, json });
      }),
    );
    expect(made.map(({ status }) => status)).toEqual([201, 201]);
    expect(made[0]?.body.id).not.toBe(made[1]?.body.id);
  });

  it.each(["", "a b", "x".repeat(256)])("that is malformed is refused: %j", async (key) => {
    const json = { name: "A", domains: [`${newId()}.example`] };
    const answer = await app.request<{ code: string }>("/v1/customers", { json, headers: keyed(key) });
    expect(answer.body.code).toBe("body_invalid");
  });
});

describe("an upload with an Idempotency-Key", () => {
  it("sent twice makes one batch", async () => {
    const headers = keyed();
    const first = await app.request<Batch>(path(), { csv: file(), headers });
    const again = await app.request<Batch>(path(), { csv: file(), headers });
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body.id).toBe(first.body.id);
  });

  it("sent as a form by a browser that picks another boundary is still the same", async () => {
    const headers = keyed();
    const send = async () => {
      const form = new FormData();
      form.append("options", JSON.stringify({ operation: "create-users" }));
      form.append("file", new Blob([file()]), "people.csv");
      const answer = await fetch(`${app.url}/v1/customers/${customer.id}/uploads`, {
        method: "POST",
        body: form,
        headers: { ...headers, authorization: `Bearer ${app.key}` },
      });
      return (await answer.json()) as Batch;
    };
    expect((await send()).id).toBe((await send()).id);
  });

  it("sent with another file or other options is refused", async () => {
    const headers = keyed();
    await app.request(path(), { csv: file(), headers });
    const others = [
      { path: path(), csv: `${file()}Hedy,hedy@${customer.domain}\n` },
      { path: `${path()}&onExisting=update`, csv: file() },
    ];
    for (const other of others) {
      const answer = await app.refused(other.path, { csv: other.csv, headers });
      expect(answer.body.code).toBe("idempotency_key_reused");
    }
  });
});

describe("the store of keys", () => {
  it("answers 409 while the first request runs", async () => {
    const held = new EventEmitter();
    const key = newId();
    const first = once(
      app.db,
      use(key),
      () => "h",
      (recordResult) => makeThing(recordResult, () => onceEmitted(held, "go")),
    );
    await eventually(async () => (await app.db.sql`select 1 from idempotency_keys where key = ${key}`).length === 1);
    await expect(once(app.db, use(key), () => "h", makeThing)).rejects.toMatchObject({ code: "idempotency_in_flight" });
    held.emit("go");
    const one = await first;
    expect((await once(app.db, use(key), () => "h", makeThing)).id).toBe(one.id);
  });

  it("frees the key of a process that died a minute ago", async () => {
    const key = newId();
    await app.db.sql`insert into idempotency_keys (caller, route, key, body_hash, created_at)
      values ('agent', 'post /x', ${key}, '', now() - interval '61 seconds')`;
    expect((await once(app.db, use(key), () => "h", makeThing)).repeated).toBe(false);
  });

  it("undoes a request that was taken for dead and lives, once another has its key", async () => {
    const held = new EventEmitter();
    const key = newId();
    const slow = once(
      app.db,
      use(key),
      () => "h",
      (recordResult) => makeThing(recordResult, () => onceEmitted(held, "go")),
    );
    await eventually(async () => (await app.db.sql`select 1 from idempotency_keys where key = ${key}`).length === 1);
    await app.db.sql`update idempotency_keys set created_at = now() - interval '61 seconds' where key = ${key}`;
    const second = await once(app.db, use(key), () => "h", makeThing);
    held.emit("go");
    await expect(slow).rejects.toMatchObject({ code: "idempotency_in_flight" });
    expect(await once(app.db, use(key), () => "h", makeThing)).toEqual({ id: second.id, repeated: true });
  });

  it("forgets a key after 24 hours", async () => {
    const key = newId();
    const one = await once(app.db, use(key), () => "h", makeThing);
    await app.db.sql`update idempotency_keys set created_at = now() - interval '25 hours' where key = ${key}`;
    const again = await once(app.db, use(key), () => "other", makeThing);
    expect(again.id).not.toBe(one.id);
  });
});
