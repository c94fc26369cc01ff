import { createBullBoard } from "@bull-board/api";
import { ExpressAdapter } from "@bull-board/express";
import type { Queue } from "bullmq";
import { type RequestHandler, Router } from "express";
import { pageAddress, pages } from "../../contract/pages.ts";
import { Problem } from "../../contract/problem.ts";
import type { ApiContext } from "../api-context.ts";
import { admit } from "../http/admit.ts";
import type { Caller } from "../http/authenticate.ts";
import { boardPolicy } from "../http/security-headers.ts";
import { traceRequest } from "../http/trace-request.ts";
import { boardFiles, boardScript, boardStyle, dressPages } from "./board-dress.ts";
import { BoardQueue } from "./board-queue.ts";
import { filterJobs, hideJob } from "./hide-others-jobs.ts";
import { retryFailedJob, retryFailedJobs } from "./retry-failed-job.ts";

const base = "/queues";
/** Of an address that nothing answers, so much is kept in the audit. */
const longestPath = 200;

/**
 * Bull Board under /queues, for those who have authority. It can do more than anybody should: of it only the GETs
 * pass, and its retries are answered here, by the rules of a retry.
 */
export function makeBoard(api: ApiContext): Router {
  const router = Router();
  router.use(base, traceBoard, boardPolicy, admitToBoard(api));
  router.put(`${base}/api/queues/:queueName/:jobId/retry`, async (req, res) => {
    await retryFailedJob(api, res.locals["caller"], req.params.queueName, req.params.jobId);
    res.status(204).end();
  });
  router.put(`${base}/api/queues/:queueName/retry/failed`, async (req, res) => {
    res.json(await retryFailedJobs(api, res.locals["caller"], req.params.queueName));
  });
  router.use(base, refuseOtherActs(api));
  // Matched as Bull Board matches, so that no other spelling of an address gets by.
  router.get(`${base}/api/queues`, filterJobs(api.context));
  router.get(`${base}/api/queues/:queueName/:jobId{/*rest}`, hideJob(api.context));
  router.get(boardFiles.script, (_req, res) => void res.type("text/javascript").send(boardScript));
  router.get(boardFiles.style, (_req, res) => void res.type("text/css").send(boardStyle));
  router.use(base, dressPages, boardRouter(Object.values(api.queues)));
  return router;
}

/** Of an address of Bull Board only that it is one: it may hold what somebody searches for. */
const traceBoard: RequestHandler = (req, res, next) =>
  traceRequest(req, res, { method: req.method, path: base }, () => next());

function admitToBoard(api: ApiContext): RequestHandler {
  return async (req, res, next) => {
    res.locals["route"] = base;
    const caller = await admit({ authority: "anyAgent" }, req, api);
    res.locals["caller"] = caller;
    res.locals["actor"] = caller?.actor.id;
    next();
  };
}

function refuseOtherActs(api: ApiContext): RequestHandler {
  return async (req, res, next) => {
    if (req.method !== "GET" && req.method !== "HEAD") {
      const after = { method: req.method, path: req.path.slice(0, longestPath) };
      const { actor } = res.locals["caller"] as Caller;
      await api.refusals.record(actor, `board ${req.method}`, { operation: "board_act", customerId: null, after });
      throw new Problem("forbidden", "Of Bull Board's acts only the retry of failed jobs is allowed");
    }
    next();
  };
}

function boardRouter(queues: Queue[]): Router {
  // Its types leave the first one out. Without it a job that succeeded would have a retry, which is refused.
  const adapterOptions = {
    allowCompletedRetries: false,
    externalJobUrl: (job: { data: unknown }) => batchOf(job.data),
  };
  const serverAdapter = new ExpressAdapter().setBasePath(base);
  createBullBoard({
    queues: queues.map((queue) => new BoardQueue(queue, adapterOptions)),
    serverAdapter,
    options: {
      uiConfig: { boardTitle: "Muster · queues", hideRedisDetails: true, hideDocsLink: true },
      handlerHooks: { before: ({ method }) => ({ allow: method === "get", status: 403 }) },
    },
  });
  return serverAdapter.getRouter() as Router;
}

function batchOf(data: unknown): { href: string; displayText: string } {
  const { batchId } = (data ?? {}) as { batchId?: unknown };
  return typeof batchId === "string"
    ? { href: pageAddress("batch", { batchId }), displayText: "Batch" }
    : { href: pages.batches.path, displayText: pages.batches.title };
}
