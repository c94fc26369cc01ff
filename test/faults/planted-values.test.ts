import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Database } from "../../db/open-database.ts";
import { brokenInvariants } from "../support/broken-invariants.ts";
import type { Client } from "../support/client.ts";
import { eventually } from "../support/eventually.ts";
import { type MusterProcess, probeOf } from "../support/processes.ts";
import { startMailServer, type TestMailServer } from "../support/mail-server.ts";
import { boardAnswers } from "./board-answers.ts";
import { openInstallation, type Installation } from "./installation.ts";
import { actOnPlanted, onCall } from "./planted-acts.ts";
import { mark, phone, plantedAgent, plantedCsv, plantedPerson, secretMark } from "./planted-people.ts";
import { startCollector } from "../support/trace-collector.ts";
import { columnsAsText, queueStorage } from "./queue-storage.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let installation: Installation;
let client: Client;
let processes: MusterProcess[];
let customer: { id: string; domain: string };
let mailServer: TestMailServer;
let collector: Awaited<ReturnType<typeof startCollector>>;
/** Of whoever sends the files, in the form of the W3C. */
const callers = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331" };
/** What came in at a webhook of all customers, heads and bodies. */
let received = "";
/** What came in at the one that is to name failed rows. */
let named = "";
const receiver = createServer((request, response) => {
  const names = request.url === "/named";
  if (!names) received += `${request.url ?? ""} ${request.rawHeaders.join(" ")} `;
  const keep = (part: unknown) => (names ? (named += String(part)) : (received += String(part)));
  request.on("data", keep).on("end", () => response.end());
});

beforeAll(async () => {
  [installation, collector, mailServer] = await Promise.all([openInstallation(), startCollector(), startMailServer()]);
  await new Promise<void>((done) => receiver.listen(0, "127.0.0.1", done));
  const talkative = {
    LOG_LEVEL: "debug",
    MUSTER_METRICS_PORT: "0",
    MUSTER_WEBHOOK_NETWORKS: "127.0.0.0/8",
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
    MUSTER_SMTP_URL: mailServer.mail.server,
    MUSTER_MAIL_FROM: mailServer.mail.from,
    MUSTER_ADMIN_EMAIL: plantedAgent.email,
    MUSTER_ADMIN_PASSWORD: plantedAgent.password,
  };
  const [api, worker] = await Promise.all([installation.startApi(talkative), installation.startWorker(talkative)]);
  [client, processes] = [api.client, [api, worker]];
  customer = await client.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
  await client.ok(`/v1/customers/${customer.id}`, { method: "PATCH", json: { name: `${mark} customer` } });
  const address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  await client.ok("/v1/webhooks", { json: { name: "All", address } });
  for (const to of [onCall, `nobody@${mark}.example`]) {
    await client.ok("/v1/webhooks", { json: { name: "Mails", address: `mailto:${to}` } });
  }
  await client.ok("/v1/webhooks", { json: { name: "Named", address: `${address}named`, failedRows: true } });
});

afterAll(async () => {
  receiver.close();
  collector.close();
  mailServer.close();
  await installation.close();
});

/** Faults of Postgres whose words hold the very values of the row: in the message, the detail or both. */
const faults = {
  /** 23505, detail `Key (fax_number)=(…) already exists.` */
  unique: "create unique index planted on users (fax_number)",
  /** 23514, detail `Failing row contains (…).` */
  check: `alter table users add constraint planted check (department <> '${mark} refused')`,
  /** 40P01, as of a deadlock that comes back every time. */
  deadlock: plantedTrigger("users", "new.department", "deadlock", "raise sqlstate '40P01' using detail = new::text"),
  /** 22P02, message `invalid input syntax for type uuid: "…"` */
  cast: plantedTrigger("users", "new.department", "cast", "perform new.display_name::uuid"),
  /** The same while a file is being taken. */
  upload: plantedTrigger("rows", "new.cells::text", "upload", "perform new.cells[1]::uuid"),
};

function plantedTrigger(table: string, value: string, word: string, act: string): string {
  return `create function planted_${word}() returns trigger language plpgsql as $$ begin
      if ${value} like '%${mark} ${word}%' then ${act}; end if; return new; end $$;
    create trigger planted_${word} before insert on ${table} for each row execute function planted_${word}()`;
}

async function mend(db: Database): Promise<void> {
  // Each by itself: a transaction that locks one table after the other would wait for readers who wait for it.
  await db.pool.query("drop index planted");
  await db.pool.query("alter table users drop constraint planted");
  for (const word of ["deadlock", "cast", "upload"]) await db.pool.query(`drop function planted_${word} cascade`);
}

async function sendFile(people: Record<string, string>[]): Promise<string> {
  const form = new FormData();
  form.set("options", JSON.stringify({ operation: "create-users", apply: true }));
  form.set("file", new Blob([plantedCsv(people)], { type: "text/csv" }), `${mark}-people.csv`);
  const answer = await fetch(`${processes[0]?.address}/v1/customers/${customer.id}/uploads`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${installation.environment["MUSTER_ADMIN_API_KEY"]}`,
      traceparent: `00-${callers.traceId}-${callers.spanId}-01`,
      // What may be a name is no id, and another one takes its place.
      "x-request-id": `${mark} file@partner.example`,
    },
    body: form,
  });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}

/** Batches whose only chunk meets one of the faults again and again. */
async function provokeJobFaults(): Promise<string[]> {
  const { db, queues } = installation;
  for (const fault of Object.values(faults)) await db.pool.query(fault);
  const batchIds: string[] = [];
  for (const [name, more] of Object.entries({
    unique: { Fax: `${mark} same fax` },
    check: { Department: `${mark} refused` },
    deadlock: { Department: `${mark} deadlock` },
    cast: { Department: `${mark} cast` },
  })) {
    batchIds.push(await sendFile([1, 2].map((no) => plantedPerson(customer.domain, `${name}.${no}`, more))));
  }
  for (const batchId of batchIds) {
    await eventually(
      async () => {
        const job = await queues["user-creation"].getJob(`${batchId}-1-1`);
        expect(job?.attemptsMade ?? 0).toBeGreaterThanOrEqual(2);
      },
      { timeoutMs: 60_000 },
    );
  }
  return batchIds;
}

/** Requests that are refused, each with planted values in it. */
async function provokeRefusals(): Promise<number[]> {
  const { id, domain } = customer;
  const uploads = `/v1/customers/${id}/uploads?operation=create-users&fileName=${mark}.csv`;
  const csv = plantedCsv([plantedPerson(domain, "refused", { Department: `${mark} upload` })]);
  const json = { userPrincipalName: `${mark}.json@${domain}`, displayName: `${mark} json`, password: secretMark };
  const origin = processes[0]?.address ?? "";
  const requests: [string, Parameters<Client["request"]>[1]][] = [
    [uploads, { csv }],
    [uploads, { csv: csv.slice(0, -30) }],
    [uploads, { csv: csv.split("\r\n")[0] ?? "" }],
    [uploads, { csv: JSON.stringify(json) }],
    [uploads, { csv: `${mark};${mark} 2\n${mark};${secretMark}\n` }],
    [`${uploads}&domain=${mark}.example`, { csv }],
    [`${uploads}&mapping=${encodeURIComponent(JSON.stringify({ [mark]: "displayName" }))}`, { csv }],
    [`/v1/customers/${id}/users`, { json }],
    [`/v1/customers/${id}/users`, { json: { ...json, [`${mark}Unknown`]: secretMark } }],
    [
      `/v1/customers/${id}/users`,
      { csv: JSON.stringify(json).slice(0, -3), headers: { "content-type": "application/json" } },
    ],
    [`/v1/customers/${id}/batches`, { json: { operation: "createUsers", rows: [json, { displayName: 7 }] } }],
    [
      "/api/auth/sign-in/email",
      { json: { email: `${mark}@muster.example`, password: secretMark }, headers: { origin } },
    ],
    [`/v1/customers/${id}/${mark}`, {}],
    [`/v1/batches/${mark}`, {}],
  ];
  const statuses: number[] = [];
  for (const [path, options] of requests) {
    const wait = path.endsWith("/users") ? { prefer: "wait=10" } : {};
    statuses.push((await client.request(path, { ...options, headers: { ...options?.headers, ...wait } })).status);
  }
  return statuses;
}

/** Batches whose jobs fail with counts by cause, or go through. */
async function runOrdinaryBatches(): Promise<string[]> {
  const { domain } = customer;
  const licensed = [1, 2, 3].map((no) => plantedPerson(domain, `licensed.${no}`, { Licenses: "SPE_E3" }));
  const short = await sendFile([
    ...licensed,
    plantedPerson(domain, "weak", { Password: secretMark }),
    plantedPerson(domain, "long", { "Postal code": `${mark} ${"9".repeat(50)}` }),
  ]);
  expect(await client.finished(short)).toMatchObject({ totals: { rows: 5, succeeded: 1, partial: 2, failed: 2 } });
  // The batch is over when its rows are, a moment before the queue has its job as failed.
  await eventually(async () => {
    const retry = await client.request(`/queues/api/queues/user-creation/${short}-1-1/retry`, {
      method: "PUT",
      headers: { "sec-fetch-site": "same-origin", origin: processes[0]?.address ?? "" },
    });
    expect(retry.status).toBe(204);
  });
  await client.finished(short);
  return [short];
}

/** The passwords that Muster made or sealed for these batches, as their download has them. */
async function downloadPasswords(batchIds: readonly string[]): Promise<string[]> {
  const files = await Promise.all(
    batchIds.map((batchId) => client.ok(`/v1/batches/${batchId}/passwords`, { method: "POST" })),
  );
  return files.flatMap((file) =>
    String(file)
      .trim()
      .split("\r\n")
      .slice(1)
      .map((line) => line.split(",")[2] ?? ""),
  );
}

/** Looks for values as they are, and as the bytes of a column are shown. */
function expectNone(where: string, text: string, values: readonly string[]): void {
  const folded = text.toLowerCase();
  for (const form of values.flatMap((one) => [one.toLowerCase(), Buffer.from(one).toString("hex")])) {
    const at = folded.indexOf(form);
    expect(at === -1 ? null : `${where}: …${text.slice(Math.max(0, at - 200), at + 100)}…`).toBeNull();
  }
}

function expectNothingPlanted(where: string, text: string, passwords: readonly string[]): void {
  expectNone(where, text, [mark, secretMark, phone, phone.replaceAll(" ", ""), ...passwords]);
}

/** These hold a name in nearly every column. */
const tablesOfPeople = ["rows", "users"];

/** Where else names belong: those of people, agents and customers, of their files, and of what was done with them. */
const columnsOfNames: Record<string, string[]> = {
  agents: ["name", "email"],
  audit: ["actor_name", "before", "after"],
  batches: ["file_name", "header", "options", "approval"],
  bundles: ["file_name", "header"],
  customers: ["name"],
  fixed_cells: ["before", "after"],
  fixes: ["label"],
  mappings: ["mapping"],
  refused_rows: ["cells", "message"],
  row_names: ["names"],
  row_results: ["message"],
  user_names: ["names"],
  webhooks: ["address"],
};

/** Nothing that is done here leaves a row in these; `names_due` is empty once its work is done. */
const emptyHere = [
  "agent_group_members",
  "agent_groups",
  "api_keys",
  "catalog_plans",
  "catalog_products",
  "former_licenses",
  "names_due",
  "role_assignments",
  "two_factors",
  "verifications",
];

/** No column holds a password that can be read, and none but these holds a name. */
async function expectNamesWhereTheyBelong(passwords: readonly string[]): Promise<void> {
  const tables = await columnsAsText(installation.db, "public");
  const empty = [...tables].flatMap(([table, columns]) => (columns.size === 0 ? [table] : []));
  expect(empty.filter((table) => !emptyHere.includes(table))).toEqual([]);
  for (const [table, columns] of tables) {
    for (const [column, text] of columns) {
      const mayName = tablesOfPeople.includes(table) || columnsOfNames[table]?.includes(column) === true;
      if (mayName) expectNone(`${table}.${column}`, text, [secretMark, ...passwords]);
      else expectNothingPlanted(`${table}.${column}`, text, passwords);
    }
  }
  for (const [table, columns] of Object.entries(columnsOfNames)) {
    for (const column of columns) expect(tables.get(table)?.get(column), `${table}.${column}`).toContain(mark);
  }
}

/** What a process tells on the port of its own. */
async function metricsOf(one: MusterProcess): Promise<string> {
  return await (await fetch(`${probeOf(one)}/metrics`)).text();
}

async function expectNothingPlantedAnywhere(passwords: readonly string[]): Promise<void> {
  const storage = await queueStorage(installation.db);
  const board = await boardAnswers(client);
  expect(storage).toContain(customer.domain);
  expect(board.text).toContain(customer.domain);
  expect(board.jobs).toBeGreaterThanOrEqual(5);
  expectNothingPlanted("the queue", storage, passwords);
  expectNothingPlanted("Bull Board", board.text, passwords);
  // A message goes out a moment after its batch has ended.
  await eventually(() => {
    expect(received).toContain("batch.failed_in_part");
    expect(named).toContain("seat_shortage");
  });
  expectNothingPlanted("the webhooks", received, passwords);
  await expectOneTrace();
  expectNothingPlanted("the traces", collector.received(), passwords);
  for (const one of processes) {
    expectNothingPlanted("the log", one.output(), passwords);
    const metrics = await metricsOf(one);
    expect(metrics).toContain("muster_");
    expectNothingPlanted("the metrics", metrics, passwords);
  }
}

/** What mails about batches said so far, without whom they are for. */
function mailTexts(): string[] {
  const toOnCall = mailServer.mails.filter(({ to }) => to.includes(onCall));
  return toOnCall.map(({ text }) => text.replaceAll("=\r\n", "").replace(/^To: .*$/m, ""));
}

async function mailsOnCall(): Promise<string> {
  await eventually(() => mailTexts().some((text) => text.includes("needs the yes of a second agent")));
  return mailTexts().join("\n");
}

/** The request for a file, its jobs in another process and the statements of both are parts of the trace of whoever sent it. */
async function expectOneTrace(): Promise<void> {
  const { traceId, spanId } = callers;
  await eventually(() => {
    const ours = collector.spans.filter((one) => one.traceId === traceId);
    const request = ours.find((one) => one.parentSpanId === spanId);
    expect(request?.name).toBe("POST /v1/customers/{customerId}/uploads");
    const jobs = ours.filter((one) => one.name === "chunk" && one.parentSpanId === request?.spanId);
    expect(jobs.length).toBeGreaterThan(0);
    for (const { instance } of jobs) expect(instance).not.toBe(request?.instance);
    const message = ours.find((one) => one.name === "webhook" && one.parentSpanId === request?.spanId);
    const signIn = collector.spans.find((one) => one.name === "POST /api/auth/sign-in/email");
    // One that came before its job had failed retried nothing.
    const retry = collector.spans.findLast((one) => one.name === "PUT /queues");
    const changes = ["insert", "update", "commit"];
    for (const [above, names] of [
      [request, changes],
      [jobs[0], changes],
      [message, ["select", "with"]],
      [signIn, ["select"]],
      [retry, changes],
    ] as const) {
      expect(above).toBeDefined();
      const statements = collector.spans.filter((one) => one.parentSpanId === above?.spanId);
      expect(statements.map(({ name }) => name)).toEqual(expect.arrayContaining([...names]));
    }
  });
  for (const one of processes) expect(one.output()).toContain(`"traceId":"${traceId}"`);
}

test("no name, address or password reaches the queue, the logs, the metrics, traces, webhooks, mails or Bull Board, whatever is done or goes wrong", async () => {
  const { db } = installation;
  const ordinary = await runOrdinaryBatches();
  const faulty = await provokeJobFaults();
  const statuses = await provokeRefusals();
  expect(statuses.every((status) => status >= 400)).toBe(true);
  expect(statuses).toContain(500);
  await client.ok(`/v1/customers/${customer.id}/users?q=${mark}`);
  await client.ok(`/v1/batches?q=${mark}`);
  const log = processes.map((one) => one.output()).join("\n");
  for (const sqlstate of ["23505", "23514", "40P01", "22P02"]) expect(log).toContain(sqlstate);
  await expectNothingPlantedAnywhere([]);

  await mend(db);
  for (const batchId of faulty) expect(await client.finished(batchId)).toMatchObject({ totals: { succeeded: 2 } });

  const made = await downloadPasswords([...ordinary, ...faulty]);
  expect(made.length).toBe(11);
  const acted = await actOnPlanted(client, processes[0]?.address ?? "", customer);
  const passwords = [...made, ...acted.secrets];
  await eventually(() => expect(received).toContain("batch.awaiting_approval"));
  await expectNothingPlantedAnywhere(passwords);
  expectNothingPlanted("the mails about batches", await mailsOnCall(), passwords);
  await expectNamesWhereTheyBelong(passwords);
  const parts = [
    ...[...ordinary, ...faulty, ...acted.batchIds].flatMap((batchId) =>
      ["rows", "results.csv", "failed.csv"].map((part) => `batches/${batchId}/${part}`),
    ),
    ...["refused", "results.csv", "failed.csv"].map((part) => `bundles/${acted.bundleId}/${part}`),
  ];
  const files = await Promise.all(parts.map(async (part) => (await client.request(`/v1/${part}`)).text));
  expect(files.join("\n").toLowerCase()).not.toContain(secretMark);
  expect(await brokenInvariants(db)).toEqual([]);
});
