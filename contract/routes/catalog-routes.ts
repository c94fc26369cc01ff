import { z } from "zod";
import { catalogItemSchema } from "../catalog.ts";
import { pageOf, pageQuerySchema } from "../paging.ts";
import { problemSchema } from "../problem-document.ts";
import type { Route } from "./route.ts";

const count = z.number().int();

/** What an import brought; a repeat under the same Idempotency-Key tells nothing more of it. */
const importedSchema = z.object({
  added: count.optional(),
  changed: count.optional(),
  unchanged: count.optional(),
  skipped: count.optional().describe("Rows that name no product"),
  products: z
    .array(z.object({ name: z.string(), skuPartNumber: z.string(), change: z.enum(["added", "changed"]) }))
    .optional()
    .describe("Of a preview: the products that are new or would change, 100 at most"),
  errors: problemSchema.shape.errors.describe("What is wrong with them, 100 at most"),
});

/** The catalogue of products. */
export const catalogRoutes = {
  listCatalog: {
    method: "get",
    path: "/v1/catalog",
    tag: "Catalogue",
    summary: "Lists the products that customers can be given, by name, with their service plans",
    authority: "anyAgent",
    query: z.strictObject({
      ...pageQuerySchema.shape,
      q: z.string().max(256).optional().describe("Part of the name or of the part number, or a GUID"),
    }),
    answers: { 200: { schema: pageOf(catalogItemSchema) } },
    problems: [],
  },
  importCatalog: {
    method: "post",
    path: "/v1/catalog/import",
    tag: "Catalogue",
    summary: "Takes in the CSV in which Microsoft publishes product names and service plan identifiers for licensing",
    authority: { act: "manageCustomer", at: "partner" },
    query: z.strictObject({
      apply: z.stringbool().default(true).describe("false: only tell what the file would change"),
    }),
    file: ["text/csv", "application/octet-stream", "multipart/form-data"],
    answers: { 200: { schema: importedSchema } },
    problems: [
      "catalog_unrecognised",
      "too_many_rows",
      "cell_too_long",
      "encoding_undecodable",
      "upload_truncated",
      "upload_interrupted",
      "upload_stalled",
      "uploads_busy",
      "body_too_large",
      "media_type_unsupported",
    ],
  },
} as const satisfies Record<string, Route>;
