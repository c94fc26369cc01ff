import type { Batch } from "../../contract/batch.ts";
import type { Fix } from "../../contract/fix.ts";
import { operationFromSlug } from "../../contract/operations.ts";
import type { Actor } from "../../core/actor.ts";
import { applyBatch } from "../../core/batches/run/apply-batch.ts";
import { approveBatch, refuseBatch } from "../../core/batches/run/decide-approval.ts";
import { cancelBatch } from "../../core/batches/run/cancel-batch.ts";
import { changeBatch } from "../../core/batches/edit/change-batch.ts";
import { changeRows } from "../../core/batches/edit/change-rows.ts";
import { fixRows } from "../../core/batches/edit/fix-rows.ts";
import { getBatch } from "../../core/batches/read/get-batch.ts";
import { listBatches } from "../../core/batches/read/list-batches.ts";
import { listColumns } from "../../core/batches/read/list-columns.ts";
import { listCauses } from "../../core/batches/read/list-causes.ts";
import { listFixes } from "../../core/batches/edit/list-fixes.ts";
import { listChunks } from "../../core/batches/run/list-chunks.ts";
import { listRows, readRows } from "../../core/batches/read/list-rows.ts";
import { pauseBatch, resumeBatch } from "../../core/batches/run/pause-batch.ts";
import { previewFix } from "../../core/batches/edit/preview-fix.ts";
import { previewRetry } from "../../core/batches/run/preview-retry.ts";
import { retryBatch } from "../../core/batches/run/retry-batch.ts";
import { undoFix } from "../../core/batches/edit/undo-fix.ts";
import { writeResults } from "../../core/batches/read/write-results.ts";
import { submitUndo } from "../../core/batches/submit/submit-undo.ts";
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
  | "approveBatch"
  | "refuseBatch"
  | "pauseBatch"
  | "resumeBatch"
  | "cancelBatch"
  | "retryBatch"
  | "undoBatch"
  | "previewRetry"
  | "listChunks"
  | "downloadResults"
  | "downloadFailed"
  | "downloadPasswords"
  | "downloadTemplate"
  | "streamEvents"
> = {
  async listBatches({ api, caller, query }) {
    return { status: 200, body: await listBatches(api.context, caller.actor.authority, query) };
  },

  getBatch: async ({ batch }) => ({ status: 200, body: batch, headers: { ETag: batchTag(batch) } }),

  async changeBatch({ api, req, caller, batch, body }) {
    await changeBatch(api.context, caller.actor, batch.id, body, {
      planVersion: entityVersion(req.get("if-match"), "plan"),
    });
    const changed = await getBatch(api.context, batch.id);
    if (changed === null) throw missing();
    return { status: 200, body: changed, headers: { ETag: batchTag(changed) } };
  },

  async listColumns({ api, batch }) {
    return { status: 200, body: { items: await listColumns(api.context, batch), next: null } };
  },

  async changeRows({ api, req, caller, batch, body }) {
    const planVersion = entityVersion(req.get("if-match"), "plan");
    return { status: 200, body: await changeRows(api.context, caller.actor, batch.id, body.rows, { planVersion }) };
  },

  async changeRow({ api, req, caller, batch, params, body }) {
    const planVersion = entityVersion(req.get("if-match"), "plan");
    const change = { rowNo: params.rowNo, values: body.values };
    const { items } = await changeRows(api.context, caller.actor, batch.id, [change], { planVersion });
    const [row] = items;
    if (row === undefined) throw missing();
    return { status: 200, body: row };
  },

  fixRows: {
    act: ({ api, req, caller, batch, body }) =>
      fixRows(api.context, caller.actor, batch.id, body, { planVersion: entityVersion(req.get("if-match"), "plan") }),
    answer: async ({ api, batch }, { id }) => ({ status: 201, body: await fixOf(api.context, batch.id, id) }),
  },

  async previewFix({ api, batch, body }) {
    return { status: 200, body: await previewFix(api.context, batch.id, body) };
  },

  async listFixes({ api, batch }) {
    return { status: 200, body: { items: await listFixes(api.context, batch.id), next: null } };
  },

  undoFix: {
    act: ({ api, req, caller, batch, params }) =>
      undoFix(
        api.context,
        caller.actor,
        { batchId: batch.id, fixId: params.fixId },
        { planVersion: entityVersion(req.get("if-match"), "plan") },
      ),
    answer: async ({ api, batch }, { id }) => ({ status: 200, body: await fixOf(api.context, batch.id, id) }),
  },

  async listRows({ api, batch, query }) {
    return { status: 200, body: await listRows(api.context, batch.id, query) };
  },

  async getRow({ api, batch, params }) {
    const [row] = await readRows(api.context, batch.id, [params.rowNo]);
    if (row === undefined) throw missing();
    return { status: 200, body: row };
  },

  async listChunks({ api, batch, query }) {
    return { status: 200, body: await listChunks(api.context, batch, query) };
  },

  async listCauses({ api, batch }) {
    return { status: 200, body: { items: await listCauses(api.context, batch.id), next: null } };
  },

  applyBatch: {
    async act({ api, req, caller, batch, body }) {
      await applyBatch(api.context, caller.actor, batch.id, {
        planVersion: entityVersion(req.get("if-match"), "plan"),
        startAt: body.startAt === undefined ? undefined : new Date(body.startAt),
        confirm: body.confirm,
      });
      return { id: batch.id };
    },
    answer: (call, made) => answerBatch(call, made, { done: 200, underWay: 202 }),
  },

  approveBatch: decideOn(approveBatch),
  refuseBatch: decideOn(refuseBatch),
  pauseBatch: actOn(pauseBatch),
  resumeBatch: actOn(resumeBatch),
  cancelBatch: actOn(cancelBatch),

  retryBatch: {
    async act({ api, caller, batch, body }) {
      await retryBatch(api.context, caller.actor, batch.id, body);
      return { id: batch.id };
    },
    answer: (call, made) => answerBatch(call, made, { done: 200, underWay: 202 }),
  },

  undoBatch: {
    async act({ api, caller, batch }) {
      const { batchId } = await submitUndo(api.context, caller.actor, batch.id);
      return { id: batchId };
    },
    answer: (call, made) => answerBatch(call, made, { done: 201, underWay: 201 }),
  },

  async previewRetry({ api, caller, batch, body }) {
    return { status: 200, body: await previewRetry(api.context, caller.actor, batch.id, body) };
  },

  async downloadResults({ api, batch, query }) {
    const csv = writeResults(api.context, batch.id, { failedOnly: false, ...query });
    return { status: 200, csv, fileName: fileNameOf(batch, "results") };
  },

  async downloadFailed({ api, batch, query }) {
    const csv = writeResults(api.context, batch.id, { failedOnly: true, ...query });
    return { status: 200, csv, fileName: fileNameOf(batch, "failed") };
  },

  downloadPasswords: {
    async act({ api, caller, batch, body }) {
      return { id: batch.id, csv: await writePasswords(api.context, caller.actor, batch.id, body) };
    },
    // Nothing was made, and a download that broke off may be had again: it is one more, and as such in the audit.
    async answer({ api, caller, batch, body }, { csv }) {
      return {
        status: 200,
        csv: csv ?? (await writePasswords(api.context, caller.actor, batch.id, body)),
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

  async streamEvents({ api, req, res, caller }) {
    res.once("close", api.streams(caller.actor.id));
    const admitted = async () => (await authenticate(req, api)) !== null;
    streamEvents(req, res, api.events, { visible: watchVisible(api.context, caller), admitted });
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
    async act({ api, caller, batch }) {
      await act(api.context, caller.actor, batch.id);
      return { id: batch.id };
    },
    answer: (call, made) => answerBatch(call, made, { done: 200, underWay: 202 }),
  };
}

/** An answer to the question for a second agent's yes. */
function decideOn(decide: typeof approveBatch | typeof refuseBatch): Write<"approveBatch"> & Write<"refuseBatch"> {
  return {
    async act({ api, caller, batch, body }) {
      await decide(api.context, caller.actor, batch.id, body);
      return { id: batch.id };
    },
    answer: (call, made) => answerBatch(call, made, { done: 200, underWay: 202 }),
  };
}

function fileNameOf(batch: Batch, kind: string): string {
  return `batch-${batch.no}-${kind}.csv`;
}
