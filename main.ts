import type { Examined } from "./boot/doctor/examine.ts";
import { readVersion } from "./boot/read-version.ts";
import { runToEnd } from "./boot/run-to-end.ts";
import { withClosers } from "./boot/with-closers.ts";
import { readClientSettings } from "./cli/client-settings.ts";
import type { Closers, ProcessBase } from "./core/open-core.ts";
import type { Log, LogLevel } from "./db/log.ts";
import type { Monitor } from "./monitor/monitor.ts";
import type { Outlets } from "./worker/webhooks/open-sender.ts";
import { readKeylessSettings, readSettings, unknownSettings, type Settings } from "./settings.ts";

/** Requests get 5 s to end, then chunks 10 s and another 3 s to go back to their queue: a stop takes no longer than all of it. */
const stopLimitMs = 25_000;

// Each command loads no more than it needs: import starts in a quarter of the time that the api takes to load.
async function main(command: string | undefined, args: string[]): Promise<void> {
  if (command !== undefined && !ownCommands.has(command)) return await runClient(command, args);
  if (args.some((word) => word === "--help" || word === "-h")) return print(await usage());
  if (command === "doctor" && args.length === 1 && args[0] === "--json") return await examine(true);
  if (command === "backup" || command === "restore") return await backUp(command, args);
  if (args.length > 0) return await refuse(`${command} takes no "${args[0]}": all settings come from the environment.`);
  switch (command) {
    case "serve":
    case "api":
    case "worker":
    case "demo":
      return await withClosers((closers) => run(command, closers));
    case "migrate":
      return await withClosers(migrateAll);
    case "doctor":
      return await examine(false);
    case "version":
    case "--version":
    case "-v":
      return print(`muster ${await readVersion()}\n`);
    case "help":
    case "--help":
    case "-h":
      return print(await usage());
    case undefined:
    default:
      return await refuse();
  }
}

async function usage(): Promise<string> {
  const { serverUsage } = await import("./boot/server-usage.ts");
  return serverUsage(process);
}

/** Tells a person how the program is used, below what was wrong with the words that it was given. */
async function refuse(sentence?: string): Promise<void> {
  process.stderr.write(`${sentence === undefined ? "" : `${sentence}\n\n`}${await usage()}`);
  process.exitCode = 2;
}

const ownCommands = new Set(
  "serve api worker demo migrate doctor backup restore version --version -v help --help -h".split(" "),
);

/** Carries out what is the command line's, as a client of a Muster that serves. */
async function runClient(command: string, args: string[]): Promise<void> {
  const { isCommandWord, runProgram } = await import("./cli/run-program.ts");
  if (!isCommandWord(command)) return await refuse();
  const parts = { version: await readVersion(), settings: readClientSettings };
  process.exitCode = await runProgram([command, ...args], parts, process);
}

/** What runs until it is told to stop. */
type ServerCommand = "serve" | "api" | "worker" | "demo";

async function run(command: ServerCommand, closers: Closers): Promise<void> {
  const settings = readSettings();
  // A line of the log would break into the demo's progress bar.
  const log = await openLog(settings, command === "demo" ? "warn" : "info");
  const { untilStop } = await import("./boot/until-stop.ts");
  const stop = untilStop(log, stopLimitMs);
  await traceProcess(settings, log, closers);
  const { makeMonitor } = await import("./monitor/monitor.ts");
  const monitor = makeMonitor();
  await openProbe(command, settings, { monitor, log, closers });
  await reachRedis(settings);
  const base = await prepare(settings, log, closers);
  const { openQueue, startWorking } = await import("./worker/start-working.ts");
  await checkConnections(command, settings, base);
  const queue = await openQueue(base, settings.REDIS_URL, command !== "api");
  if (command !== "api") {
    await startWorking(base, queue, {
      concurrency: settings.WORKER_CONCURRENCY,
      keepRowsDays: settings.MUSTER_KEEP_ROWS_DAYS,
      outlets: outletsOf(settings),
      monitor,
    });
  }
  if (command !== "worker") {
    const { startServing } = await import("./api/start-serving.ts");
    const { retryJob } = await import("./worker/retry-job.ts");
    const { makeEnqueue } = await import("./worker/add-chunks.ts");
    const served = await startServing(
      base,
      { queues: queue.queues, retryJob, enqueue: makeEnqueue(queue.queues, log), monitor },
      { ...apiParts(settings), print: command === "demo" ? print : tell },
    );
    if (command === "demo") {
      const { runDemo } = await import("./boot/demo/run-demo.ts");
      await runDemo(served.context, { ...served, print, stop: stop.signal });
    }
  }
  monitor.atWork = true;
  await stop.told;
  monitor.atWork = false;
}

function outletsOf(settings: Settings): Outlets {
  const { MUSTER_WEBHOOK_NETWORKS: networks = [], MUSTER_PUBLIC_URL: publicUrl = null } = settings;
  return { networks, mail: mailOf(settings), publicUrl };
}

function mailOf({ MUSTER_SMTP_URL: server, MUSTER_MAIL_FROM: from }: Settings): Outlets["mail"] {
  return server === undefined || from === undefined ? null : { server, from };
}

/** Traces the work of this process where somebody collects traces. */
async function traceProcess(settings: Settings, log: Log, closers: Closers): Promise<void> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: headers } = settings;
  if (endpoint === undefined) return;
  const { startTracing } = await import("./boot/start-tracing.ts");
  const serviceName = settings.OTEL_SERVICE_NAME;
  startTracing({ endpoint, headers, serviceName, version: await readVersion() }, log, closers);
}

/** Ends the start where the Redis that is set does not answer, before anything else is started. */
async function reachRedis({ REDIS_URL: url }: Settings): Promise<void> {
  if (url === undefined) return;
  const { onRedis } = await import("./boot/on-redis.ts");
  await onRedis(url, async () => {});
}

/**
 * Answers those who watch this process, on a port of its own, where one is set. It comes before all that the process starts: a
 * port that is taken ends the start before anything was done. @throws Error of one sentence in that case
 */
async function openProbe(
  command: ServerCommand,
  { HOST: host, PORT: apiPort, MUSTER_METRICS_PORT: port }: Settings,
  { monitor, log, closers }: { monitor: Monitor; log: Log; closers: Closers },
): Promise<void> {
  if (port === undefined) return;
  if (port !== 0 && port === apiPort && command !== "worker") {
    throw new Error(`MUSTER_METRICS_PORT is ${port}, and so is PORT: set it to another number.`);
  }
  const { startProbe } = await import("./monitor/start-probe.ts");
  const probe = await startProbe(monitor, host, port);
  closers.unshift(() => probe.close());
  log.info({ address: probe.address }, "health and metrics can be asked for");
}

/** Sees to it that Postgres takes as many connections as this process may open. */
async function checkConnections(command: ServerCommand, settings: Settings, { url, log }: ProcessBase): Promise<void> {
  const { checkRoom } = await import("./db/check-room.ts");
  await checkRoom(url, await neededConnections(settings, command), log);
}

/** How many connections to Postgres a process opens at most. */
async function neededConnections(
  { REDIS_URL, WORKER_CONCURRENCY }: Parameters<Examined["needed"]>[0],
  command: ServerCommand = "serve",
): Promise<number> {
  const { workingConnections } = await import("./worker/start-working.ts");
  const { queueConnections } = await import("./worker/queue-backend.ts");
  const [works, serves] = [command !== "api", command !== "worker"];
  const needed = [
    works ? workingConnections(WORKER_CONCURRENCY) : 0,
    serves ? (await import("./api/start-serving.ts")).servingConnections : 0,
    REDIS_URL === undefined ? queueConnections(works) : 0,
  ];
  return needed.reduce((sum, one) => sum + one, 0);
}

/** Brings our tables and, where the queue lives on Postgres, the queue's to their newest form, and stops. */
async function migrateAll(closers: Closers): Promise<void> {
  const settings = readKeylessSettings();
  const { prepareDatabase } = await import("./boot/prepare-process.ts");
  const url = await prepareDatabase(databaseParts(settings), await openLog(settings), closers);
  const { migrateQueue } = await import("./worker/queue-backend.ts");
  if (settings.REDIS_URL === undefined) await migrateQueue(url);
  print("The database is on the newest schema.\n");
}

/** Tells how all stands that this Muster is to work with; ends with 1 where something is wrong. */
async function examine(json: boolean): Promise<void> {
  const { runDoctor } = await import("./boot/doctor/run-doctor.ts");
  const examined: Examined = {
    settings: readSettings,
    needed: neededConnections,
    unknown: unknownSettings,
    version: await readVersion(),
  };
  process.exitCode = await runDoctor(examined, { json, print });
}

/** Writes or restores the embedded database. @throws Error of one sentence */
async function backUp(command: "backup" | "restore", args: string[]): Promise<void> {
  const { readBackupWords } = await import("./boot/read-backup-words.ts");
  const asked = readBackupWords(command, args);
  if (typeof asked === "string") return await refuse(asked);
  const settings = readKeylessSettings();
  const parts = { settings, version: await readVersion(), log: await openLog(settings), print };
  const { runBackup, runRestore } = await import("./boot/run-backup.ts");
  await (command === "backup" ? runBackup(asked.file, parts) : runRestore(asked.file, asked.wishes, parts));
}

async function openLog({ LOG_LEVEL }: Settings, usual: LogLevel = "info"): Promise<Log> {
  const { makeLog } = await import("./db/log.ts");
  const log = makeLog(LOG_LEVEL ?? usual);
  for (const warning of unknownSettings()) log.warn(warning);
  return log;
}

async function prepare(settings: Settings, log: Log, closers: Closers): Promise<ProcessBase> {
  const { prepareProcess } = await import("./boot/prepare-process.ts");
  const parts = {
    ...databaseParts(settings),
    secretKey: settings.MUSTER_SECRET_KEY,
    previousSecretKey: settings.MUSTER_SECRET_KEY_PREVIOUS,
    restoreDays: settings.MUSTER_RESTORE_DAYS,
  };
  return await prepareProcess(parts, log, closers);
}

function databaseParts(settings: Settings) {
  return {
    databaseUrl: settings.DATABASE_URL,
    ownerUrl: settings.DATABASE_OWNER_URL,
    dataDir: settings.MUSTER_DATA_DIR,
  };
}

/** Which setting leads to the database that this process works with. */
function databaseSetting(): string {
  return readKeylessSettings().DATABASE_URL === undefined ? "MUSTER_DATA_DIR" : "DATABASE_URL";
}

function apiParts(settings: Settings) {
  return {
    settings: {
      host: settings.HOST,
      port: settings.PORT,
      publicUrl: settings.MUSTER_PUBLIC_URL ?? null,
      trustedProxies: settings.MUSTER_TRUSTED_PROXIES,
      adminApiKey: settings.MUSTER_ADMIN_API_KEY ?? null,
      maxUploadMb: settings.MUSTER_MAX_UPLOAD_MB,
      requestsPerMinute: settings.MUSTER_REQUESTS_PER_MINUTE,
      mail: mailOf(settings),
    },
    oidc: oidcParts(settings),
    firstAgent: { email: settings.MUSTER_ADMIN_EMAIL ?? null, password: settings.MUSTER_ADMIN_PASSWORD ?? null },
  };
}

function oidcParts(settings: Settings) {
  const { MUSTER_OIDC_ISSUER: issuer, MUSTER_OIDC_CLIENT_ID: clientId } = settings;
  const clientSecret = settings.MUSTER_OIDC_CLIENT_SECRET;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return null;
  const { MUSTER_OIDC_NAME: name, MUSTER_OIDC_TRUST_EMAIL: trustEmail } = settings;
  return { issuer, clientId, clientSecret, name, trustEmail };
}

function print(text: string): void {
  process.stdout.write(text);
}

/** Tells a person something beside the log, which has standard output to itself. */
function tell(text: string): void {
  process.stderr.write(text);
}

const [command, ...args] = process.argv.slice(2);
runToEnd(() => main(command, args), databaseSetting);
