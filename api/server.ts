import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type Express } from "express";
import { watchBatches } from "../core/batches/read/watch-batches.ts";
import { makeTurns } from "../core/limits/turns.ts";
import { watchQueues } from "../monitor/queue-metrics.ts";
import { makeReadiness } from "../monitor/readiness.ts";
import { watchStores } from "../monitor/store-metrics.ts";
import { watchWork } from "../monitor/work-metrics.ts";
import { makeBoard } from "./board/board.ts";
import type { ApiContext, ServerDeps } from "./api-context.ts";
import { makeEventHub } from "./events/event-hub.ts";
import { makeStreamSlots } from "./events/stream-slots.ts";
import { handlers } from "./handlers/handlers.ts";
import { inviteToSignIn } from "./http/invite-to-sign-in.ts";
import { logRequests } from "./http/log-requests.ts";
import { measureRequests } from "./http/measure-requests.ts";
import { mountRoutes, refuseAddress } from "./http/mount-routes.ts";
import { handleErrors } from "./http/problems.ts";
import { refuseUnreadable } from "./http/refuse-unreadable.ts";
import { makeRefusalLog } from "./http/refusal-log.ts";
import { nameRequest } from "./http/request-id.ts";
import { makeRequestLimits } from "./http/request-limits.ts";
import { secureHeaders } from "./http/security-headers.ts";
import { pagesFolder } from "./static/pages-folder.ts";
import { servePages } from "./static/serve-pages.ts";
import { makeUploadSlots } from "./uploads/upload-slots.ts";

/** The api of one process. */
export type ApiServer = {
  app: Express;
  /** Starts listening and gives the address, such as `http://127.0.0.1:3000`. */
  listen(): Promise<string>;
  /** Lets requests under way end, up to 5 s. */
  close(): Promise<void>;
};

const closeMs = 5_000;
/** Longer than proxies keep a connection that nobody uses (60 s or 75 s), so that none sends a request into one that we close. */
const keepAliveMs = 90_000;
const uploadsPerAgent = 2;
/** A browser opens six at most; this leaves room for several, and for programs. */
const streamsPerCaller = 20;
/** Of the ten connections for transactions that pipeline. */
const uploadsStaging = 6;

/** Builds the api from what main.ts hands in; nothing runs before `listen`. */
export function makeServer(deps: ServerDeps): ApiServer {
  const { context, settings } = deps;
  const watch = watchBatches();
  const events = makeEventHub(context, watch);
  const api: ApiContext = {
    ...deps,
    watch,
    events,
    readiness: makeReadiness(context.db, events.isAlive, deps.queues["user-creation"]),
    uploads: makeUploadSlots(uploadsPerAgent),
    streams: makeStreamSlots(streamsPerCaller),
    staging: makeTurns(uploadsStaging),
    limits: makeRequestLimits(context, settings.requestsPerMinute),
    refusals: makeRefusalLog(context),
    uploadStallMs: deps.uploadStallMs ?? 30_000,
  };
  watchPart(api);
  const app = makeApp(api);
  const server = createServer(app);
  // A slow upload may take its time: what guards every body is the silence that its reader takes.
  server.requestTimeout = 0;
  server.keepAliveTimeout = keepAliveMs;
  server.headersTimeout = keepAliveMs + 5_000;
  // Without this Node would ask for the body before anything of ours has looked at the head.
  server.on("checkContinue", app);
  server.on("clientError", refuseUnreadable);
  return {
    app,
    async listen() {
      await api.events.start();
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject).listen(settings.port, settings.host, resolve);
      });
      return addressOf(server);
    },
    async close() {
      // Nobody hears of a batch any more: who waits for one is told what has become of it so far.
      watch.close();
      await api.events.close();
      await closeServer(server);
      await api.limits.close();
      await api.refusals.close();
    },
  };
}

/** Has the monitor of the process tell of the api, and of all that the database knows. */
function watchPart({ context: { db }, monitor, queues, readiness }: ApiContext): void {
  monitor.watchPools("api", db.use);
  watchStores(monitor, db, queues["user-creation"]);
  watchQueues(monitor, Object.values(queues));
  watchWork(monitor, db);
  monitor.readiness.push(readiness);
}

function makeApp(api: ApiContext): Express {
  const { settings, context, monitor } = api;
  const app = express();
  app.disable("x-powered-by").disable("etag");
  app.set("trust proxy", settings.trustedProxies);
  app.use(
    nameRequest,
    logRequests(context.log),
    measureRequests(monitor.registry),
    ...secureHeaders(settings.publicUrl),
  );
  const folder = api.pagesFolder === undefined ? pagesFolder() : api.pagesFolder;
  const pages = folder === null ? null : servePages(folder);
  if (pages !== null) app.use(pages.pages);
  mountRoutes(app, api, handlers);
  app.use(makeBoard(api));
  if (pages !== null) app.use(pages.lost);
  app.use(refuseAddress);
  app.use(inviteToSignIn, handleErrors(context.log));
  return app;
}

function addressOf(server: Server): string {
  const { address, port, family } = server.address() as AddressInfo;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

async function closeServer(server: Server): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), closeMs);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(timer);
}
