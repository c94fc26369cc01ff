import { ensureFirstAdmin } from "./api/sign-in/first-admin.ts";
import { makeSignIn, type SignIn } from "./api/sign-in/sign-in.ts";
import { makeServer, type ApiServer } from "./api/server.ts";
import { runDemo } from "./core/demo/run-demo.ts";
import type { CoreContext } from "./core/context.ts";
import { keptSecretKey, matchSecretKey, purposeKey } from "./core/secrets/secret-key.ts";
import { openSecrets } from "./core/secrets/secrets.ts";
import { assertServerVersion } from "./db/assert-server-version.ts";
import { startEmbeddedPostgres } from "./db/embedded-postgres.ts";
import { TransientFault } from "./db/faults.ts";
import { makeLog, type Log } from "./db/log.ts";
import { migrate } from "./db/migrate.ts";
import { openDatabase, type Database } from "./db/open-database.ts";
import { readSettings, type Settings } from "./settings.ts";
import { migrateQueue, openQueueBackend, type QueueBackend } from "./worker/queue-backend.ts";
import { closeQueues, openQueues, type Queues } from "./worker/queues.ts";
import { retryJob } from "./worker/retry-job.ts";
import { startWorkers } from "./worker/start-workers.ts";

/** Chunks at work at a stop get this long to end by themselves. */
const drainMs = 10_000;

/** Parts that run, the last started first in the list; they are closed in that order. */
type Running = { closers: (() => Promise<void>)[] };

type Ground = { settings: Settings; log: Log; url: string; secretKey: string };

const usage = `Usage: main.ts COMMAND

  serve     api and workers in one process
  api       the api and the pages; any number of them
  worker    carries out the jobs; any number of them
  migrate   brings the database to the newest schema
  demo      serve, with a sample customer and 500 people provisioned
`;

async function main(command: string | undefined): Promise<void> {
  switch (command) {
    case "serve":
    case "api":
    case "worker":
    case "demo":
      return await run(command);
    case "migrate":
      return await migrateAll();
    case undefined:
    default:
      process.stderr.write(usage);
      process.exitCode = 2;
  }
}

async function run(command: "serve" | "api" | "worker" | "demo"): Promise<void> {
  const running: Running = { closers: [] };
  const stop = new AbortController();
  const stopped = stopSignal().then(() => stop.abort());
  try {
    const ground = await layGround(running);
    const queue = await openQueue(ground, running);
    if (command !== "api") await startWorking(ground, queue, running);
    if (command !== "worker") {
      const served = await startServing(ground, queue, running);
      if (command === "demo") await runDemo(served.context, { ...served, print, stop: stop.signal });
    }
    await stopped;
  } finally {
    for (const close of running.closers) await close();
  }
}

/**
 * Resolves at the first signal to stop. A later one ends the process at once, but not in the first second: npm and tsx
 * pass on the Ctrl-C that the terminal has sent to us as well.
 */
function stopSignal(): Promise<void> {
  let stoppedAt: number | undefined;
  return new Promise((resolve) => {
    const stop = () => {
      stoppedAt ??= Date.now();
      if (Date.now() - stoppedAt > 1000) process.exit(1);
      resolve();
    };
    process.on("SIGINT", stop).on("SIGTERM", stop);
  });
}

/** What every command stands on: the settings, a database on the newest schema, and the key that seals passwords. */
async function layGround(running: Running): Promise<Ground> {
  const settings = readSettings();
  const log = makeLog(settings.LOG_LEVEL);
  let url = settings.DATABASE_URL;
  if (url === undefined) {
    const embedded = await startEmbeddedPostgres({ dataDir: settings.MUSTER_DATA_DIR, log });
    running.closers.unshift(() => embedded.stop());
    url = embedded.url;
  } else await assertServerVersion(url);
  await migrate(url);
  return {
    settings,
    log,
    url,
    secretKey: settings.MUSTER_SECRET_KEY ?? (await keptSecretKey(settings.MUSTER_DATA_DIR)),
  };
}

/** Brings our tables and, where the queue lives on Postgres, the queue's to their newest form, and stops. */
async function migrateAll(): Promise<void> {
  const running: Running = { closers: [] };
  try {
    const { url, settings } = await layGround(running);
    if (settings.REDIS_URL === undefined) await migrateQueue(url);
    print("The database is on the newest schema.\n");
  } finally {
    for (const close of running.closers) await close();
  }
}

async function openQueue(ground: Ground, running: Running): Promise<{ backend: QueueBackend; queues: Queues }> {
  const db = open(ground, "tool", running);
  const backend = await openQueueBackend({ db, redisUrl: ground.settings.REDIS_URL, log: ground.log });
  running.closers.unshift(() => backend.close());
  const queues = openQueues(backend);
  running.closers.unshift(() => closeQueues(queues));
  return { backend, queues };
}

function open(ground: Ground, role: "api" | "worker" | "tool", running: Running): Database {
  const poolSize = role === "tool" ? 2 : 10;
  const db = openDatabase(ground.url, { role, poolSize, log: ground.log });
  running.closers.unshift(() => db.close());
  return db;
}

async function openCore(ground: Ground, role: "api" | "worker", running: Running): Promise<CoreContext> {
  const db = open(ground, role, running);
  const secrets = openSecrets(ground.secretKey);
  await matchSecretKey(db, secrets.fingerprint);
  return { db, secrets, log: ground.log, now: () => new Date(), restoreDays: ground.settings.MUSTER_RESTORE_DAYS };
}

async function startWorking(
  ground: Ground,
  { backend, queues }: { backend: QueueBackend; queues: Queues },
  running: Running,
): Promise<void> {
  const context = await openCore(ground, "worker", running);
  const pool = await startWorkers({
    context,
    backend,
    queues,
    concurrency: ground.settings.WORKER_CONCURRENCY,
    sweepLimits: { keepRowsDays: ground.settings.MUSTER_KEEP_ROWS_DAYS },
    log: ground.log,
  });
  running.closers.unshift(() => pool.close(drainMs));
  ground.log.info({ slots: ground.settings.WORKER_CONCURRENCY, queue: backend.kind }, "the worker is at work");
}

type Served = { context: CoreContext; address: string; signIn: { email: string; password: string | null } };

async function startServing(ground: Ground, { queues }: { queues: Queues }, running: Running): Promise<Served> {
  const { settings, log, secretKey } = ground;
  const context = await openCore(ground, "api", running);
  const publicUrl = settings.MUSTER_PUBLIC_URL ?? null;
  const authSecret = purposeKey(secretKey, "sessions");
  const signIn = makeSignIn({ db: context.db, secret: authSecret, publicUrl, log });
  const first = await firstAdmin(context.db, signIn, settings);
  const server = makeServer({
    context,
    signIn,
    queues,
    retryJob,
    settings: {
      host: settings.HOST,
      port: settings.PORT,
      publicUrl,
      adminApiKey: settings.MUSTER_ADMIN_API_KEY ?? null,
      maxUploadMb: settings.MUSTER_MAX_UPLOAD_MB,
    },
  });
  const address = await listen(server, settings);
  running.closers.unshift(() => server.close());
  if (settings.MUSTER_ADMIN_API_KEY !== undefined) {
    log.warn(
      "MUSTER_ADMIN_API_KEY is set: whoever holds it may do everything; its acts are audited as token:environment",
    );
  }
  print(`Muster serves ${address}\n`);
  return { context, address, signIn: first };
}

async function listen(server: ApiServer, settings: Settings): Promise<string> {
  try {
    return await server.listen();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    throw new Error(`Port ${settings.PORT} is in use: stop what uses it, or set PORT to another number.`, {
      cause: error,
    });
  }
}

/** Makes the first agent at the first start, and prints a made password the one time that it is known. */
async function firstAdmin(db: Database, signIn: SignIn, settings: Settings): Promise<Served["signIn"]> {
  const made = await ensureFirstAdmin(db, signIn, {
    email: settings.MUSTER_ADMIN_EMAIL ?? null,
    password: settings.MUSTER_ADMIN_PASSWORD ?? null,
  });
  if (made === null) return { email: settings.MUSTER_ADMIN_EMAIL ?? "admin@muster.local", password: null };
  if (made.generatedPassword !== null) {
    print(
      `\nThe first agent: ${made.email}\nPassword:        ${made.generatedPassword}   (shown this once; change it after signing in)\n\n`,
    );
  }
  return { email: made.email, password: made.generatedPassword };
}

function print(text: string): void {
  process.stdout.write(text);
}

/** A queue that is out of reach leaves timers behind, which must not keep a process that has closed everything else. */
const lingerMs = 2_000;

main(process.argv[2])
  .catch((error: unknown) => {
    // One sentence for a person; what a program needs to know is in the log.
    process.stderr.write(`${sentence(error)}\n`);
    process.exitCode = 1;
  })
  .finally(() => setTimeout(() => process.exit(), lingerMs).unref());

function sentence(error: unknown): string {
  if (error instanceof TransientFault)
    return `The database cannot be reached or is not ready (${error.message}). Check DATABASE_URL, then start again.`;
  return error instanceof Error ? error.message : "Muster could not start.";
}
