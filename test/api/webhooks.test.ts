import { EventEmitter, once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook as Verifier } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Bundle } from "../../contract/bundle.ts";
import type { Page } from "../../contract/paging.ts";
import type { BundleNews, Delivery, Webhook, WebhookMessage } from "../../contract/webhooks.ts";
import { sendMail } from "../../core/mail/send-mail.ts";
import { sweep } from "../../core/housekeeping/sweep.ts";
import { resealPasswords } from "../../core/secrets/reseal-passwords.ts";
import { openSecrets } from "../../core/secrets/secrets.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import { sql } from "../../db/sql-text.ts";
import { makeColleague } from "../support/agents.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { eventually } from "../support/eventually.ts";
import { startMailServer, type TestMailServer } from "../support/mail-server.ts";

type Made = Webhook & { secret: string };
type Received = { path: string; headers: Record<string, string>; body: string };

let app: TestApp;
let receiver: string;
let answer: { status: number; headers?: Record<string, string> };
/** Whether the path `/slow` waits for the gate to open before it answers. */
let holds = false;
const gate = new EventEmitter();
const received: Received[] = [];
const server = createServer((request, response) => void receive(request, response));

let mailServer: TestMailServer;

beforeAll(async () => {
  mailServer = await startMailServer();
  app = await startApp({ mail: mailServer.mail, publicUrl: "https://m.example" });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  receiver = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(async () => {
  answer = { status: 204 };
  received.length = 0;
  mailServer.mails.length = 0;
  await app.db.sql`delete from webhooks`;
});
afterAll(async () => {
  server.close();
  mailServer.close();
  await app.close();
});

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await textOf(request);
  received.push({ path: request.url ?? "", headers: request.headers as Record<string, string>, body });
  if (holds && request.url === "/slow") await once(gate, "open");
  response.writeHead(answer.status, answer.headers).end();
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request) text += String(part);
  return text;
}

async function makeWebhook(more: object = {}): Promise<Made> {
  const made = await app.request<Made>("/v1/webhooks", {
    json: { name: "tickets", address: `${receiver}/in`, ...more },
  });
  expect(made.status).toBe(201);
  return made.body;
}

async function deliveries({ id }: { id: string }, query = ""): Promise<Delivery[]> {
  return (await app.request<Page<Delivery>>(`/v1/webhooks/${id}/deliveries${query}`)).body.items;
}

/** Waits until so many messages have come in, and gives what they say. */
async function messages(count: number): Promise<WebhookMessage[]> {
  await eventually(async () => {
    if (received.length < count) throw new Error(`${received.length} of ${count} messages`);
  });
  return received.map(({ body }) => JSON.parse(body) as WebhookMessage);
}

/** The only delivery, once an attempt of it has ended. */
async function tried(webhook: { id: string }, attempts = 1): Promise<Delivery> {
  return await eventually(async () => {
    const [delivery] = await deliveries(webhook);
    if (delivery?.attempts !== attempts) throw new Error("not tried yet");
    return delivery;
  });
}

/** The ids of the messages that came in at `/slow`. */
const slowOnes = () => received.filter(({ path }) => path === "/slow").map(({ headers }) => headers["webhook-id"]);

/** The time by the clock of the database. */
async function clock(): Promise<number> {
  const [read] = await app.db.sql<{ now: Date }[]>`select clock_timestamp() as now`;
  return read?.now.getTime() ?? 0;
}

const sendTest = async ({ id }: { id: string }) => await app.request(`/v1/webhooks/${id}/test`, { method: "POST" });

describe("batches are told of", () => {
  it("when they wait to be applied and when they end, with counts and no person, once each", async () => {
    const customer = await app.makeCustomer();
    const webhook = await makeWebhook({ customerId: customer.id });
    const people = `User name,Display name\nana@${customer.domain},Ana Broz\nbad@@${customer.domain},Cem Dal\n`;
    const batch = await app.upload(customer.id, people);
    await messages(1);
    await app.apply(batch.id);
    await app.finished(batch.id);
    const [ready, ended] = await messages(2);
    const none = { pending: 0, succeeded: 0, unchanged: 0, partial: 0, failed: 0, cancelled: 0 };
    const about = {
      batchId: batch.id,
      batchNo: batch.no,
      customerId: customer.id,
      operation: "createUsers",
      code: null,
    };
    expect(ready).toMatchObject({ type: "batch.ready", data: { ...about, state: "ready" } });
    expect(ended).toMatchObject({
      type: "batch.failed_in_part",
      data: { ...about, state: "finished", rows: { ...none, succeeded: 1, failed: 1 } },
    });
    expect(received.map(({ body }) => body).join("")).not.toMatch(/ana|broz|cem|dal|bad@/i);
    const log = await eventually(async () => {
      const found = await deliveries(webhook, "?state=delivered");
      if (found.length < 2) throw new Error("not written yet");
      return found;
    });
    expect(log).toMatchObject([
      { message: ended, attempts: 1, status: 204, fault: null, nextAt: null },
      { message: ready },
    ]);
  });

  it("to those who want to hear of them, and of that customer", async () => {
    const [customer, other] = [await app.makeCustomer(), await app.makeCustomer()];
    await makeWebhook({ address: `${receiver}/other`, customerId: other.id });
    await makeWebhook({ address: `${receiver}/paused`, events: ["batch.paused"] });
    const off = await makeWebhook({ address: `${receiver}/off` });
    await app.request(`/v1/webhooks/${off.id}`, { method: "PATCH", json: { enabled: false } });
    await makeWebhook({ address: `${receiver}/all` });
    const json = { operation: "createUsers", rows: [{ userPrincipalName: `a@${customer.domain}`, displayName: "A" }] };
    await app.request(`/v1/customers/${customer.id}/batches`, { json, headers: { prefer: "wait=30" } });
    await eventually(async () => {
      if (!received.some(({ body }) => body.includes("batch.finished"))) throw new Error("not told yet");
    });
    expect(new Set(received.map(({ path }) => path))).toEqual(new Set(["/all"]));
    // A message is marked as delivered only after its receiver has answered.
    await eventually(async () => {
      const [left] = await app.db.sql<{ kept: number }[]>`
        select count(*)::int as kept from webhook_deliveries where data->>'customerId' = ${customer.id} and state = 'waiting'`;
      expect(left?.kept).toBe(0);
    });
  });

  it("when one cause makes a batch pause, with the cause, by mail as well", async () => {
    const customer = await app.makeCustomer();
    const about = { customerId: customer.id, events: ["batch.paused"] };
    const [, mailing] = [
      await makeWebhook(about),
      await makeWebhook({ address: "mailto:on-call@partner.example", ...about }),
    ];
    const people = Array.from({ length: 201 }, (_, at) => `p${at}@${customer.domain},Ana Broz\n`).join("");
    const batch = await app.upload(customer.id, `User name,Display name\n${people}`);
    await app.db.sql`
      insert into users (id, customer_id, user_principal_name, display_name)
      select gen_random_uuid(), ${customer.id}, 'p' || no || '@' || ${customer.domain}::text, 'Somebody else'
      from generate_series(0, 200) no`;
    await app.apply(batch.id);
    const [paused] = await messages(1);
    expect(paused).toMatchObject({
      type: "batch.paused",
      data: { batchId: batch.id, state: "paused", code: "upn_taken", rows: { failed: 200, pending: 1 } },
    });
    expect(await tried(mailing)).toMatchObject({ state: "delivered" });
    const [mail] = mailServer.mails;
    expect(mail?.text).toMatch(new RegExp(`^Subject: Muster: batch ${batch.no} is paused`, "m"));
    expect(mail?.text).toContain("200 failed");
    expect(mail?.text).toContain("Cause: upn_taken");
  });

  it("as not done where rows of it stay cancelled", async () => {
    const customer = await app.makeCustomer();
    const events = ["batch.finished", "batch.failed_in_part"];
    const webhook = await makeWebhook({ customerId: customer.id, events });
    const people = `User name,Display name\nana@${customer.domain},Ana Broz\ncem@${customer.domain},Cem Dal\n`;
    const batch = await app.upload(customer.id, people);
    await act(batch, "cancel");
    await app.request(`/v1/batches/${batch.id}/retry`, { json: { rowNos: [1] } });
    await eventually(async () => {
      expect(await kept(webhook)).toMatchObject([
        { event: "batch.failed_in_part", data: { rows: { succeeded: 1, failed: 0, cancelled: 1 } } },
      ]);
    });
  });

  it("by a queue whose jobs hold an id alone", async () => {
    const webhook = await makeWebhook();
    await sendTest(webhook);
    const delivery = await tried(webhook);
    // The delivery is on record before its job is complete.
    const job = await eventually(async () => {
      const jobs = await app.queues.webhooks.getJobs(["completed"]);
      const found = jobs.find(({ data }) => (data as { deliveryId: string }).deliveryId === delivery.id);
      if (found === undefined) throw new Error("The job is not complete yet");
      return found;
    });
    expect(job).toMatchObject({ name: "webhook.test" });
    expect(job.data).toEqual({ deliveryId: delivery.id });
  });
});

describe("a message", () => {
  it("is signed so that the library of Standard Webhooks takes it, and takes no other", async () => {
    const webhook = await makeWebhook();
    await sendTest(webhook);
    await messages(1);
    const [{ headers, body } = { headers: {}, body: "" }] = received;
    const verifier = new Verifier(webhook.secret);
    expect(verifier.verify(body, headers)).toMatchObject({ type: "webhook.test", data: null });
    expect(() => verifier.verify(body.replace("test", "tess"), headers)).toThrow(/no matching signature/i);
    expect(() => verifier.verify(body, { ...headers, "webhook-id": "another" })).toThrow(/no matching signature/i);
  });

  it("to a receiver that hangs keeps no other waiting, is one of four on their way, and comes once", async () => {
    holds = true;
    const [slow, other] = [await makeWebhook({ address: `${receiver}/slow` }), await makeWebhook()];
    await Promise.all(Array.from({ length: 20 }, () => sendTest(slow)));
    await eventually(() => slowOnes().length >= 4);
    // As after a minute, when jobs count as lost.
    await app.db.sql`update webhook_deliveries set held_until = now() where held_until is not null`;
    await sendTest(other);
    expect(await tried(other)).toMatchObject({ state: "delivered" });
    expect(slowOnes()).toHaveLength(4);
    holds = false;
    gate.emit("open");
    await eventually(async () => (await deliveries(slow, "?state=delivered&limit=50")).length === 20);
    expect(slowOnes()).toHaveLength(20);
    expect(new Set(slowOnes()).size).toBe(20);
  });

  it("that was not taken is tried again under the same id, after pauses that grow, and says why meanwhile", async () => {
    answer = { status: 503 };
    const webhook = await makeWebhook();
    const began = await clock();
    await sendTest(webhook);
    for (const [before, seconds] of [5, 300].entries()) {
      const delivery = await tried(webhook, before + 1);
      expect(delivery).toMatchObject({ state: "waiting", status: 503, fault: "status" });
      const attempted = Date.parse(delivery.nextAt ?? "") - seconds * 1_000;
      expect(attempted).toBeGreaterThanOrEqual(began);
      expect(attempted).toBeLessThanOrEqual(await clock());
      if (before > 0) answer = { status: 200 };
      await app.db.sql`update webhook_deliveries set next_at = now() returning pg_notify('muster_webhook', '')`;
    }
    expect(await tried(webhook, 3)).toMatchObject({ state: "delivered", status: 200, fault: null });
    expect(new Set(received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  });

  it("is given up after ten attempts, and can be sent again by hand", async () => {
    answer = { status: 500 };
    const webhook = await makeWebhook();
    await sendTest(webhook);
    await tried(webhook);
    await app.db.sql`update webhook_deliveries set attempts = 9, next_at = now()`;
    const given = await tried(webhook, 10);
    expect(given).toMatchObject({ state: "failed", nextAt: null });
    answer = { status: 200 };
    const again = `/v1/webhooks/${webhook.id}/deliveries/${given.id}/resend`;
    expect((await app.request(again, { method: "POST" })).status).toBe(202);
    expect(await tried(webhook, 1)).toMatchObject({ id: given.id, state: "delivered" });
  });

  it("that is answered with 410 is the last one", async () => {
    answer = { status: 410 };
    const webhook = await makeWebhook();
    await sendTest(webhook);
    expect(await tried(webhook)).toMatchObject({ state: "failed", status: 410 });
    const { body } = await app.request<Page<Webhook>>("/v1/webhooks");
    expect(body.items).toMatchObject([{ id: webhook.id, enabled: false, failed: 1 }]);
    const [record] = await app.db.sql`
      select actor_id, after from audit where operation = 'change_webhook' order by id desc limit 1`;
    expect(record).toMatchObject({ actor_id: "system", after: { webhookId: webhook.id, enabled: false } });
  });

  it("follows no redirect, and does not reach the own network", async () => {
    answer = { status: 307, headers: { location: `${receiver}/elsewhere` } };
    const moved = await makeWebhook();
    await sendTest(moved);
    expect(await tried(moved)).toMatchObject({ status: 307, fault: "status" });
    expect(received.map(({ path }) => path)).toEqual(["/in"]);
    const inside = await makeWebhook({ address: "http://10.0.0.1/" });
    await sendTest(inside);
    expect(await tried(inside)).toMatchObject({ status: null, fault: "address_refused" });
  });

  it("that nobody answers is said to be so", async () => {
    const webhook = await makeWebhook({ address: "http://127.0.0.1:9/" });
    await sendTest(webhook);
    expect(await tried(webhook)).toMatchObject({ status: null, fault: "unreachable" });
  });
});

describe("a webhook that is to name failed rows", () => {
  it("is sent them as they stand then, and nobody keeps them with the message", async () => {
    const customer = await app.makeCustomer();
    const events = ["batch.failed_in_part"];
    const [naming, counting] = [
      await makeWebhook({ address: `${receiver}/names`, customerId: customer.id, events, failedRows: true }),
      await makeWebhook({ address: `${receiver}/counts`, customerId: customer.id, events }),
    ];
    const name = `ana@${customer.domain}`;
    const people = `User name,Display name\n${name},Ana\n${name},Ana again\n`;
    await app.finished((await app.upload(customer.id, people, "&apply=true")).id);
    for (const webhook of [naming, counting]) expect(await tried(webhook)).toMatchObject({ state: "delivered" });
    const dataOf = (path: string) => {
      const [{ body, headers } = { body: "", headers: {} }] = received.filter((one) => one.path === path);
      return path === "/names"
        ? (new Verifier(naming.secret).verify(body, headers) as WebhookMessage).data
        : JSON.parse(body).data;
    };
    const failedRows = [{ rowNo: 2, state: "failed", code: "duplicate_in_file", userPrincipalName: name }];
    expect(dataOf("/names")).toMatchObject({ failedRows });
    expect(dataOf("/counts")).not.toHaveProperty("failedRows");
    const kept = await app.request(`/v1/webhooks/${naming.id}/deliveries`);
    const rows = await app.db.sql<
      { all: string }[]
    >`select row_to_json(webhook_deliveries)::text as all from webhook_deliveries`;
    expect(kept.text + JSON.stringify(rows)).not.toContain("ana@");
    const off = { method: "PATCH", json: { failedRows: false } };
    expect((await app.request<Webhook>(`/v1/webhooks/${naming.id}`, off)).body.failedRows).toBe(false);
  });
});

/** Sends a file with a new user for each of three customers, one who cannot be made, and one of nobody's. */
async function sendFile(query = "") {
  const customers = await Promise.all([1, 2, 3].map(() => app.makeCustomer()));
  const names = [
    ...customers.map(({ domain }) => `ana@${domain}`),
    `ana@${customers[0]?.domain}`,
    "ana@nowhere.example",
  ];
  const csv = `User name,Display name\n${names.map((name) => `${name},Ana Broz\n`).join("")}`;
  const { body } = await app.request<Bundle>(`/v1/bundles?operation=create-users${query}`, { csv });
  return { bundle: body, customers, names };
}
/** Sends a file with a new user for each of two customers, neither of whom can be made without a name. */
async function sendPair(name: string, firstName = "Ana") {
  const [first, second] = [await app.makeCustomer(), await app.makeCustomer()];
  const csv = `User name,Display name\nana@${first.domain},${firstName}\ncem@${second.domain},${name}\n`;
  const { body: bundle } = await app.request<Bundle>("/v1/bundles?operation=create-users", { csv });
  const batches = await app.db.sql<{ id: string }[]>`
    select batches.id from batches join rows on batch_id = batches.id where bundle_id = ${bundle.id} order by row_no`;
  return { bundle, batches };
}
const act = async (batch: { id: string } | undefined, what: string) =>
  await app.request(`/v1/batches/${batch?.id ?? ""}/${what}`, { json: {} });
/** The messages to a webhook as the table has them, the first first. */
const kept = async ({ id }: { id: string }) =>
  await app.db.sql<{ event: string; data: BundleNews }[]>`
    select event, data from webhook_deliveries where webhook_id = ${id} order by created_at`;
/** Waits until these messages and no others were delivered, and gives what they say, the latest first. */
const told = async (webhook: { id: string }, ...events: string[]) =>
  await eventually(async () => {
    const found = await deliveries(webhook, "?state=delivered");
    expect(found.map(({ message }) => message.type)).toEqual(events.toReversed());
    return found.map(({ message }) => message.data);
  });

describe("a file for many customers", () => {
  it("is told of as one to whoever hears of all customers, and by its own batch to whoever hears of one", async () => {
    const all = await makeWebhook();
    const mails = await makeWebhook({ address: "mailto:on-call@partner.example", events: ["batch.failed_in_part"] });
    const { bundle, customers } = await sendFile();
    const [own, ...others] = customers;
    const one = await makeWebhook({ address: `${receiver}/one`, customerId: own?.id });
    await app.request(`/v1/bundles/${bundle.id}/apply`, { json: {} });
    const [ended, ready] = await told(all, "bundle.ready", "bundle.failed_in_part");
    const about = { bundleId: bundle.id, bundleNo: bundle.no, operation: "createUsers", code: null, refused: 1 };
    expect(ready).toMatchObject({ ...about, batches: { ready: 3 }, needAttention: 3, rows: { pending: 3, failed: 1 } });
    expect(ended).toMatchObject({
      ...about,
      batches: { finished: 3 },
      rows: { pending: 0, succeeded: 3, failed: 1 },
      needAttention: 1,
      attention: [{ customerId: own?.id, state: "finished", rows: { succeeded: 1, failed: 1 } }],
    });
    expect(await told(one, "batch.failed_in_part")).toMatchObject([{ customerId: own?.id }]);
    const ofOne = received.filter(({ path }) => path === "/one").map(({ body }) => body);
    for (const { id } of [bundle, ...others]) expect(ofOne.join("")).not.toContain(id);
    await told(mails, "bundle.failed_in_part");
    const mail = mailServer.mails.at(-1)?.text;
    expect(mail).toMatch(new RegExp(`^Subject: Muster: file ${bundle.no} has ended, and 2 rows were not done`, "m"));
    expect(mail).toContain(`https://m.example/files/${bundle.id}`);
    expect(received.map(({ body }) => body).join("") + mail).not.toMatch(/ana|broz/i);
  });

  it("names its failed rows by their numbers in the file where a webhook is to", async () => {
    const webhook = await makeWebhook({ events: ["batch.failed_in_part"], failedRows: true });
    const { names } = await sendFile("&apply=true");
    await told(webhook, "bundle.failed_in_part");
    const failedRows = [{ rowNo: 4, state: "failed", code: "duplicate_in_file", userPrincipalName: names[3] }];
    expect((await messages(1))[0]?.data).toMatchObject({ failedRows });
    expect((await kept(webhook))[0]?.data).not.toHaveProperty("failedRows");
  });

  it("of which batches pause one after another is told of once, with all that are paused by then", async () => {
    const { bundle } = await sendFile();
    const webhook = await makeWebhook({ events: ["batch.paused"] });
    const batches = await app.db.sql<
      { id: string }[]
    >`select id from batches where bundle_id = ${bundle.id} order by no`;
    for (const { id } of batches.slice(0, 2)) {
      await app.db.sql`update batches set state = 'paused', stopped_code = 'upn_taken' where id = ${id}`;
    }
    const data = { code: "upn_taken", batches: { ready: 1, paused: 2 }, needAttention: 2 };
    expect(await kept(webhook)).toMatchObject([{ event: "bundle.paused", data }]);
    await told(webhook, "bundle.paused");
    await app.db.sql`update batches set state = 'paused' where id = ${batches[2]?.id ?? ""}`;
    expect(await kept(webhook)).toMatchObject([{ data }, { data: { code: null, needAttention: 3 } }]);
  });

  it("whose last batches end in the same moment is told of once, and not at all where none was carried out", async () => {
    const webhook = await makeWebhook({ events: ["batch.finished", "batch.failed_in_part"] });
    const { bundle } = await sendFile();
    const { bundle: cancelled } = await sendFile();
    await app.db.sql`
      update batches set state = 'cancelled', finished_at = now() where bundle_id = ${cancelled.id}`;
    const batches = await app.db.sql<
      { id: string }[]
    >`select id from batches where bundle_id = ${bundle.id} order by no`;
    const end = async (id: string, state: string) =>
      await app.db.sql`update batches set state = ${state}, started_at = now(), finished_at = now() where id = ${id}`;
    await end(batches[0]?.id ?? "", "cancelled");
    // Both have written that they end before either of them knows of the other.
    const { ending } = await inTransaction(app.db.pool, async (tx) => {
      await tx.rows(sql`select from bundles where id = ${bundle.id} for update`);
      const both = batches.slice(1).map(({ id }) => end(id, "finished"));
      await eventually(async () => {
        const waits = await app.db.sql`
          select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
        expect(waits).toHaveLength(2);
      });
      return { ending: both };
    });
    await Promise.all(ending);
    expect(await kept(webhook)).toMatchObject([{ event: "bundle.failed_in_part", data: { bundleId: bundle.id } }]);
  });

  it("has ended where no row of the last plan is left to carry out, once something of it was started", async () => {
    const webhook = await makeWebhook({ events: ["batch.finished", "batch.failed_in_part"] });
    const [unstarted, { bundle, batches }] = [await sendPair(""), await sendPair("")];
    await act(unstarted.batches[0], "cancel");
    await app.request(`/v1/bundles/${bundle.id}/apply`, { json: {} });
    const attention = [{ batchId: batches[1]?.id, state: "ready", rows: { pending: 0, failed: 1 } }];
    const data = { bundleId: bundle.id, batches: { finished: 1, ready: 1 }, needAttention: 1, attention };
    expect(await told(webhook, "bundle.failed_in_part")).toMatchObject([data]);
    await act(batches[1], "cancel");
    expect(await kept(webhook)).toMatchObject([{ data }]);
  });

  it("has ended where an edit makes the last rows of its last plan fail, and is told of it once", async () => {
    const webhook = await makeWebhook({ events: ["batch.finished", "batch.failed_in_part"] });
    const { bundle, batches } = await sendPair("Cem");
    await act(batches[0], "apply");
    await app.finished(batches[0]?.id ?? "");
    expect(await kept(webhook)).toEqual([]);
    const edit = async (column: string) => {
      const json = { rows: [{ rowNo: 2, values: { [column]: "" } }] };
      const edited = await app.request(`/v1/batches/${batches[1]?.id}/rows`, { method: "PATCH", json });
      expect(edited.status).toBe(200);
    };
    await edit("Display name");
    const attention = [{ batchId: batches[1]?.id, state: "ready", rows: { pending: 0, failed: 1 } }];
    const data = { bundleId: bundle.id, batches: { finished: 1, ready: 1 }, needAttention: 1, attention };
    expect(await kept(webhook)).toMatchObject([{ event: "bundle.failed_in_part", data }]);
    await edit("User name");
    await act(batches[1], "cancel");
    expect(await kept(webhook)).toMatchObject([{ data }]);
  });

  it("has ended where all its batches are cancelled midway", async () => {
    const webhook = await makeWebhook({ events: ["batch.finished", "batch.failed_in_part"] });
    const { bundle, batches } = await sendPair("Cem");
    await app.db.sql`update batches set state = 'paused', started_at = now() where bundle_id = ${bundle.id}`;
    await act(batches[0], "cancel");
    expect(await kept(webhook)).toEqual([]);
    await act(batches[1], "cancel");
    const data = { batches: { cancelled: 2 }, rows: { pending: 0, cancelled: 2 }, needAttention: 2 };
    expect(await kept(webhook)).toMatchObject([{ event: "bundle.failed_in_part", data }]);
  });

  it("counts no plan as waiting of which no row is left to carry out", async () => {
    const webhook = await makeWebhook({ events: ["batch.ready"] });
    await sendPair("", "");
    expect(await kept(webhook)).toEqual([]);
    const { batches } = await sendPair("");
    const data = { batches: { ready: 2 }, needAttention: 1, attention: [{ batchId: batches[0]?.id }] };
    expect(await kept(webhook)).toMatchObject([{ event: "bundle.ready", data }]);
  });

  it("names the batches that were cancelled, and does not say that all was done", async () => {
    const webhook = await makeWebhook({ events: ["batch.finished", "batch.failed_in_part"] });
    const { bundle, batches } = await sendPair("Cem");
    await act(batches[1], "cancel");
    await app.request(`/v1/bundles/${bundle.id}/apply`, { json: {} });
    const attention = [{ batchId: batches[1]?.id, state: "cancelled", rows: { failed: 0, cancelled: 1 } }];
    const data = { rows: { succeeded: 1, failed: 0, cancelled: 1 }, refused: 0, needAttention: 1, attention };
    expect(await told(webhook, "bundle.failed_in_part")).toMatchObject([data]);
  });

  it("ends with its last batch while the retry of another one waits for a yes", async () => {
    const webhook = await makeWebhook({ events: ["batch.finished", "batch.failed_in_part"] });
    const { batches } = await sendPair("Cem");
    await act(batches[0], "apply");
    await app.finished(batches[0]?.id ?? "");
    expect(await kept(webhook)).toEqual([]);
    await app.db.sql`
      update batches set state = 'awaiting_approval', approval = '{ "retry": { "from": "finished" } }'
      where id = ${batches[0]?.id ?? ""}`;
    await act(batches[1], "cancel");
    expect(await kept(webhook)).toMatchObject([
      { event: "bundle.failed_in_part", data: { batches: { awaiting_approval: 1, cancelled: 1 }, needAttention: 1 } },
    ]);
  });
});

describe("a webhook for mails", () => {
  it("gets a mail for each message, with counts, a link and no person", async () => {
    const customer = await app.makeCustomer();
    const address = "mailto:on-call@partner.example";
    const webhook = await makeWebhook({ address, customerId: customer.id, events: ["batch.failed_in_part"] });
    expect(webhook).not.toHaveProperty("secret");
    const people = `User name,Display name\nana@${customer.domain},Ana Broz\nbad@@${customer.domain},Cem Dal\n`;
    const batch = await app.upload(customer.id, people, "&apply=true");
    await app.finished(batch.id);
    expect(await tried(webhook)).toMatchObject({ state: "delivered", status: 250 });
    const [mail] = mailServer.mails;
    expect(mail).toMatchObject({ from: "muster@partner.example", to: ["on-call@partner.example"] });
    expect(mail?.text).toMatch(
      new RegExp(`^Subject: Muster: batch ${batch.no} has ended, and 1 row was not done`, "m"),
    );
    expect(mail?.text).toContain("1 succeeded, 1 failed");
    expect(mail?.text).toContain(`https://m.example/batches/${batch.id}`);
    expect(mail?.text).not.toMatch(/ana|broz|cem dal|bad@/i);
  });

  it("says what the mail server said, and that there is none where none is set", async () => {
    const webhook = await makeWebhook({ address: "mailto:nobody@partner.example" });
    await sendTest(webhook);
    expect(await tried(webhook)).toMatchObject({ state: "waiting", status: 550, fault: "status" });
    const mail = { id: "1", to: "on-call@partner.example", subject: "A test", text: "" };
    expect(await sendMail(mail, null)).toEqual({ status: null, fault: "mail_not_set_up" });
    const closed = { server: "smtp://127.0.0.1:9", from: "muster@partner.example" };
    expect(await sendMail(mail, closed)).toEqual({ status: null, fault: "unreachable" });
  });
});

describe("a webhook", () => {
  it("shows its secret once, and the database knows no secret", async () => {
    const webhook = await makeWebhook();
    expect(webhook.secret).toMatch(/^whsec_/);
    expect((await app.request("/v1/webhooks")).text).not.toContain(webhook.secret);
    const [record] = await app.db.sql<{ all: string }[]>`select row_to_json(webhooks)::text as all from webhooks`;
    expect(record?.all).not.toContain(Buffer.from(webhook.secret.slice("whsec_".length), "base64").toString("hex"));
    expect(record?.all).not.toContain(webhook.secret);
  });

  it("signs with the same secret after the key of the installation was changed", async () => {
    const webhook = await makeWebhook();
    const { context } = app;
    const old = "the secret key of the tests, of 32 letters and more";
    const secrets = openSecrets("another secret key of the tests, of 32 letters", old);
    expect(await resealPasswords({ ...context, secrets })).toMatchObject({ lost: 0 });
    const [record] = await app.db.sql<{ sealed: Buffer }[]>`select sealed from webhooks`;
    expect(secrets.open(record?.sealed ?? Buffer.of(), `webhook:${webhook.id}`)).toBe(webhook.secret);
    expect(() => context.secrets.open(record?.sealed ?? Buffer.of(), `webhook:${webhook.id}`)).toThrow(
      "sealed under another key",
    );
  });

  it.each([
    ["ftp://tickets.example/", "an address of another kind"],
    ["mailto:a@b.example,c@d.example", "two mail addresses"],
    ["mailto:a@b.example?bcc=c@d.example", "a mail address with more behind it"],
    ["https://name:word@tickets.example/", "an address with a password"],
    ["tickets.example", "no address"],
  ])("%s is refused: %s", async (address) => {
    const made = await app.refused("/v1/webhooks", { json: { name: "x", address } });
    expect(made.body).toMatchObject({ code: "body_invalid", errors: [{ column: "address" }] });
  });

  it("goes with its deliveries, and what has ended goes after 30 days", async () => {
    const webhook = await makeWebhook();
    await sendTest(webhook);
    await tried(webhook);
    await app.db.sql`update webhook_deliveries set ended_at = now() - interval '31 days'`;
    await sweep(app.context, { keepRowsDays: 90 });
    expect(await deliveries(webhook)).toEqual([]);
    expect((await app.request(`/v1/webhooks/${webhook.id}`, { method: "DELETE" })).status).toBe(204);
    expect((await app.refused(`/v1/webhooks/${webhook.id}/deliveries`)).body.code).toBe("not_found");
  });

  it("is for Admin agents", async () => {
    const colleague = await makeColleague(app, "helpdeskAgent");
    expect((await app.refused("/v1/webhooks", { key: colleague.key })).body.code).toBe("forbidden");
  });
});
