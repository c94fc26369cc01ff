import type { Job, Queue } from "bullmq";
import { Problem } from "../../contract/problem.ts";
import type { RouteAuthority } from "../../contract/routes/route.ts";
import { getBatch } from "../../core/batches/read/get-batch.ts";
import { retryChunk } from "../../core/batches/run/retry-batch.ts";
import { readChunk } from "../../core/batches/run/read-chunk.ts";
import type { CoreContext } from "../../core/context.ts";
import type { ApiContext } from "../api-context.ts";
import type { Caller } from "../http/authenticate.ts";
import { lookUp, missing } from "../http/look-up.ts";
import { recordRefusal } from "../http/record-refusal.ts";
import { requireAuthority } from "../http/require-authority.ts";
import { recordBoardAct } from "./record-board-act.ts";

/** Who may retry a job: one of Muster's own, and one that carries out a part of a batch. */
const ofMuster: RouteAuthority = { act: "manageCustomer", at: "partner" };
const ofBatch: RouteAuthority = { act: "operationOfBatch", at: "batch" };

type ChunkData = { batchId: string; chunkNo: number; run: number };

type RetryContext = Pick<ApiContext, "context" | "queues" | "retryJob" | "refusals">;

const mostJobs = 10_000;

/**
 * Retries one failed job as `caller`: reopens the failed rows of its chunk, then runs the job again. Both are audited.
 * @throws Problem not_found, forbidden, batch_state where there is nothing to retry
 */
export async function retryFailedJob(
  api: RetryContext,
  caller: Caller,
  queueName: string,
  jobId: string,
): Promise<void> {
  const queue = findQueue(api.queues, queueName);
  const job = await queue.getJob(jobId);
  if (job === undefined) throw missing();
  if ((await job.getState()) !== "failed") throw new Problem("batch_state", "Only a failed job can be tried again");
  const data = chunkDataOf(job);
  if (data === null) requireAuthority(ofMuster, await lookUp(api.context, caller, ofMuster, {}));
  else await reopenChunk(api, caller, data);
  if ((await api.retryJob(queue, jobId)) !== "retried") {
    throw new Problem("batch_state", "The job is being tried again already");
  }
  const batch = data && { batchId: data.batchId, customerId: await customerOf(api.context, data.batchId) };
  await recordBoardAct(api.context, caller.actor, "retry_job", { ...batch, after: { queue: queueName, jobId } });
}

/** Retries every failed job of a queue that can be; the others are counted as skipped. */
export async function retryFailedJobs(
  api: RetryContext,
  caller: Caller,
  queueName: string,
): Promise<{ retried: number; skipped: number }> {
  const failed = await findQueue(api.queues, queueName).getFailed(0, mostJobs - 1);
  let retried = 0;
  for (const job of failed) {
    try {
      await retryFailedJob(api, caller, queueName, job.id ?? "");
      retried += 1;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  }
  return { retried, skipped: failed.length - retried };
}

async function reopenChunk(
  { context, refusals }: RetryContext,
  caller: Caller,
  { batchId, chunkNo, run }: ChunkData,
): Promise<void> {
  const found = await lookUp(context, caller, ofBatch, { batchId });
  try {
    requireAuthority(ofBatch, found);
  } catch (error) {
    await recordRefusal(refusals, caller.actor, "retryJob", { batchId, customerId: found.batch?.customerId }, error);
    throw error;
  }
  if ((await readChunk(context, batchId, chunkNo))?.run !== run) {
    throw new Problem("batch_state", "A later run took this job's place; look at the batch", { batchId });
  }
  await retryChunk(context, found.caller.actor, batchId, chunkNo);
  if ((await readChunk(context, batchId, chunkNo))?.pending === 0) {
    throw new Problem("batch_state", "Every row would fail as before; mend the causes first", { batchId });
  }
}

async function customerOf(context: CoreContext, batchId: string): Promise<string | null> {
  return (await getBatch(context, batchId))?.customerId ?? null;
}

function findQueue(queues: ApiContext["queues"], name: string): Queue {
  const queue = Object.values(queues).find((one) => one.name === name);
  if (queue === undefined) throw missing();
  return queue;
}

function chunkDataOf(job: Job): ChunkData | null {
  const data = job.data as Partial<ChunkData> | null;
  return typeof data?.batchId === "string" && typeof data.chunkNo === "number" && typeof data.run === "number"
    ? { batchId: data.batchId, chunkNo: data.chunkNo, run: data.run }
    : null;
}
