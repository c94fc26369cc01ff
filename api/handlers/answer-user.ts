import type { Response } from "express";
import { Problem } from "../../contract/problem.ts";
import type { Batch } from "../../contract/batch.ts";
import type { User } from "../../contract/user.ts";
import { messageOfRequest } from "../../core/batches/read/message-of-request.ts";
import { waitFor } from "../../core/batches/read/wait-for-batch.ts";
import { readOutcome, type SingleOutcome } from "../../core/batches/read/read-outcome.ts";
import type { ApiContext } from "../api-context.ts";
import type { Made, MadeOnce } from "../http/idempotency.ts";
import type { Answer } from "../http/send-answer.ts";
import { answerBatch, preferenceApplied } from "./answer-batch.ts";

type SingleBatch = Pick<Made, "id" | "queued">;
type SingleCall = {
  api: Pick<ApiContext, "context" | "watch">;
  res: Response;
  waitSeconds: number;
  customer: { id: string };
};

/** A user as the request for one left it. */
export type UserAnswer = User & {
  batchId: string;
  warnings?: { code: string; message: string }[];
  temporaryPassword?: string;
};

/**
 * The answer to a request about one user, which is the batch `made` of one row: with `Prefer: wait=n` the user as it is
 * then, with the temporary password where the request made one and `showPassword` says so; else the batch, as where it awaits
 * the approval of a second agent.
 * @throws Problem the cause of a row that failed, with its batch
 */
export async function answerUser(
  call: SingleCall,
  made: SingleBatch,
  { showPassword }: { showPassword: boolean } = { showPassword: false },
): Promise<Answer<UserAnswer | Batch>> {
  const outcome = await waitForOutcome(call, made);
  const batchId = made.id;
  if (outcome == null) return await underWay(call, batchId);
  const { user, warnings } = requireUser(outcome, batchId);
  const temporaryPassword = showPassword ? outcome.temporaryPassword : null;
  return {
    status: outcome.plan === "create" && outcome.state !== "unchanged" ? 201 : 200,
    body: {
      ...user,
      batchId,
      ...(warnings.length === 0 ? {} : { warnings }),
      ...(temporaryPassword === null ? {} : { temporaryPassword }),
    },
    headers: {
      Location: `/v1/customers/${call.customer.id}/users/${user.id}`,
      ETag: `"${user.version}"`,
      ...(temporaryPassword === null ? {} : { "Cache-Control": "no-store" }),
      ...preferenceApplied(call.waitSeconds),
    },
  };
}

/** The answer to a POST about one user: as `answerUser`, and to a repeat without the temporary password. @throws Problem as it does */
export async function answerMade(call: SingleCall, made: MadeOnce): Promise<Answer<UserAnswer | Batch>> {
  return await answerUser(call, made, { showPassword: !made.repeated });
}

/** The answer to a request that removes a user: nothing once the user is gone. @throws Problem as `answerUser` does */
export async function answerRemoval(call: SingleCall, made: SingleBatch): Promise<Answer<Batch>> {
  const outcome = await waitForOutcome(call, made);
  if (outcome == null) return await underWay(call, made.id);
  if (outcome.state === "failed" || outcome.state === "cancelled") requireUser(outcome, made.id);
  return { status: 204, headers: preferenceApplied(call.waitSeconds) };
}

async function waitForOutcome(
  { api: { context, watch }, res, waitSeconds }: SingleCall,
  { id, queued }: SingleBatch,
): Promise<SingleOutcome | null | undefined> {
  res.locals["batchId"] = id;
  if (waitSeconds === 0) return undefined;
  return await waitFor(watch, { id, queued, timeoutMs: waitSeconds * 1000 }, () => readOutcome(context, id));
}

async function underWay({ api, res }: SingleCall, batchId: string): Promise<Answer<Batch>> {
  return await answerBatch({ api, res, waitSeconds: 0 }, { id: batchId }, { done: 200, underWay: 202 });
}

/** The fields of a row that a request calls otherwise. */
const requestFields: Record<string, string> = {
  newUserPrincipalName: "userPrincipalName",
  removeLicenses: "remove",
  objectId: "userId",
};

function requestField(field: string): string {
  return requestFields[field] ?? field;
}

/** The user that a single request was about; a row that failed is the problem that it failed with. */
function requireUser(
  { user, state, code, field, message, otherProblems }: SingleOutcome,
  batchId: string,
): { user: User; warnings: { code: string; message: string }[] } {
  const said = messageOfRequest(message ?? "");
  if (code !== null && (state === "failed" || state === "cancelled" || user === null)) {
    const others = otherProblems.map((other) => ({ field: other.field, said: messageOfRequest(other.message) }));
    const errors = [{ field, said }, ...others].flatMap((one) =>
      one.field === null ? [] : [{ column: requestField(one.field), message: one.said }],
    );
    throw new Problem(code, [said, ...others.map((other) => other.said)].join(" "), { batchId, errors });
  }
  if (user === null) throw new Problem("batch_state", "The request was cancelled before it was done", { batchId });
  return { user, warnings: code === null ? [] : [{ code, message: said }] };
}
