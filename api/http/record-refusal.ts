import { Problem } from "../../contract/problem.ts";
import type { Who } from "../../core/actor.ts";
import type { RefusalLog } from "./refusal-log.ts";

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * Writes into the audit that `who` was refused what they may not do, at each customer where that is so; every other error passes
 * unrecorded.
 */
export async function recordRefusal(
  refusals: RefusalLog,
  who: Who,
  attempt: string,
  params: Record<string, unknown>,
  error: unknown,
): Promise<void> {
  if (!(error instanceof Problem)) return;
  const { batchId: ofError, message, forbiddenAt } = error;
  const { customerId: asked, batchId: named = ofError } = params;
  const alone = error.code === "forbidden" ? [{ customerId: asked, batchId: named, message }] : [];
  for (const { customerId, batchId, message: refusal } of forbiddenAt ?? alone) {
    await refusals.record(who, attempt, {
      operation: "refused_attempt",
      customerId: isId(customerId) ? customerId : null,
      ...(isId(batchId) ? { batchId } : {}),
      after: { attempt, refusal },
    });
  }
}

function isId(value: unknown): value is string {
  return typeof value === "string" && uuid.test(value);
}
