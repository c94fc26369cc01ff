import { batchSchema } from "../batch.ts";
import { bundleSchema, bundleUploadSchema } from "../bundle.ts";
import { workbookType } from "../media-types.ts";
import { newBatchSchema, uploadOptionsSchema } from "../new-batch.ts";
import { type Route, customerParams } from "./route.ts";

const batch = { schema: batchSchema };

const fileTypes = ["text/csv", workbookType, "application/octet-stream", "multipart/form-data"] as const;

/** What may be wrong with a file of users. */
const fileProblems = [
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
] as const;

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
    file: fileTypes,
    headers: ["Prefer"],
    answers: { 201: batch },
    problems: [...fileProblems, "domain_unverified"],
  },
  createBundle: {
    method: "post",
    path: "/v1/bundles",
    tag: "Batches",
    summary: "Takes a spreadsheet for many customers and plans a batch for each",
    description:
      "The customer of a row is the one that its column for the customer names, by id, name or domain; else the one with the domain of its column for the domain, or of its username. Rows of a customer who is unknown, or for whom the caller may not act, are refused and named; the others go on.",
    authority: "eachCustomer",
    query: bundleUploadSchema.partial({ operation: true }),
    options: bundleUploadSchema,
    file: fileTypes,
    answers: { 201: { schema: bundleSchema } },
    problems: [...fileProblems, "too_many_customers"],
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
