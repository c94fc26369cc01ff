import { afterAll, beforeAll, expect, it } from "vitest";
import type { Batch, Row } from "../../contract/batch.ts";
import type { Bundle, DecidedBundle, Question, RefusedRow } from "../../contract/bundle.ts";
import { loadAuthority } from "../../core/access/authority/load-authority.ts";
import type { Actor } from "../../core/actor.ts";
import { listQuestions } from "../../core/batches/bundles/list-questions.ts";
import { sweep } from "../../core/housekeeping/sweep.ts";
import { asksOf } from "../../core/sql/asks.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import { newId } from "../../db/new-id.ts";
import { sql } from "../../db/sql-text.ts";
import { type Colleague, grantRole, makeColleague, makeKey } from "../support/agents.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { brokenInvariants } from "../support/broken-invariants.ts";
import { eventually } from "../support/eventually.ts";
import { parseCsv } from "../support/parse-csv.ts";

let app: TestApp;
let agent: Colleague;
/** Where the agent may make users: by name, by domain, by id. */
let own: { id: string; domain: string }[];
let readOnly: { id: string; domain: string };
let foreign: { id: string; domain: string };
beforeAll(async () => {
  app = await startApp();
  own = await Promise.all([1, 2, 3].map(() => app.makeCustomer()));
  [readOnly, foreign] = await Promise.all([app.makeCustomer(), app.makeCustomer()]);
  // Whoever makes a customer gives each Admin agent of that time a grant there.
  agent = await makeColleague(app);
  for (const customer of own) await grantRole(app, agent, customer, "userAdministrator");
  await grantRole(app, agent, readOnly, "directoryReader");
});
afterAll(() => app.close());

async function send(csv: string, query = "", headers: Record<string, string> = {}): Promise<Bundle> {
  const path = `/v1/bundles?operation=create-users${query}`;
  const { status, body, text } = await app.request<Bundle>(path, { csv, headers, key: agent.key });
  if (status !== 201) throw new Error(text);
  return body;
}

const read = async <Body>(path: string, key = agent.key) => (await app.request<Body>(path, { key })).body;
const batchesOf = async ({ id }: Bundle) => (await read<{ items: Batch[] }>(`/v1/batches?bundleId=${id}`)).items;
const settled = (id: string, timeoutMs = 15_000) =>
  eventually(
    async () => {
      const bundle = await read<Bundle>(`/v1/bundles/${id}`);
      expect([bundle.totals.pending, bundle.states.running ?? 0]).toEqual([0, 0]);
      return bundle;
    },
    { timeoutMs },
  );

it("divides a file by its customers, refuses and names the rows of others, and gives one file back in its order", async () => {
  const [first, second, third] = own as [(typeof own)[0], (typeof own)[0], (typeof own)[0]];
  const name = `Tailspin ${newId()}`;
  await app.request(`/v1/customers/${first.id}`, { method: "PATCH", json: { name } });
  const rows = [
    [name.toUpperCase(), `a@${first.domain}`, "A"],
    ["", `b@${second.domain}`, "B"],
    [readOnly.id, `c@${readOnly.domain}`, "C"],
    [third.id, "d", "D"],
    [foreign.domain, `e@${foreign.domain}`, "E"],
    ["", "f", "F"],
    [first.domain, `g@${second.domain}`, "G"],
    [second.domain, `h@${second.domain}`, "H"],
  ];
  const bundle = await send(`Customer,Email,Display name\n${rows.map((row) => `${row.join(",")}\n`).join("")}`);
  expect(bundle).toMatchObject({
    rows: 8,
    refused: 3,
    batches: 3,
    states: { ready: 3 },
    totals: { pending: 4, failed: 1 },
  });

  const { items: refused } = await read<{ items: RefusedRow[] }>(`/v1/bundles/${bundle.id}/refused`);
  expect(refused.map(({ rowNo, code }) => [rowNo, code])).toEqual([
    [3, "forbidden"],
    [5, "customer_unknown"],
    [6, "customer_unknown"],
  ]);
  expect(refused[0]?.input).toEqual({ Customer: readOnly.id, Email: `c@${readOnly.domain}`, "Display name": "C" });

  const children = await batchesOf(bundle);
  expect(new Map(children.map(({ customerId, totals }) => [customerId, totals.rows]))).toEqual(
    new Map([[first.id, 2], [second.id, 2], [third.id, 1]]), // prettier-ignore
  );

  expect((await app.request(`/v1/bundles/${bundle.id}/apply`, { json: {}, key: agent.key })).status).toBe(202);
  const done = await settled(bundle.id);
  expect(done).toMatchObject({ states: { finished: 3 }, totals: { succeeded: 4, failed: 1 } });

  const csv = await app.request<string>(`/v1/bundles/${bundle.id}/results.csv`, { key: agent.key });
  const [head, ...lines] = parseCsv(csv.text);
  expect(head?.slice(3)).toEqual(["Muster row", "Muster outcome", "Muster code", "Muster message", "Muster customer"]);
  expect(lines.map((line) => line.slice(2, 6))).toEqual([
    ["A", "1", "succeeded", ""],
    ["B", "2", "succeeded", ""],
    ["C", "3", "refused", "forbidden"],
    ["D", "4", "succeeded", ""],
    ["E", "5", "refused", "customer_unknown"],
    ["F", "6", "refused", "customer_unknown"],
    ["G", "7", "failed", "domain_unverified"],
    ["H", "8", "succeeded", ""],
  ]);
  expect(lines[6]?.[6]).toMatch(/^Row 7, column "Email": the domain /);
  expect(lines[0]?.[7]).toBe(name);
  const failed = await app.request<string>(`/v1/bundles/${bundle.id}/failed.csv`, { key: agent.key });
  expect(parseCsv(failed.text)).toEqual([head, ...lines.filter(([, , , , outcome]) => outcome !== "succeeded")]);
  expect(await brokenInvariants(app.db)).toEqual([]);
});

it("finds the customer of a row by its column for the domain, and where that is empty by the username", async () => {
  const [first, second, third] = own as [(typeof own)[0], (typeof own)[0], (typeof own)[0]];
  const run = newId().slice(-12);
  const rows = [
    [first.domain, `k.${run}`],
    [`@${second.domain}`, `l.${run}`],
    ["nowhere.example", `m.${run}@${first.domain}`],
    ["", `n.${run}@${third.domain}`],
  ];
  const bundle = await send(`Domain,Email,Display name\n${rows.map((row) => `${row.join(",")},D\n`).join("")}`);
  expect(bundle).toMatchObject({ rows: 4, refused: 1, batches: 3, totals: { pending: 3, failed: 0 } });
  const planned = await Promise.all(
    (await batchesOf(bundle)).map(async ({ id, customerId }) => {
      const { items } = await read<{ items: Row[] }>(`/v1/batches/${id}/rows`);
      return [customerId, items.map(({ rowNo, person }) => [rowNo, person.userPrincipalName])] as const;
    }),
  );
  expect(new Map(planned)).toEqual(
    new Map([
      [first.id, [[1, `k.${run}@${first.domain}`]]],
      [second.id, [[2, `l.${run}@${second.domain}`]]],
      [third.id, [[4, `n.${run}@${third.domain}`]]],
    ]),
  );
  const { items: refused } = await read<{ items: RefusedRow[] }>(`/v1/bundles/${bundle.id}/refused`);
  expect(refused).toMatchObject([{ rowNo: 3, code: "customer_unknown", field: "domain" }]);
});

it("gives the columns that batches got later back with their heads, so that the file comes in again", async () => {
  const [first, second] = own as [(typeof own)[0], (typeof own)[0]];
  const run = newId().slice(-12);
  const rows = [`${first.domain},x.${run}@${second.domain},X`, `${second.domain},y.${run}@${first.domain},Y`];
  const bundle = await send(
    `Tenant,Email,Display name\n${rows.join("\n")}\n${second.domain},z.${run}@${first.domain},Z\n`,
  );
  const change = async (customer: { id: string }, rowNo: number, values: Record<string, string>) => {
    const { id } = (await batchesOf(bundle)).find(({ customerId }) => customerId === customer.id) as Batch;
    const json = { rows: [{ rowNo, values }] };
    expect((await app.request(`/v1/batches/${id}/rows`, { method: "PATCH", json, key: agent.key })).status).toBe(200);
  };
  await change(first, 1, { usageLocation: "DE" });
  await change(second, 2, { department: "Sales", usageLocation: "FR" });

  const { text } = await app.request(`/v1/bundles/${bundle.id}/failed.csv`, { key: agent.key });
  const [head, ...lines] = parseCsv(text);
  expect(head?.slice(2, 6)).toEqual(["Display name", "Usage location", "Department", "Muster row"]);
  expect(lines.map((line) => line.slice(2, 6))).toEqual([
    ["X", "DE", "", "1"],
    ["Y", "FR", "Sales", "2"],
    ["Z", "", "", "3"],
  ]);
  const again = await batchesOf(await send(text));
  const planned = await Promise.all(again.map(({ id }) => read<{ items: Row[] }>(`/v1/batches/${id}/rows`)));
  expect(planned.flatMap(({ items }) => items).map(({ code }) => code)).toEqual(lines.map(() => "domain_unverified"));
});

it("keeps the rows' numbers where customers take turns, cuts chunks by rows, and carries each row's own password", async () => {
  const [first, second] = own as [(typeof own)[0], (typeof own)[0]];
  const run = newId().slice(-12);
  const people = Array.from({ length: 2_002 }, (_, at) => {
    const { domain } = at % 2 === 0 ? first : second;
    return `p${at + 1}.${run}@${domain},Person ${at + 1},Pass-word-${at + 1}\n`;
  });
  const bundle = await send(`Email,Display name,Password\n${people.join("")}`, "&apply=true");
  expect(bundle).toMatchObject({ rows: 2_002, refused: 0, batches: 2 });
  expect(await settled(bundle.id)).toMatchObject({ totals: { succeeded: 2_002 } });
  const batch = (await batchesOf(bundle)).find(({ customerId }) => customerId === second.id) as Batch;
  const chunks = await read<{ items: { rowFrom: number; rowTo: number }[] }>(`/v1/batches/${batch.id}/chunks`);
  expect(chunks.items).toMatchObject([
    { rowFrom: 2, rowTo: 400 },
    { rowFrom: 402, rowTo: 2_002 },
  ]);
  const { items } = await read<{ items: Row[] }>(`/v1/batches/${batch.id}/rows?limit=1`);
  expect(items[0]).toMatchObject({ rowNo: 2, job: { jobId: `${batch.id}-1-1` } });
  const last = await read<Row>(`/v1/batches/${batch.id}/rows/2002`);
  expect(last).toMatchObject({ input: { "Display name": "Person 2002" }, job: { jobId: `${batch.id}-2-1` } });
  const { text } = await app.request(`/v1/batches/${batch.id}/passwords`, { json: {} });
  expect(parseCsv(text).filter((line) => line.includes("Pass-word-2002"))).toHaveLength(1);
  expect(await brokenInvariants(app.db)).toEqual([]);
});

it("is made once for a key, and not at all where the file turns out unreadable", async () => {
  const count = async () => (await app.db.sql`select from bundles union all select from batches`).length;
  const headers = { "idempotency-key": newId() };
  const csv = `Email,Display name\nonce.${newId()}@${own[0]?.domain},Once\n`;
  const made = await send(csv, "", headers);
  expect((await send(csv, "", headers)).id).toBe(made.id);
  const before = await count();
  const path = "/v1/bundles?operation=create-users";
  const long = `${csv}${`x@${own[1]?.domain},X\n`.repeat(2_000)}y@${own[1]?.domain},${"y".repeat(40_000)}\n`;
  expect((await app.refused(path, { csv: long, key: agent.key })).body.code).toBe("cell_too_long");
  expect(await count()).toBe(before);
  expect(await app.db.sql`select from rows where batch_id not in (select id from batches)`).toEqual([]);
});

it("starts what needs nothing, asks for a number, and has the batch that needs a second agent wait", async () => {
  const [free, counted, braked] = own as [(typeof own)[0], (typeof own)[0], (typeof own)[0]];
  const run = newId().slice(-12);
  const names = [free, counted, counted, braked, braked, braked].map(({ domain }, at) => `q${at}.${run}@${domain}`);
  const making = await send(`Email,Display name\n${names.map((name) => `${name},Q\n`).join("")}`, "&apply=true");
  await settled(making.id);
  for (const { id } of own) {
    const json = { limits: { users: 2, percent: null, admins: false } };
    await app.request(`/v1/customers/${id}/brakes`, { method: "PUT", json });
  }
  const csv = `Email\n${names.join("\n")}\n`;
  const path = "/v1/bundles?operation=delete-users&apply=true";
  const { body: bundle } = await app.request<Bundle>(path, { csv, key: agent.key });
  expect(bundle).toMatchObject({ toConfirm: 2, states: { ready: 1, awaiting_approval: 1 } });
  const apply = (json: object) => app.request<Bundle>(`/v1/bundles/${bundle.id}/apply`, { json, key: agent.key });
  expect((await apply({})).body).toMatchObject({ code: "confirmation_needed" });
  expect((await apply({ confirm: 2 })).body).toMatchObject({ toConfirm: 0, states: { awaiting_approval: 1 } });
  const done = await eventually(async () => {
    const now = await read<Bundle>(`/v1/bundles/${bundle.id}`);
    expect(now.states).toEqual({ finished: 2, awaiting_approval: 1 });
    return now;
  });
  expect(done.totals).toMatchObject({ succeeded: 3, pending: 3 });
});

it("goes on with all paused batches of a file where the agent may, and with no other", async () => {
  const [first, second, third] = own as [(typeof own)[0], (typeof own)[0], (typeof own)[0]];
  const run = newId().slice(-12);
  const rows = own.map(({ domain }) => `s.${run}@${domain},S\n`).join("");
  const bundle = await send(`Email,Display name\n${rows}`);
  await app.db.sql`update batches set state = 'paused', paused_at = now(), started_at = now()
    where bundle_id = ${bundle.id} and customer_id <> ${first.id}`;
  await app.db.sql`update chunks set state = 'ready'
    where batch_id in (select id from batches where bundle_id = ${bundle.id} and state = 'paused')`;
  const other = await makeColleague(app);
  for (const [customer, role] of [
    [second, "userAdministrator"],
    [third, "directoryReader"],
  ] as const) {
    await grantRole(app, other, customer, role);
  }
  const resumed = await app.request<Bundle>(`/v1/bundles/${bundle.id}/resume`, { method: "POST", key: other.key });
  expect([resumed.status, resumed.body.states["paused"]]).toEqual([202, 1]);
  await eventually(async () => {
    expect((await read<Bundle>(`/v1/bundles/${bundle.id}`)).states).toEqual({ ready: 1, finished: 1, paused: 1 });
  });
  const made = await app.db.sql`
    select distinct actor_id as actor from audit where operation = 'create_customer_user'
      and batch_id in (select id from batches where bundle_id = ${bundle.id})`;
  expect(made).toEqual([{ actor: other.id }]);
});

it("refuses the rows of three customers out of two hundred, and carries out those of all others", async () => {
  const run = newId().slice(-12);
  const mayNot = [7, 100, 193];
  await app.db.sql`
    with made as (
      insert into customers (id, name)
      select gen_random_uuid(), no::text from generate_series(1, 200) no returning id, name as no
    ), placed as (
      insert into domains (name, customer_id) select 'c' || no || '.' || ${run}::text || '.example', id from made
    )
    insert into grants (id, customer_id, agent_id, role, ends_at, created_at, created_by)
    select gen_random_uuid(), id, ${agent.id},
      case when no::int = any(${mayNot}::int[]) then 'directoryReader' else 'userAdministrator' end,
      now() + interval '1 day', now(), 'test' from made`;
  const rows = Array.from({ length: 200 }, (_, at) => `u@c${at + 1}.${run}.example,Person ${at + 1}\n`);
  const bundle = await send(`Email,Display name\n${rows.join("")}`, "&apply=true");
  expect(bundle).toMatchObject({ rows: 200, refused: 3, batches: 197 });
  expect(await settled(bundle.id, 60_000)).toMatchObject({
    states: { finished: 197 },
    totals: { succeeded: 197, failed: 0 },
  });
  const { items } = await read<{ items: RefusedRow[] }>(`/v1/bundles/${bundle.id}/refused`);
  expect(items.map(({ rowNo, code }) => [rowNo, code])).toEqual(mayNot.map((no) => [no, "forbidden"]));
}, 120_000);

it("has plans wait for a second agent for what all of the file hits, however few each of them does", async () => {
  const run = newId().slice(-12);
  const names = own.map(({ domain }, at) => `f${at}.${run}@${domain}`);
  const making = await send(`Email,Display name\n${names.map((name) => `${name},F\n`).join("")}`, "&apply=true");
  await settled(making.id);
  const json = { users: 2, percent: null, admins: false };
  await app.request("/v1/brakes", { method: "PUT", json });
  const csv = `Email\n${names.join("\n")}\n`;
  const file = "The whole file deletes more than 2 users, which needs the yes of a second agent.";
  const path = "/v1/bundles?operation=delete-users";
  const { body: planned } = await app.request<Bundle>(path, { csv, key: agent.key });
  expect(planned).toMatchObject({ toConfirm: 0, toApprove: 3, why: file, states: { ready: 3 } });
  const [one, other] = await batchesOf(planned);
  expect(one?.brake).toMatchObject({ users: 1, needs: "approval", why: `The plan deletes 1 user. ${file}` });
  const apply = async (batch?: Batch) =>
    (await app.request<Batch>(`/v1/batches/${batch?.id ?? ""}/apply`, { json: {}, key: agent.key })).body;
  expect((await apply(one)).state).toBe("awaiting_approval");
  await app.request(`/v1/batches/${one?.id ?? ""}/cancel`, { method: "POST", key: agent.key });
  expect((await read<Batch>(`/v1/batches/${other?.id ?? ""}`)).brake.needs).toBeNull();
  const { body: applied } = await app.request<Bundle>(`${path}&apply=true`, { csv, key: agent.key });
  expect(applied).toMatchObject({ toApprove: 0, why: null, states: { awaiting_approval: 3 } });
});

it("counts a file as a whole for retries, too: what was cancelled counts once it is retried, and no retry makes it smaller", async () => {
  const run = newId().slice(-12);
  const names = own.flatMap(({ domain }) => [`v.${run}@${domain}`, `w.${run}@${domain}`]);
  const making = await send(`Email,Display name\n${names.map((name) => `${name},V\n`).join("")}`, "&apply=true");
  await settled(making.id);
  await app.request("/v1/brakes", { method: "PUT", json: { users: 2, percent: null, admins: false } });
  const { body: bundle } = await app.request<Bundle>("/v1/bundles?operation=delete-users", {
    csv: `Email\n${names.join("\n")}\n`,
    key: agent.key,
  });
  const batches = await batchesOf(bundle);
  const post = async (batch: Batch | undefined, act: string, json: object = {}) =>
    (await app.request<Batch>(`/v1/batches/${batch?.id ?? ""}/${act}`, { json, key: agent.key })).body;
  for (const batch of batches) await post(batch, "cancel");
  const all = { state: "cancelled", confirm: 2 };
  // All at once: each has reopened its rows before the first of them weighs the file.
  const retries = await inTransaction(app.db.pool, async (tx) => {
    await tx.rows(sql`select from bundles where id = ${bundle.id} for update`);
    const sent = batches.map((batch) => post(batch, "retry", all));
    await eventually(async () => {
      const waits = await app.db.sql`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      expect(waits).toHaveLength(batches.length);
    });
    return { sent };
  });
  const retried = await Promise.all(retries.sent);
  const waiting = retried.filter(({ state }) => state === "awaiting_approval");
  expect(waiting).toHaveLength(2);
  for (const { brake } of waiting)
    expect(brake.why).toMatch(/^The retry deletes 2 .* The whole file deletes more than 2 users/);
  expect((await settled(bundle.id)).totals).toMatchObject({ succeeded: 2, cancelled: 4 });

  const ended = retried.find(({ state }) => state !== "awaiting_approval");
  expect((await post(ended, "retry")).state).toBe("finished");
  for (const batch of waiting) await post(batch, "cancel");
  expect((await post(waiting[0], "retry", all)).state).toBe("awaiting_approval");
});

/** Two people at each of these customers, all of whom a file deletes; more than one there need a yes. */
async function leavers(customers: { id: string; domain: string }[]): Promise<{ names: string[]; csv: string }> {
  const run = newId().slice(-12);
  const names = customers.flatMap(({ domain }) => [`l.${run}@${domain}`, `m.${run}@${domain}`]);
  const making = await send(`Email,Display name\n${names.map((name) => `${name},L\n`).join("")}`, "&apply=true");
  await settled(making.id);
  const brakes = JSON.stringify({ users: 1, percent: null, admins: false });
  await app.db.sql`
    update customers set brakes = ${brakes}::text::jsonb where id = any(${customers.map(({ id }) => id)}::uuid[])`;
  return { names, csv: `Email\n${names.join("\n")}\n` };
}

const questionsOf = async ({ id }: Bundle, key: string) =>
  (await read<{ items: Question[] }>(`/v1/bundles/${id}/questions`, key)).items;
const plansOf = (questions: Question[]) => questions.map(({ batchId, planVersion }) => ({ batchId, planVersion }));

function decide({ id }: Bundle, act: "approve" | "refuse", key: string, json: object, headers = {}) {
  return app.request<DecidedBundle & { code?: string }>(`/v1/bundles/${id}/${act}`, { json, key, headers });
}

it("takes one yes of a second agent for all batches that wait where the agent may give it, and names the others", async () => {
  const { csv } = await leavers(own);
  const path = "/v1/bundles?operation=delete-users&apply=true";
  const { body: bundle } = await app.request<Bundle>(path, { csv, key: agent.key });
  expect(bundle.states).toEqual({ awaiting_approval: 3 });
  const second = await makeColleague(app);
  for (const [at, role] of (["userAdministrator", "userAdministrator", "directoryReader"] as const).entries()) {
    await grantRole(app, second, own[at] as (typeof own)[0], role);
  }
  const questions = await questionsOf(bundle, second.key);
  expect(questions.map(({ hits, approve, refuse }) => [hits.users, approve?.code, refuse?.code])).toEqual([
    [2, undefined, undefined],
    [2, undefined, undefined],
    [2, "forbidden", "forbidden"],
  ]);
  const [first, changed, forbidden] = plansOf(questions) as [Plan, Plan, Plan];
  type Plan = { batchId: string; planVersion: number };
  const plans = [first, { ...changed, planVersion: 7 }, forbidden];
  const headers = { "idempotency-key": newId() };
  const answer = await decide(bundle, "approve", second.key, { plans, note: "They moved" }, headers);
  expect([answer.status, answer.body.left.map(({ batchId, code }) => [batchId, code])]).toEqual([
    202,
    [
      [changed.batchId, "plan_changed"],
      [forbidden.batchId, "forbidden"],
    ],
  ]);
  const again = await decide(bundle, "approve", second.key, { plans, note: "They moved" }, headers);
  expect([again.status, again.body.left]).toEqual([202, answer.body.left]);
  const audited = await app.db.sql<{ operation: string; batchId: string }[]>`
    select operation, batch_id as "batchId" from audit
    where actor_id = ${second.id} and batch_id = any(${plans.map(({ batchId }) => batchId)}::uuid[]) order by id`;
  expect(audited.map(({ operation, batchId }) => [operation, batchId])).toEqual([
    ["approve_batch", first.batchId],
    ["refused_attempt", forbidden.batchId],
  ]);
  await eventually(async () => {
    expect((await read<Bundle>(`/v1/bundles/${bundle.id}`)).states).toEqual({ finished: 1, awaiting_approval: 2 });
  });
  expect((await decide(bundle, "approve", second.key, { plans: [changed] })).body.left).toEqual([]);
  expect((await decide(bundle, "refuse", agent.key, { plans: [forbidden] })).body).toMatchObject({
    left: [],
    states: { ready: 1 },
  });
});

it("asks once what an agent may answer, of however many customers a file is", async () => {
  const { csv } = await leavers(own);
  const path = "/v1/bundles?operation=delete-users&apply=true";
  const { body: bundle } = await app.request<Bundle>(path, { csv, key: agent.key });
  const { id, key } = await makeColleague(app);
  await grantRole(app, { id }, own[1] as (typeof own)[0], "userAdministrator");
  await grantRole(app, { id }, own[2] as (typeof own)[0], "directoryReader");
  const { db, now } = app.context;
  const authority = await loadAuthority(asksOf(db.pool), { agentId: id, keyId: null }, null, now());
  const asked: string[] = [];
  const query = (text: string, values: unknown[]) => {
    asked.push(text);
    return db.pool.query(text, values);
  };
  const pool = Object.create(db.pool, { query: { value: query } }) as typeof db.pool;
  const actor: Actor = { kind: "agent", id, name: "Bo", authority };
  const questions = await listQuestions({ ...app.context, db: { ...db, pool } }, actor, bundle.id);
  expect(asked.filter((text) => text.includes("grants"))).toHaveLength(1);
  expect(questions.map(({ approve }) => approve?.code)).toEqual([undefined, "forbidden"]);
  expect(questions).toEqual(await questionsOf(bundle, key));
});

it("names each batch for which nothing was decided, those that somebody answered or cancelled first among them", async () => {
  const { csv } = await leavers(own);
  const path = "/v1/bundles?operation=delete-users&apply=true";
  const { body: bundle } = await app.request<Bundle>(path, { csv, key: agent.key });
  const second = await makeColleague(app);
  for (const customer of own) await grantRole(app, second, customer, "userAdministrator");
  const questions = await questionsOf(bundle, second.key);
  const [approved, refused, cancelled] = questions.map(({ batchId }) => batchId);
  const plans = plansOf(questions).map((plan) => ({ ...plan, batchId: plan.batchId.toUpperCase() }));
  const twice = { plans: [...plans, ...plansOf(questions.slice(0, 1))] };
  expect((await decide(bundle, "approve", second.key, twice)).body.code).toBe("body_invalid");

  await app.request(`/v1/batches/${refused ?? ""}/refuse`, { json: { planVersion: 1 }, key: agent.key });
  await app.request(`/v1/batches/${cancelled ?? ""}/cancel`, { method: "POST", key: agent.key });
  const left = [
    { batchId: refused, code: "batch_state", message: expect.stringContaining(" is ready") as string },
    { batchId: cancelled, code: "batch_state", message: expect.stringContaining(" is cancelled") as string },
  ];
  const headers = { "idempotency-key": newId() };
  expect((await decide(bundle, "approve", second.key, { plans }, headers)).body.left).toMatchObject(left);
  await eventually(async () => expect((await read<Batch>(`/v1/batches/${approved ?? ""}`)).state).toBe("finished"));
  const again = await decide(bundle, "approve", second.key, { plans }, headers);
  expect([again.headers.get("idempotency-replayed"), again.body.left]).toMatchObject(["true", left]);
});

const byId = (one: { batchId: string }, other: { batchId: string }) => (one.batchId < other.batchId ? -1 : 1);
const attemptAt = ({ customerId, batchId }: Question) => ({ customerId, batchId, attempt: "approveBundle" });

it("writes down at which customers an agent tried what they may not do, where nothing could be answered, too", async () => {
  const { csv } = await leavers(own);
  const path = "/v1/bundles?operation=delete-users&apply=true";
  const { body: bundle } = await app.request<Bundle>(path, { csv, key: agent.key });
  const questions = await questionsOf(bundle, agent.key);
  const plans = plansOf(questions);
  const attempts = async (who: Colleague) =>
    (
      await app.db.sql<{ customerId: string; batchId: string; attempt: string }[]>`
        select customer_id as "customerId", batch_id as "batchId", after ->> 'attempt' as attempt from audit
        where actor_id = ${who.id} and status = 'refused'`
    ).toSorted(byId);

  const reader = await makeColleague(app);
  for (const customer of own) await grantRole(app, reader, customer, "directoryReader");
  for (let count = 0; count < 2; count += 1) {
    expect((await decide(bundle, "approve", reader.key, { plans })).body.code).toBe("forbidden");
  }
  expect(await attempts(reader)).toEqual(questions.map(attemptAt).toSorted(byId));

  const mixed = await makeColleague(app);
  const [first, ...others] = questions.toSorted(byId);
  for (const { customerId } of others) await grantRole(app, mixed, { id: customerId }, "directoryReader");
  await grantRole(app, mixed, { id: first?.customerId ?? "" }, "userAdministrator");
  const stale = plans.map((plan) => ({ ...plan, planVersion: 7 }));
  expect((await decide(bundle, "approve", mixed.key, { plans: stale })).body.code).toBe("plan_changed");
  expect(await attempts(mixed)).toEqual(others.map(attemptAt));
  expect((await read<Bundle>(`/v1/bundles/${bundle.id}`)).states).toEqual({ awaiting_approval: 3 });
});

it("takes no yes for a file from whoever asked, nobody who counts as them, no token, and none for another file's batch", async () => {
  const { csv } = await leavers(own.slice(0, 2));
  const path = "/v1/bundles?operation=delete-users&apply=true";
  const { body: bundle } = await app.request<Bundle>(path, { csv, key: agent.key });
  const plans = plansOf(await questionsOf(bundle, agent.key));
  const self = { name: "Second Self", email: `${newId()}@partner.example`, partnerRole: "adminAgent" };
  const { body: related } = await app.request<Colleague>("/v1/agents", { json: self, key: agent.key });
  for (const customer of own) await grantRole(app, related, customer, "userAdministrator");
  for (const [key, code] of [
    [await makeKey(app, agent.id), "approval_own"],
    [await makeKey(app, related.id), "approval_related"],
    [app.key, "forbidden"],
  ] as const) {
    expect((await questionsOf(bundle, key)).map(({ approve }) => approve?.code)).toEqual([code, code]);
    expect((await decide(bundle, "approve", key, { plans })).body.code).toBe(code);
  }
  const narrowed = await makeColleague(app);
  for (const customer of own) await grantRole(app, narrowed, customer, "userAdministrator");
  const key = await makeKey(app, narrowed.id, { customerIds: [own[0]?.id ?? ""] });
  expect((await decide(bundle, "approve", key, { plans })).body.code).toBe("not_found");
  const { body: other } = await app.request<Bundle>("/v1/bundles?operation=delete-users", { csv, key: agent.key });
  expect((await decide(other, "approve", narrowed.key, { plans })).body.code).toBe("not_found");
  expect((await read<Bundle>(`/v1/bundles/${bundle.id}`)).states).toEqual({ awaiting_approval: 2 });
  expect((await decide(bundle, "refuse", narrowed.key, { plans, note: "They stay" })).body.states).toEqual({
    ready: 2,
  });
  expect((await decide(bundle, "approve", narrowed.key, { plans })).body.code).toBe("batch_state");
});

it("has retries of several batches of a file approved at once, each with its own rows", async () => {
  const [first, second] = own.slice(0, 2) as [(typeof own)[0], (typeof own)[0]];
  const { names } = await leavers([first, second]);
  const unknown = names.map((name) => `x${name}`);
  const path = "/v1/bundles?operation=delete-users&apply=true";
  const { body: bundle } = await app.request<Bundle>(path, { csv: `Email\n${unknown.join("\n")}\n`, key: agent.key });
  await settled(bundle.id);
  for (const { id } of await batchesOf(bundle)) {
    const { items } = await read<{ items: Row[] }>(`/v1/batches/${id}/rows`);
    const rows = items.map(({ rowNo }) => ({ rowNo, values: { Email: names[rowNo - 1] } }));
    await app.request(`/v1/batches/${id}/rows`, { method: "PATCH", json: { rows }, key: agent.key });
    await app.request(`/v1/batches/${id}/retry`, { json: {}, key: agent.key });
  }
  const approver = await makeColleague(app);
  for (const customer of [first, second]) await grantRole(app, approver, customer, "userAdministrator");
  const questions = await questionsOf(bundle, approver.key);
  expect(questions.map(({ retriedRows, approve }) => [retriedRows, approve])).toEqual([[2, null], [2, null]]); // prettier-ignore
  const { body } = await decide(bundle, "approve", approver.key, { plans: plansOf(questions) });
  expect(body.left).toEqual([]);
  expect((await settled(bundle.id)).totals).toMatchObject({ succeeded: 4, failed: 0 });
  expect(await brokenInvariants(app.db)).toEqual([]);
});

it("shows each agent what is of their customers, and the refused rows to whoever sent the file alone", async () => {
  const [first, second] = own as [(typeof own)[0], (typeof own)[0]];
  const run = newId().slice(-12);
  const name = `Twin ${run}`;
  for (const { id } of own.slice(0, 2)) await app.request(`/v1/customers/${id}`, { method: "PATCH", json: { name } });
  const rows = [`${first.domain},r1.${run}`, `${second.domain},r2.${run}`, `${name},r3.${run}`, `Nobody,r4.${run}`];
  const bundle = await send(`Tenant,Email,Display name\n${rows.map((row) => `${row},R\n`).join("")}`);
  const { items } = await read<{ items: RefusedRow[] }>(`/v1/bundles/${bundle.id}/refused`);
  expect(items.map(({ code }) => code)).toEqual(["customer_ambiguous", "customer_unknown"]);

  const [colleague, stranger] = [await makeColleague(app), await makeColleague(app, "helpdeskAgent")];
  await grantRole(app, colleague, second, "directoryReader");
  const path = `/v1/bundles/${bundle.id}`;
  expect(await read<Bundle>(path, colleague.key)).toMatchObject({ batches: 1, refused: 0, totals: { pending: 1 } });
  expect((await read<{ items: RefusedRow[] }>(`${path}/refused`, colleague.key)).items).toEqual([]);
  const { text } = await app.request(`${path}/results.csv`, { key: colleague.key });
  expect(parseCsv(text).map((line) => line[3])).toEqual(["Muster row", "2"]);
  expect((await app.request(`${path}/apply`, { json: {}, key: colleague.key })).body).toMatchObject({
    states: { ready: 1 },
  });
  expect((await app.refused(path, { key: stranger.key })).status).toBe(404);
  expect((await read<{ items: Bundle[] }>("/v1/bundles", stranger.key)).items).toEqual([]);
  expect((await read<{ items: Bundle[] }>("/v1/bundles?limit=1", colleague.key)).items[0]?.id).toBe(bundle.id);

  await app.db.sql`delete from grants where agent_id = ${agent.id}`;
  expect(await read<Bundle>(path)).toMatchObject({ batches: 0, states: {}, refused: 2, totals: { pending: 0 } });

  await app.db.sql`update bundles set created_at = now() - interval '91 days' where id = ${bundle.id}`;
  await sweep(app.context, { keepRowsDays: 90 });
  expect((await read<{ items: RefusedRow[] }>(`${path}/refused`)).items).toEqual([]);
});
