import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { type RouteName, routeNames, routes } from "../../contract/routes.ts";
import { type Route, takesKey } from "../../contract/routes/route.ts";
import { newId } from "../../db/new-id.ts";
import { type Colleague, makeColleague } from "../support/agents.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { startMailServer, type TestMailServer } from "../support/mail-server.ts";
import { asAdmin } from "../support/as-admin.ts";
import { type CommitLosingProxy, startCommitLosingProxy } from "../support/commit-losing-proxy.ts";
import { documented, send, toRequest } from "../support/documented-requests.ts";
import { type ExampleStage, stageExample } from "../support/example-stage.ts";
import { pictureOf } from "../support/picture.ts";

let proxy: CommitLosingProxy;
let app: TestApp;
let idle: TestApp;
let mailServer: TestMailServer;
beforeAll(async () => {
  proxy = await startCommitLosingProxy(inject("adminUrl"));
  const through = async (url: string) => proxy.urlOf(url);
  mailServer = await startMailServer();
  const { mail } = mailServer;
  app = await startApp({ through, mail });
  idle = await startApp({ through, workers: false, mail });
  for (const { db } of [app, idle]) {
    await asAdmin(
      db.url,
      `
      create function refuse_settling() returns trigger language plpgsql as
        $$ begin raise exception 'refused' using errcode = '57014'; end $$;
      create trigger refuse_settling before insert or update on idempotency_keys
        for each row when (new.result_id is not null) execute function refuse_settling();
      alter table idempotency_keys disable trigger refuse_settling;`,
    );
  }
});
afterAll(async () => {
  await idle.close();
  await app.close();
  mailServer.close();
  await proxy.close();
});
beforeEach(() => app.db.sql`delete from rate_limits`);

/** Every POST that takes an Idempotency-Key, each with its examples; a preview changes nothing that could happen twice. */
const posts = documented.filter(({ name, key }) => takesKey(routes[name]) && key !== "preview");
/** One example of each. */
const onePerRoute = posts.filter(({ name }, at) => posts.findIndex((one) => one.name === name) === at);
const titled = (some: typeof posts) => some.map((one) => [one.name, one.key, one] as const);

/** A download makes nothing, and a repeat of it is one more, which the audit tells. */
const downloads = new Set<RouteName>(["downloadPasswords"]);
/** Gives nothing but what is shown or mailed once. */
const shownOnce = new Set<RouteName>(["makeLinks", "mailLinks"]);

async function stageOf(one: (typeof posts)[number]) {
  const stage = await stageExample({ app, idle }, one.name, JSON.stringify(toRequest(one)));
  // Sent more than once in this file, and free once only.
  for (const taken of ["noor.haddad", "Night shift", "tailspin"]) stage.words.set(taken, newId().slice(-12));
  const { db } = stage.app;
  return { stage, request: toRequest(one, stage), db, picture: () => pictureOf(db, { atRest: stage.app === app }) };
}

/** Waits where the route can, so that the answer holds all that there is to show. */
const waiting = (name: RouteName): Record<string, string> =>
  (routes[name] as Route).headers?.includes("Prefer") === true ? { prefer: "wait=10" } : {};

/** What an answer showed that is a secret: passwords, keys and links. */
function secretsIn(text: string): string[] {
  const named = [...text.matchAll(/"(?:temporaryPassword|password|key|url|secret)":"([^"]+)"/g)].map(
    ([, value = ""]) => value,
  );
  const links = [...text.matchAll(/\/link#([\w-]+)/g)].map(([, value = ""]) => value);
  return [...named, ...links];
}

it("there are as many POSTs to try as the table of routes has", () => {
  const all = routeNames.filter((name) => takesKey(routes[name]));
  expect(onePerRoute.map(({ name }) => name).toSorted()).toEqual(all.toSorted());
});

describe("where what came of a key cannot be written, nothing was done, and the same request then does it once:", () => {
  it.each(titled(posts))("%s, %s", async (name, _key, one) => {
    const { stage, request, db, picture } = await stageOf(one);
    const before = await picture();
    await db.sql`alter table idempotency_keys enable trigger refuse_settling`;
    const refused = await send(stage, request, waiting(name));
    await db.sql`alter table idempotency_keys disable trigger refuse_settling`;
    expect(refused).toMatchObject({ status: 503 });
    expect(await picture()).toEqual(before);

    const done = await send(stage, request, waiting(name));
    expect(done).toMatchObject({ ok: true });
    const after = await picture();
    expect(after).not.toEqual(before);

    const repeated = await send(stage, request, waiting(name));
    expect(repeated).toMatchObject({ replayed: true, status: shownOnce.has(name) ? 410 : done.status });
    if (downloads.has(name)) return;
    expect(await picture()).toEqual(after);
    for (const secret of secretsIn(done.text)) expect(repeated.text).not.toContain(secret);
  });
});

describe("where the answer to the commit is lost, it was done once, and the same request does not do it again:", () => {
  it.each(titled(onePerRoute))("%s, %s", async (name, _key, one) => {
    const { stage, request, picture } = await stageOf(one);
    const before = await picture();
    const lost = proxy.lost();
    proxy.loseNextCommit();
    const doubtful = await send(stage, request, waiting(name));
    expect(proxy.lost()).toBe(lost + 1);
    expect(doubtful).toMatchObject({ status: 503 });
    const after = await picture();
    expect(after).not.toEqual(before);

    const repeated = await send(stage, request, waiting(name));
    expect(repeated).toMatchObject(
      shownOnce.has(name) ? { replayed: true, status: 410 } : { replayed: true, ok: true },
    );
    if (downloads.has(name)) return;
    expect(await picture()).toEqual(after);
  });
});

describe("who may no longer do it is told nothing by a repeat:", () => {
  let colleague: Colleague;
  beforeAll(async () => {
    const [admin, ofIdle] = await Promise.all([makeColleague(app), makeColleague(idle)]);
    colleague = admin;
    colleagues.set(app, admin).set(idle, ofIdle);
  });
  const colleagues = new Map<TestApp, Colleague>();
  const keyOf = (stage: ExampleStage) => colleagues.get(stage.app)?.key ?? colleague.key;
  const idOf = (stage: ExampleStage) => colleagues.get(stage.app)?.id ?? colleague.id;
  /** An agent's own keys are theirs, whatever else they may do. */
  const theirOwn = new Set<RouteName>(["createApiKey"]);

  async function doIt(one: (typeof posts)[number]) {
    const { stage, request } = await stageOf(one);
    const asColleague = { ...stage, key: keyOf(stage) };
    const first = await send(asColleague, request, waiting(one.name));
    expect(first).toMatchObject({ ok: true });
    const repeat = async () => {
      const again = await send(asColleague, request, waiting(one.name));
      for (const secret of secretsIn(first.text)) expect(again.text).not.toContain(secret);
      return again;
    };
    return { stage, repeat, agentId: idOf(stage) };
  }

  // What somebody may see and do at each of many customers is tried in test/api/bundles.test.ts.
  const asked = onePerRoute.filter(({ name }) => routes[name].authority !== "eachCustomer");

  it.each(titled(asked))("%s, %s", async (name, _key, one) => {
    const { stage, repeat, agentId } = await doIt(one);
    const { sql } = stage.app.db;
    const ofCustomer = /\{(?:customerId|batchId)\}/.test(routes[name].path);
    try {
      await sql`update api_keys set authority = '{"roles":["directoryReader"]}' where agent_id = ${agentId}`;
      expect((await repeat()).status).toBe(403);
      await sql`update api_keys set authority = null where agent_id = ${agentId}`;

      await sql`update agents set partner_role = 'salesAgent' where id = ${agentId}`;
      await sql`delete from grants where agent_id = ${agentId} and role <> 'globalAdministrator'`;
      await sql`update grants set role = 'directoryReader' where agent_id = ${agentId}`;
      expect((await repeat()).status).toBe(theirOwn.has(name) ? 201 : 403);

      await sql`delete from grants where agent_id = ${agentId}`;
      expect((await repeat()).status).toBe(ofCustomer ? 404 : theirOwn.has(name) ? 201 : 403);
      const refused = await sql`
        select from audit where actor_id = ${agentId} and operation = 'refused_attempt' and after ->> 'attempt' = ${name}`;
      expect(refused.length).toBeGreaterThan(0);
    } finally {
      await sql`update api_keys set authority = null where agent_id = ${agentId}`;
      await sql`update agents set partner_role = 'adminAgent' where id = ${agentId}`;
    }
  });
});
