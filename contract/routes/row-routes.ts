import { z } from "zod";
import { rowChangeSchema, rowChangesSchema, rowSchema } from "../batch.ts";
import { fixChangeSchema, fixPreviewSchema, fixSchema } from "../fix.ts";
import { pageOf, pageQuerySchema } from "../paging.ts";
import { rowMatchShape } from "../row-match.ts";
import { type Route, batchParams } from "./route.ts";

const rowParams = batchParams.extend({
  rowNo: z.coerce.number().int().min(1).max(2_147_483_647).describe("The first row under the header is 1"),
});

/** The rows of a batch: changed one by one, or many at once by a fix, and looked at. */
export const rowRoutes = {
  changeRows: {
    method: "patch",
    path: "/v1/batches/{batchId}/rows",
    tag: "Batches",
    summary: "Changes cells of rows and plans these rows again, with every row that hangs on them",
    authority: { act: "operationOfBatch", at: "batch" },
    params: batchParams,
    body: rowChangesSchema,
    bodyMb: 32,
    headers: ["If-Match"],
    answers: { 200: { schema: z.object({ items: z.array(rowSchema), planVersion: z.number().int() }) } },
    problems: ["batch_state", "undo_fixed", "plan_changed", "too_many_columns"],
  },
  changeRow: {
    method: "patch",
    path: "/v1/batches/{batchId}/rows/{rowNo}",
    tag: "Batches",
    summary: "Changes cells of one row and plans it again, with every row that hangs on it",
    authority: { act: "operationOfBatch", at: "batch" },
    params: rowParams,
    body: rowChangeSchema,
    headers: ["If-Match"],
    answers: { 200: { schema: rowSchema } },
    problems: ["batch_state", "undo_fixed", "plan_changed", "too_many_columns"],
  },
  fixRows: {
    method: "post",
    path: "/v1/batches/{batchId}/fixes",
    tag: "Batches",
    summary: "Makes one change of a column in all rows with a cause, and plans them again as a change of each would",
    description:
      "Once a batch has run, the rows that failed are changed and no other. The fix can be undone by its id.",
    authority: { act: "operationOfBatch", at: "batch" },
    params: batchParams,
    body: fixChangeSchema,
    headers: ["If-Match"],
    answers: { 201: { schema: fixSchema } },
    problems: ["batch_state", "undo_fixed", "plan_changed", "too_many_columns"],
  },
  previewFix: {
    method: "post",
    path: "/v1/batches/{batchId}/fix-preview",
    tag: "Batches",
    summary: "Tells which cells a fix would change, with the first of them before and after; it changes nothing",
    authority: { act: "operationOfBatch", at: "batch" },
    reads: true,
    params: batchParams,
    body: fixChangeSchema,
    answers: { 200: { schema: fixPreviewSchema } },
    problems: ["batch_state", "undo_fixed", "too_many_columns"],
  },
  listFixes: {
    method: "get",
    path: "/v1/batches/{batchId}/fixes",
    tag: "Batches",
    summary: "Lists the fixes of a batch, the latest 50 first",
    authority: { act: "read", at: "batch" },
    params: batchParams,
    answers: { 200: { schema: z.object({ items: z.array(fixSchema), next: z.null() }) } },
    problems: [],
  },
  undoFix: {
    method: "post",
    path: "/v1/batches/{batchId}/fixes/{fixId}/undo",
    tag: "Batches",
    summary: "Takes a fix back: its rows get the cells that they had before",
    description: "Rows whose cell was changed again since, or that were carried out, stay as they are and are counted.",
    authority: { act: "operationOfBatch", at: "batch" },
    params: batchParams.extend({ fixId: z.uuid().describe("The fix's id") }),
    headers: ["If-Match"],
    answers: { 200: { schema: fixSchema } },
    problems: ["batch_state", "undo_fixed", "plan_changed"],
  },
  listRows: {
    method: "get",
    path: "/v1/batches/{batchId}/rows",
    tag: "Batches",
    summary: "Lists the rows of a batch with plan and outcome",
    authority: { act: "read", at: "batch" },
    params: batchParams,
    query: z.strictObject({
      ...pageQuerySchema.shape,
      ...rowMatchShape,
    }),
    answers: { 200: { schema: pageOf(rowSchema) } },
    problems: [],
  },
  getRow: {
    method: "get",
    path: "/v1/batches/{batchId}/rows/{rowNo}",
    tag: "Batches",
    summary: "Gives one row of a batch with plan and outcome",
    authority: { act: "read", at: "batch" },
    params: rowParams,
    answers: { 200: { schema: rowSchema } },
    problems: [],
  },
} as const satisfies Record<string, Route>;
