import type { Batch } from "../../contract/batch.ts";
import type { Fix } from "../../contract/fix.ts";
import { operationFromSlug } from "../../contract/operations.ts";
import type { Actor } from "../../core/actor.ts";
import { applyBatch } from "../../core/batches/apply-batch.ts";
import { cancelBatch } from "../../core/batches/cancel-batch.ts";
import { changeBatch } from "../../core/batches/change-batch.ts";
import { changeRows } from "../../core/batches/change-rows.ts";
import { fixRows } from "../../core/batches/fix-rows.ts";
import { getBatch } from "../../core/batches/get-batch.ts";
import { listBatches } from "../../core/batches/list-batches.ts";
import { listColumns } from "../../core/batches/list-columns.ts";
import { listCauses } from "../../core/batches/list-causes.ts";
import { listFixes } from "../../core/batches/list-fixes.ts";
import { listChunks } from "../../core/chunks/list-chunks.ts";
import { listRows, readRows } from "../../core/batches/list-rows.ts";
import { pauseBatch, resumeBatch } from "../../core/batches/pause-batch.ts";
import { previewFix } from "../../core/batches/preview-fix.ts";
import { previewRetry } from "../../core/batches/preview-retry.ts";
import { retryBatch } from "../../core/batches/retry-batch.ts";
import { undoFix } from "../../core/batches/undo-fix.ts";
import { writeResults } from "../../core/batches/write-results.ts";
import type { CoreContext } from "../../core/context.ts";
import { writePasswords } from "../../core/passwords/write-passwords.ts";
import { templateCsv } from "../../files/templates/templates.ts";
import { vendorTemplateCsv } from "../../files/templates/vendor-templates.ts";
import { streamEvents } from "../events/stream-events.ts";
import { authenticate } from "../http/authenticate.ts";
import { watchVisible } from "../events/watch-visible.ts";
import { batchTag } from "../http/batch-tag.ts";
import type { SomeHandlers, Write } from "../http/call.ts";
import { entityVersion } from "../http/entity-version.ts";
import { missing } from "../http/look-up.ts";
import { answerBatch } from "./answer-batch.ts";

/** Handlers of batches: looking at them, what can be done to them, and the files that leave. */
export const batchHandlers: SomeHandlers<
  | "listBatches"
  | "getBatch"
  | "changeBatch"
  | "listColumns"
  | "changeRows"
  | "changeRow"
  | "fixRows"
  | "previewFix"
  | "listFixes"
  | "undoFix"
  | "listRows"
  | "getRow"
  | "listCauses"
  | "applyBatch"
  | "pauseBatch"
  | "resumeBatch"
  | "cancelBatch"
  | "retryBatch"
  | "previewRetry"
  | "listChunks"
  | "downloadResults"
  | "downloadFailed"
  | "downloadPasswords"
  | "downloadTemplate"
  | "streamEvents"
> = {
  async listBatches({ door, caller, query }) {
    return { status: 200, body: await listBatches(door.context, caller.actor.authority, query) };
  },

  getBatch: async ({ batch }) => ({ status: 200, body: batch, headers: { ETag: batchTag(batch) } }),

  async changeBatch({ door, req, caller, batch, body }) {
    await changeBatch(door.context, caller.actor, batch.id, body, {
      planVersion: entityVersion(req.get("if-match"), "plan"),
    });
    const changed = await getBatch(door.context, batch.id);
    if (changed === null) throw missing();
    return { status: 200, body: changed, headers: { ETag: batchTag(changed) } };
  },

  async listColumns({ door, batch }) {
    return { status: 200, body: { items: await listColumns(door.context, batch), next: null } };
  },

  async changeRows({ door, req, caller, batch, body }) {
    const planVersion = entityVersion(req.get("if-match"), "plan");
    return { status: 200, body: await changeRows(door.context, caller.actor, batch.id, body.rows, { planVersion }) };
  },

  async changeRow({ door, req, caller, batch, params, body }) {
    const planVersion = entityVersion(req.get("if-match"), "plan");
    const change = { rowNo: params.rowNo, values: body.values };
    const { items } = await changeRows(door.context, caller.actor, batch.id, [change], { planVersion });
    const [row] = items;
    if (row === undefined) throw missing();
    return { status: 200, body: row };
  },

  fixRows: {
    act: ({ door, req, caller, batch, body }) =>
      fixRows(door.context, caller.actor, batch.id, body, { planVersion: entityVersion(req.get("if-match"), "plan") }),
    answer: async ({ door, batch }, { id }) => ({ status: 201, body: await fixOf(door.context, batch.id, id) }),
  },

  async previewFix({ door, batch, body }) {
    return { status: 200, body: await previewFix(door.context, batch.id, body) };
  },

  async listFixes({ door, batch }) {
    return { status: 200, body: { items: await listFixes(door.context, batch.id), next: null } };
  },

  undoFix: {
    act: ({ door, req, caller, batch, params }) =>
      undoFix(
        door.context,
        caller.actor,
        { batchId: batch.id, fixId: params.fixId },
        { planVersion: entityVersion(req.get("if-match"), "plan") },
      ),
    answer: async ({ door, batch }, { id }) => ({ status: 200, body: await fixOf(door.context, batch.id, id) }),
  },

  async listRows({ door, batch, query }) {
    return { status: 200, body: await listRows(door.context, batch.id, query) };
  },

  async getRow({ door, batch, params }) {
    const [row] = await readRows(door.context, batch.id, [params.rowNo]);
    if (row === undefined) throw missing();
    return { status: 200, body: row };
  },

  async listChunks({ door, batch, query }) {
    return { status: 200, body: await listChunks(door.context, batch, query) };
  },

  async listCauses({ door, batch }) {
    return { status: 200, body: { items: await listCauses(door.context, batch.id), next: null } };
  },

  applyBatch: {
    async act({ door, req, caller, batch, body }) {
      await applyBatch(door.context, caller.actor, batch.id, {
        planVersion: entityVersion(req.get("if-match"), "plan"),
        startAt: body.startAt === undefined ? undefined : new Date(body.startAt),
      });
      return { id: batch.id };
    },
    answer: (call, { id }) => answerBatch(call, id, { done: 200, underWay: 202 }),
  },

  pauseBatch: actOn(pauseBatch),
  resumeBatch: actOn(resumeBatch),
  cancelBatch: actOn(cancelBatch),

  retryBatch: {
    async act({ door, caller, batch, body }) {
      await retryBatch(door.context, caller.actor, batch.id, body);
      return { id: batch.id };
    },
    answer: (call, { id }) => answerBatch(call, id, { done: 200, underWay: 202 }),
  },

  async previewRetry({ door, caller, batch, body }) {
    return { status: 200, body: await previewRetry(door.context, caller.actor, batch.id, body) };
  },

  async downloadResults({ door, batch, query }) {
    const csv = writeResults(door.context, batch.id, { failedOnly: false, ...query });
    return { status: 200, csv, fileName: fileNameOf(batch, "results") };
  },

  async downloadFailed({ door, batch, query }) {
    const csv = writeResults(door.context, batch.id, { failedOnly: true, ...query });
    return { status: 200, csv, fileName: fileNameOf(batch, "failed") };
  },

  downloadPasswords: {
    async act({ door, caller, batch, body }) {
      return { id: batch.id, csv: await writePasswords(door.context, caller.actor, batch.id, body) };
    },
    // Nothing was made, and a download that broke off may be had again: it is one more, and as such in the audit.
    async answer({ door, caller, batch, body }, { csv }) {
      return {
        status: 200,
        csv: csv ?? (await writePasswords(door.context, caller.actor, batch.id, body)),
        fileName: fileNameOf(batch, "passwords"),
      };
    },
  },

  async downloadTemplate({ params, query: { vendor } }) {
    const operation = operationFromSlug(params.operation);
    const csv = vendor === undefined ? templateCsv(operation) : vendorTemplateCsv(operation, vendor);
    if (csv === undefined) throw missing();
    const fileName = vendor === undefined ? params.operation : `${vendor}-${params.operation}`;
    return { status: 200, csv: inOnePiece(csv), fileName: `${fileName}.csv` };
  },

  async streamEvents({ door, req, res, caller }) {
    res.once("close", door.streams(caller.actor.id));
    const admitted = async () => (await authenticate(req, door)) !== null;
    streamEvents(req, res, door.events, { visible: watchVisible(door.context, caller), admitted });
    return { taken: true };
  },
};

async function* inOnePiece(text: string): AsyncIterable<string> {
  yield text;
}

async function fixOf(context: CoreContext, batchId: string, fixId: string): Promise<Fix> {
  const [fix] = await listFixes(context, batchId, fixId);
  if (fix === undefined) throw missing();
  return fix;
}

/** An act on a batch that takes nothing but the batch. */
function actOn(
  act: (context: CoreContext, actor: Actor, batchId: string) => Promise<void>,
): Write<"pauseBatch"> & Write<"resumeBatch"> & Write<"cancelBatch"> {
  return {
    async act({ door, caller, batch }) {
      await act(door.context, caller.actor, batch.id);
      return { id: batch.id };
    },
    answer: (call, { id }) => answerBatch(call, id, { done: 200, underWay: 202 }),
  };
}

function fileNameOf(batch: Batch, kind: string): string {
  return `batch-${batch.no}-${kind}.csv`;
}
