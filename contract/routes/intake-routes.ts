import { batchSchema } from "../batch.ts";
import { workbookType } from "../media-types.ts";
import { newBatchSchema, uploadOptionsSchema } from "../new-batch.ts";
import { type Route, customerParams } from "./route.ts";

const batch = { schema: batchSchema };

/** How batches come to be: from a file, or from JSON. */
export const intakeRoutes = {
  createUpload: {
    method: "post",
    path: "/v1/customers/{customerId}/uploads",
    tag: "Batches",
    summary: "Takes a spreadsheet and plans it; it waits for apply unless told",
    authority: { act: "operationOfOptions", at: "customer" },
    params: customerParams,
    query: uploadOptionsSchema.partial({ operation: true }),
    options: uploadOptionsSchema,
    file: ["text/csv", workbookType, "application/octet-stream", "multipart/form-data"],
    headers: ["Prefer"],
    answers: { 201: batch },
    problems: [
      "upload_empty",
      "upload_not_text",
      "upload_json",
      "upload_header_only",
      "upload_truncated",
      "upload_interrupted",
      "upload_stalled",
      "uploads_busy",
      "body_too_large",
      "media_type_unsupported",
      "header_unrecognised",
      "header_ambiguous",
      "mapping_invalid",
      "too_many_rows",
      "too_many_columns",
      "cell_too_long",
      "encoding_undecodable",
      "workbook_encrypted",
      "workbook_broken",
      "workbook_too_large",
      "workbook_too_slow",
      "workbook_no_table",
      "workbook_old_format",
      "workbook_other_format",
      "domain_unverified",
    ],
  },
  createBatch: {
    method: "post",
    path: "/v1/customers/{customerId}/batches",
    tag: "Batches",
    summary: "Takes rows as JSON and applies them at once unless told",
    authority: { act: "operationOfBody", at: "customer" },
    params: customerParams,
    body: newBatchSchema,
    bodyMb: 32,
    headers: ["Prefer"],
    answers: { 200: batch, 202: batch },
    problems: ["domain_unverified"],
  },
} as const satisfies Record<string, Route>;
