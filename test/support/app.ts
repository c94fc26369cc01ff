import type { Express } from "express";
import { batchSchema, type Batch } from "../../contract/batch.ts";
import { queueNames } from "../../contract/operations.ts";
import type { ProblemDocument } from "../../contract/problem-document.ts";
import type { CoreContext } from "../../core/context.ts";
import type { MailServer } from "../../core/mail/send-mail.ts";
import { openSecrets } from "../../core/secrets/secrets.ts";
import { type Log, makeLog } from "../../db/log.ts";
import { newId } from "../../db/new-id.ts";
import { openDatabase, type Database } from "../../db/open-database.ts";
import { makeServer } from "../../api/server.ts";
import type { OidcSettings } from "../../api/sign-in/oidc-settings.ts";
import { ensureFirstAdmin } from "../../api/sign-in/first-admin.ts";
import { makeSignIn, type SignIn } from "../../api/sign-in/sign-in.ts";
import { makeMonitor } from "../../monitor/monitor.ts";
import { makeEnqueue } from "../../worker/add-chunks.ts";
import { openQueueBackend } from "../../worker/queue-backend.ts";
import { closeQueues, openQueues, type Queues } from "../../worker/queues.ts";
import { retryJob } from "../../worker/retry-job.ts";
import { startWorkers } from "../../worker/start-workers.ts";
import { eventually } from "./eventually.ts";
import { freshDatabase } from "./fresh-database.ts";
import { redisUrl } from "./queue-backends.ts";

/** An answer, read to the end. `body` is the parsed JSON, or the text where it is not JSON. */
type TestAnswer<Body = never> = { status: number; headers: Headers; body: Body; text: string };

type TestRequest = {
  method?: string;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is, as text/csv unless `headers` say otherwise. */
  csv?: string | Uint8Array | ReadableStream<Uint8Array>;
  headers?: Record<string, string>;
  /** null sends no key. */
  key?: string | null;
};

/** A whole Muster in this process: its own database, the api on a free port, and workers of two slots. */
export type TestApp = {
  url: string;
  /** The bearer token of the environment, which `request` sends unless told otherwise. */
  key: string;
  admin: { email: string; password: string };
  db: Database;
  context: CoreContext;
  queues: Queues;
  /** What is mounted. */
  server: Express;
  /** The sign-in library behind the routes. */
  library: SignIn;
  request<Body = unknown>(path: string, options?: TestRequest): Promise<TestAnswer<Body>>;
  /** Like `request`, for what must be refused. */
  refused(path: string, options?: TestRequest): Promise<TestAnswer<ProblemDocument>>;
  /** Signs the first admin in; gives headers with the session cookie and this app's own origin. */
  signIn(): Promise<Record<string, string>>;
  /** Makes a customer with one fresh domain, and seats where asked. */
  makeCustomer(products?: { skuPartNumber: string; total: number }[]): Promise<{ id: string; domain: string }>;
  /** Uploads `csv` for createUsers and gives the planned batch. */
  upload(customerId: string, csv: string | Uint8Array, query?: string): Promise<Batch>;
  apply(batchId: string): Promise<void>;
  /** The batch once it has ended. */
  finished(batchId: string): Promise<Batch>;
  /** Stops the api, and nothing else. */
  stopServing(): Promise<void>;
  close(): Promise<void>;
};

const ended = new Set(["finished", "cancelled", "rejected"]);

/** Starts an app; call it in `beforeAll`, and `close` in `afterAll`. Without `workers` nothing is ever carried out. */
export async function startApp({
  workers = true,
  uploadStallMs = 30_000,
  maxUploadMb = 512,
  pagesFolder = null,
  requestsPerMinute = 1_000_000,
  oidc = null,
  trustedProxies = "loopback",
  mail = null,
  publicUrl = null,
  log = makeLog("silent"),
  through,
}: {
  workers?: boolean;
  uploadStallMs?: number;
  maxUploadMb?: number;
  /** Where the built pages lie; without it none are served. */
  pagesFolder?: string | null;
  requestsPerMinute?: number;
  oidc?: OidcSettings | null;
  trustedProxies?: number | string;
  /** Where mails go; without it none are sent. */
  mail?: MailServer | null;
  /** Where mails of webhooks lead. */
  publicUrl?: string | null;
  log?: Log;
  /** Gives the address by which the api, and nothing else, reaches the database at `url`; the same unless told. */
  through?: (url: string) => Promise<string>;
} = {}): Promise<TestApp> {
  const fresh = await freshDatabase();
  const { db } = fresh;
  const context: CoreContext = {
    db,
    log,
    restoreDays: 30,
    now: () => new Date(),
    secrets: openSecrets("the secret key of the tests, of 32 letters and more"),
  };
  const backend = await openQueueBackend({ db, redisUrl, log });
  const queues = openQueues(backend);
  const monitor = makeMonitor();
  const sweepLimits = { keepRowsDays: 90 };
  const outlets = { networks: ["127.0.0.0/8"], mail, publicUrl };
  const pool = workers
    ? await startWorkers({
        context,
        backend,
        queues,
        log,
        concurrency: 2,
        sweepLimits,
        outlets,
        monitor,
      })
    : null;
  const apiDb = through === undefined ? db : openDatabase(await through(db.url), { role: "api", poolSize: 8, log });
  const signIn = makeSignIn({
    db: apiDb,
    log,
    oidc,
    publicUrl: null,
    keys: { current: "a secret of the tests for cookies, 8c1d3f", previous: null },
  });
  const admin = { email: "admin@muster.example", password: "correct horse battery" };
  await ensureFirstAdmin(db, signIn, admin);
  const key = "the-environment-token-of-the-tests-0123456789";
  // A test may set the clock of the api, and of nobody else.
  const served = { ...context, db: apiDb, enqueue: makeEnqueue(queues, log) };
  const server = makeServer({
    context: served,
    signIn,
    queues,
    retryJob,
    monitor,
    uploadStallMs,
    pagesFolder,
    settings: {
      host: "127.0.0.1",
      port: 0,
      publicUrl: null,
      trustedProxies,
      maxUploadMb,
      requestsPerMinute,
      adminApiKey: key,
      mail,
    },
  });
  const url = await server.listen();
  let stopped: Promise<void> | undefined;
  const stopServing = () => (stopped ??= server.close());

  async function request<Body>(path: string, options: TestRequest = {}): Promise<TestAnswer<Body>> {
    const { json, csv } = options;
    const headers = {
      ...(options.key === null ? {} : { authorization: `Bearer ${options.key ?? key}` }),
      ...(json === undefined ? {} : { "content-type": "application/json" }),
      ...(csv === undefined ? {} : { "content-type": "text/csv" }),
      ...options.headers,
    };
    const body = json === undefined ? csv : JSON.stringify(json);
    const answer = await fetch(`${url}${path}`, {
      method: options.method ?? (body === undefined ? "GET" : "POST"),
      headers,
      redirect: "manual",
      ...(body === undefined ? {} : { body, duplex: "half" }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get("content-type")?.includes("json") === true;
    return { status: answer.status, headers: answer.headers, text, body: (isJson ? JSON.parse(text) : text) as Body };
  }

  async function expectOk<Body>(path: string, options?: TestRequest): Promise<Body> {
    const answer = await request<Body>(path, options);
    if (answer.status >= 300) throw new Error(`${path} answered ${answer.status}: ${answer.text}`);
    return answer.body;
  }

  return {
    url,
    key,
    admin,
    db,
    context: served,
    queues,
    server: server.app,
    library: signIn,
    request,
    refused: request,
    async signIn() {
      const answer = await request("/api/auth/sign-in/email", { key: null, json: admin, headers: { origin: url } });
      const cookies = answer.headers.getSetCookie().map((cookie) => cookie.slice(0, cookie.indexOf(";")));
      return { cookie: cookies.join("; "), origin: url, "sec-fetch-site": "same-origin" };
    },
    async makeCustomer(products = []) {
      const domain = `${newId().slice(-12)}.example`;
      const json = { name: `Customer ${domain}`, domains: [domain], products };
      const { id } = await expectOk<{ id: string }>("/v1/customers", { json });
      return { id, domain };
    },
    async upload(customerId, csv, query = "") {
      return batchSchema.parse(
        await expectOk(`/v1/customers/${customerId}/uploads?operation=create-users${query}`, { csv }),
      );
    },
    async apply(batchId) {
      await expectOk(`/v1/batches/${batchId}/apply`, { method: "POST" });
    },
    async finished(batchId) {
      return await eventually(
        async () => {
          const batch = batchSchema.parse(await expectOk(`/v1/batches/${batchId}`));
          if (!ended.has(batch.state)) throw new Error(`batch ${batch.no} is still ${batch.state}`);
          return batch;
        },
        { timeoutMs: 30_000 },
      );
    },
    stopServing,
    async close() {
      await stopServing();
      if (apiDb !== db) await apiDb.close();
      await pool?.close(2_000);
      await Promise.all(queueNames.map((name) => queues[name].obliterate({ force: true })));
      await closeQueues(queues);
      await backend.close();
      await fresh.drop();
    },
  };
}
