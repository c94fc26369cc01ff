import type { z } from "zod";
import { batchOptionsSchema } from "../../contract/batch.ts";
import { operationFromSlug } from "../../contract/operations.ts";
import { Problem } from "../../contract/problem.ts";
import type { RouteOf } from "../../contract/routes.ts";
import type { Actor } from "../../core/actor.ts";
import type { Start } from "../../core/batches/run/apply-batch.ts";
import type { CoreContext } from "../../core/context.ts";
import type { CustomerFacts } from "../../core/directory/customers/read-customers.ts";
import { submitBundle } from "../../core/batches/bundles/submit-bundle.ts";
import { submitRows } from "../../core/batches/submit/submit-rows.ts";
import { submitSelection } from "../../core/batches/submit/submit-selection.ts";
import { submitUpload } from "../../core/batches/submit/submit-upload.ts";
import type { SomeHandlers } from "../http/call.ts";
import { answerBatch } from "./answer-batch.ts";
import { bundleOf } from "./bundles.ts";

/** Handlers of the ways in for many users: a file, one for many customers, and JSON rows. */
export const intakeHandlers: SomeHandlers<"createUpload" | "createBundle" | "createBatch"> = {
  createUpload: {
    async act({ api, caller, customer, upload, options: asked }) {
      const { operation, fileName, sheet, apply, confirm, ...options } = asked;
      return api.uploads(caller.actor.id, async () => {
        const { batchId } = await submitUpload(
          api.context,
          caller.actor,
          {
            customerId: customer.id,
            operation: operationFromSlug(operation),
            fileName: fileName ?? upload.fileName,
            bytes: upload.bytes,
            sheet,
            options,
            inTurn: api.staging,
          },
          { apply, confirm },
        );
        return { id: batchId };
      });
    },
    answer: (call, made) => answerBatch(call, made, { done: 201, underWay: 201 }),
  },

  createBundle: {
    async act({ api, caller, upload, options: asked }) {
      const { operation, fileName, sheet, apply, ...options } = asked;
      return api.uploads(caller.actor.id, () =>
        submitBundle(api.context, caller.actor, {
          operation: operationFromSlug(operation),
          fileName: fileName ?? upload.fileName,
          bytes: upload.bytes,
          sheet,
          options,
          apply,
          inTurn: api.staging,
        }),
      );
    },
    answer: async ({ api, caller }, { id }) => ({
      status: 201,
      body: await bundleOf(api, caller, id),
      headers: { Location: `/v1/bundles/${id}` },
    }),
  },

  createBatch: {
    async act({ api, caller: { actor }, customer, body }) {
      const startAt = body.startAt === undefined ? undefined : new Date(body.startAt);
      const { apply, confirm } = body;
      const { batchId, queued } = await submitBody(api.context, actor, customer, body, { apply, startAt, confirm });
      return { id: batchId, queued };
    },
    answer: (call, made) => answerBatch(call, made, { done: 200, underWay: 202 }),
  },
};

type BatchBody = z.output<RouteOf<"createBatch">["body"]>;

async function submitBody(
  context: CoreContext,
  actor: Actor,
  facts: CustomerFacts,
  body: BatchBody,
  start: Start,
): Promise<{ batchId: string; queued?: boolean | undefined }> {
  const customerId = facts.id;
  if (body.operation === "createUsers") {
    const { operation, rows, options } = body;
    return await submitRows(context, actor, { customerId, facts, operation, source: "json", rows, options }, start);
  }
  const { operation, rows, select, change } = body;
  const options = batchOptionsSchema.parse({});
  if (rows !== undefined && select === undefined && change === undefined) {
    return await submitRows(context, actor, { customerId, facts, operation, source: "json", rows, options }, start);
  }
  if (rows !== undefined || select === undefined) {
    throw new Problem("body_invalid", "Give either rows, or select with the change for all of them.");
  }
  return await submitSelection(context, actor, { customerId, operation, select, change: change ?? {}, options }, start);
}
