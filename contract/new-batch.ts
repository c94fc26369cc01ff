import { z } from "zod";
import { batchOptionsSchema } from "./batch.ts";
import { operationSlugs, type TargetOperation, targetOperationNames } from "./operations.ts";
import { momentSchema } from "./moment.ts";
import { selectionSchema, targetChanges, targetRows } from "./user-changes.ts";
import { userInputSchema } from "./user.ts";

const confirmWords = "With apply: the number of users that the plan hits, where it needs that";

/** How an upload is meant: query parameters, or the part `options` of a multipart body, which wins. */
export const uploadOptionsSchema = z.strictObject({
  operation: z.enum(operationSlugs).describe("What to do with the rows"),
  fileName: z.string().max(255).optional().describe("Name of the file, where the body does not tell it"),
  sheet: z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe(
      "Name of the sheet of a workbook to read, a hidden one too; otherwise the one that looks most like users",
    ),
  apply: z.union([z.boolean(), z.stringbool()]).default(false).describe("Apply at once, without a look at the plan"),
  confirm: z.coerce.number().int().min(0).optional().describe(`${confirmWords}; otherwise the plan waits for apply`),
  ...batchOptionsSchema.shape,
});

const start = {
  apply: z.boolean().default(true).describe("false: plan only, and wait for apply"),
  startAt: momentSchema.optional().describe("Apply then and not at once"),
  confirm: z
    .number()
    .int()
    .min(0)
    .optional()
    .describe(`${confirmWords}; users who are listed one by one need no number. Otherwise the plan waits for apply`),
};

function targetBatch<const Name extends TargetOperation>(operation: Name) {
  return z.strictObject({
    operation: z.literal(operation),
    rows: z.array<(typeof targetRows)[Name]>(targetRows[operation]).min(1).max(10_000).optional(),
    select: selectionSchema.optional(),
    // Without its type named, the change of one operation would be typed as that of all.
    change: z
      .optional<(typeof targetChanges)[Name]>(targetChanges[operation])
      .describe("What is to be done to each of the selected users"),
    ...start,
  });
}

type TargetBatch = { [Name in TargetOperation]: ReturnType<typeof targetBatch<Name>> }[TargetOperation];

const newUsers = z.strictObject({
  operation: z.literal("createUsers"),
  rows: z.array(userInputSchema).min(1).max(10_000),
  options: batchOptionsSchema.omit({ mapping: true }).prefault({}),
  ...start,
});

/**
 * Rows as JSON, at most 10,000 (more go as a file), or users selected by id or by a filter and one change for all of them.
 */
export const newBatchSchema = z.discriminatedUnion("operation", [
  newUsers,
  ...targetOperationNames.map((operation) => targetBatch(operation) as TargetBatch),
]);
