import type { z } from "zod";
import { batchOptionsSchema } from "../../contract/batch.ts";
import { operationFromSlug } from "../../contract/operations.ts";
import { Problem } from "../../contract/problem.ts";
import type { RouteOf } from "../../contract/routes.ts";
import { uploadOptionsSchema } from "../../contract/new-batch.ts";
import type { Actor } from "../../core/actor.ts";
import type { Start } from "../../core/batches/apply-batch.ts";
import type { CoreContext } from "../../core/context.ts";
import { submitRows } from "../../core/submit/submit-rows.ts";
import { submitSelection } from "../../core/submit/submit-selection.ts";
import { submitUpload } from "../../core/submit/submit-upload.ts";
import type { Call, SomeHandlers } from "../http/call.ts";
import { parseInput } from "../http/parse-input.ts";
import { requireMay } from "../http/require-may.ts";
import { answerBatch } from "./answer-batch.ts";

/** Handlers of the two ways in for many users: a file and JSON rows. */
export const intakeHandlers: SomeHandlers<"createUpload" | "createBatch"> = {
  createUpload: {
    allow(call) {
      requireMay(call.caller.actor, askedOf(call).operation, call.customer.id);
    },
    async act(call) {
      const { door, caller, customer, upload } = call;
      const { operation, fileName, sheet, apply, options } = askedOf(call);
      return door.uploads(caller.actor.id, async () => {
        const { batchId } = await submitUpload(
          door.context,
          caller.actor,
          {
            customerId: customer.id,
            operation,
            fileName: fileName ?? upload.fileName,
            bytes: upload.bytes,
            sheet,
            options,
            inTurn: door.staging,
          },
          { apply },
        );
        return { id: batchId };
      });
    },
    answer: (call, { id }) => answerBatch(call, id, { done: 201, underWay: 201 }),
  },

  createBatch: {
    allow: ({ caller, customer, body }) => requireMay(caller.actor, body.operation, customer.id),
    async act({ door, caller: { actor }, customer, body }) {
      const startAt = body.startAt === undefined ? undefined : new Date(body.startAt);
      const { batchId } = await submitBody(door.context, actor, customer.id, body, { apply: body.apply, startAt });
      return { id: batchId };
    },
    answer: (call, { id }) => answerBatch(call, id, { done: 200, underWay: 202 }),
  },
};

/** What an upload asks for, in its address or in the part `options`. @throws Problem body_invalid */
function askedOf({ req, upload }: Pick<Call<"createUpload">, "req" | "upload">) {
  const asked = parseInput(uploadOptionsSchema, { ...req.query, ...upload.options }, "options");
  const { operation: slug, fileName, sheet, apply, ...options } = asked;
  const operation = operationFromSlug(slug);
  if (operation === undefined) throw new Problem("body_invalid", `The operation "${slug}" is unknown`);
  return { operation, fileName, sheet, apply, options };
}

type BatchBody = z.output<RouteOf<"createBatch">["body"]>;

async function submitBody(
  context: CoreContext,
  actor: Actor,
  customerId: string,
  body: BatchBody,
  start: Start,
): Promise<{ batchId: string }> {
  if (body.operation === "createUsers") {
    const { operation, rows, options } = body;
    return await submitRows(context, actor, { customerId, operation, source: "json", rows, options }, start);
  }
  const { operation, rows, select, change } = body;
  const options = batchOptionsSchema.parse({});
  if (rows !== undefined && select === undefined && change === undefined) {
    return await submitRows(context, actor, { customerId, operation, source: "json", rows, options }, start);
  }
  if (rows !== undefined || select === undefined) {
    throw new Problem("body_invalid", "Give either rows, or select with the change for all of them.");
  }
  return await submitSelection(context, actor, { customerId, operation, select, change: change ?? {}, options }, start);
}
