import type { RequestHandler } from "express";
import type { CoreContext } from "../../core/context.ts";
import { seesPartner, visibleBatches } from "../events/watch-visible.ts";
import type { Caller } from "../http/authenticate.ts";
import { missing } from "../http/look-up.ts";

const jobOfChunk = /^([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})-\d+-\d+$/;

type ShownJob = { data?: { batchId?: unknown } | null };
type ShownQueues = { queues?: { jobs?: ShownJob[] }[] };

/** Answers 404 to the addresses of a job of a customer whom the agent may not see. */
export function hideJob(context: CoreContext): RequestHandler<{ jobId: string }> {
  return async (req, res, next) => {
    const caller = res.locals["caller"] as Caller;
    const batchId = jobOfChunk.exec(req.params.jobId)?.[1];
    const hidden = caller.actor.authority.kind !== "unrestricted" && batchId !== undefined;
    if (hidden && !(await visibleBatches(context, caller, [batchId])).has(batchId)) throw missing();
    next();
  };
}

/** Takes jobs of customers whom the agent may not see out of Bull Board's lists. */
export function filterJobs(context: CoreContext): RequestHandler {
  return (_req, res, next) => {
    const caller = res.locals["caller"] as Caller;
    if (caller.actor.authority.kind !== "unrestricted") {
      const send = res.json.bind(res);
      res.json = (body: ShownQueues) => {
        withoutOthers(context, caller, body).then(send, () => res.destroy());
        return res;
      };
    }
    next();
  };
}

async function withoutOthers(context: CoreContext, caller: Caller, body: ShownQueues): Promise<ShownQueues> {
  const jobs = (body.queues ?? []).flatMap((queue) => queue.jobs ?? []);
  const ids = new Set(jobs.map(batchOf).filter((id) => id !== null));
  const [visible, partner] = await Promise.all([
    visibleBatches(context, caller, [...ids]),
    seesPartner(context, caller),
  ]);
  const shown = (job: ShownJob) => {
    const id = batchOf(job);
    return id === null ? partner : visible.has(id);
  };
  for (const queue of body.queues ?? []) if (queue.jobs !== undefined) queue.jobs = queue.jobs.filter(shown);
  return body;
}

function batchOf({ data }: ShownJob): string | null {
  return typeof data?.batchId === "string" ? data.batchId : null;
}
