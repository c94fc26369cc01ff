import type { Response } from "express";
import type { Batch } from "../../contract/batch.ts";
import { getBatch } from "../../core/batches/read/get-batch.ts";
import { waitForBatch } from "../../core/batches/read/wait-for-batch.ts";
import type { ApiContext } from "../api-context.ts";
import { batchTag } from "../http/batch-tag.ts";
import type { Made } from "../http/idempotency.ts";
import { missing } from "../http/look-up.ts";
import type { Answer } from "../http/send-answer.ts";

/**
 * The one answer to every write: the batch as it is now, with its `Location`. With `Prefer: wait=n` it waits so long
 * for the outcome, and the status tells whether that came.
 */
export async function answerBatch(
  call: { api: Pick<ApiContext, "context" | "watch">; res: Response; waitSeconds: number },
  { id: batchId, queued }: Pick<Made, "id" | "queued">,
  status: { done: 200 | 201; underWay: 201 | 202 },
): Promise<Answer<Batch>> {
  const { api, res, waitSeconds } = call;
  // For the log: the address of a request that makes a batch names none.
  res.locals["batchId"] = batchId;
  const { context, watch } = api;
  const awaited = { id: batchId, queued, timeoutMs: waitSeconds * 1000 };
  const done = waitSeconds > 0 && (await waitForBatch(context, watch, awaited));
  const batch = await getBatch(context, batchId);
  if (batch === null) throw missing();
  return {
    status: done ? status.done : status.underWay,
    body: batch,
    headers: { Location: `/v1/batches/${batchId}`, ETag: batchTag(batch), ...preferenceApplied(waitSeconds) },
  };
}

/** The header that tells the caller its wish to wait was heard. */
export function preferenceApplied(seconds: number): Record<string, string> {
  return seconds > 0 ? { "Preference-Applied": `wait=${seconds}` } : {};
}
