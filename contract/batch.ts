import { z } from "zod";
import { approvalSchema, brakeSchema } from "./brakes.ts";
import { jobSchema, rowCountsSchema } from "./chunk.ts";
import { causeCodes } from "./codes.ts";
import { momentSchema } from "./moment.ts";
import { fieldNames } from "./fields.ts";
import { byColumn, cellTextSchema, longestLookup } from "./limits.ts";
import { operationNames } from "./operations.ts";

export const batchStates = [
  "staging",
  "ready",
  "awaiting_approval",
  "scheduled",
  "running",
  "paused",
  "finished",
  "cancelled",
  "rejected",
] as const;
export const rowPlans = [
  "create",
  "update",
  "unchanged",
  "restore",
  "conflict",
  "invalid",
  "delete",
  "reset",
  "remove",
] as const;
export const rowStates = ["pending", "succeeded", "unchanged", "partial", "failed", "cancelled"] as const;
export const rowStepNames = [
  "create",
  "update",
  "password",
  "permissions",
  "licenses",
  "delete",
  "restore",
  "remove",
] as const;

export type BatchState = (typeof batchStates)[number];
export type RowPlan = (typeof rowPlans)[number];
export type RowState = (typeof rowStates)[number];
export type RowStep = (typeof rowStepNames)[number];

const count = z.number().int();
const longestPattern = 200;
const mostRowChanges = 1000;

const mappingSchema = byColumn(z.string().max(longestLookup).nullable());

/** How a batch treats what the file leaves open; all optional, all remembered with the batch. */
export const batchOptionsSchema = z.strictObject({
  usageLocation: z.string().max(longestLookup).optional().describe("Country for rows without their own"),
  skus: z
    .preprocess(
      (value) => (typeof value === "string" ? value.split(/[;,+]/).filter(Boolean) : value),
      z.array(z.string().max(longestLookup)).max(100),
    )
    .optional()
    .describe("Licenses for rows without their own: part numbers, names or GUIDs"),
  domain: z.string().max(longestLookup).optional().describe("Put every address on this domain of the customer's"),
  mapping: z
    .preprocess((value) => (typeof value === "string" ? parseJson(value) : value), mappingSchema)
    .optional()
    .describe("Header → field, or null to leave a column out; wins over what the header words say"),
  upnPattern: z
    .string()
    .max(longestPattern)
    .optional()
    .describe("Build missing usernames, such as {givenName}.{surname} or {g}{surname}; a taken name gets a number"),
  onExisting: z
    .enum(["skip", "update"])
    .default("skip")
    .describe("Users who exist with other values: skip fails the row with user_exists, update changes the user"),
  onDeleted: z
    .enum(["ask", "restore", "create"])
    .default("ask")
    .describe("Deleted users of the same name: ask fails the row with deleted_user_exists"),
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export type BatchOptions = z.infer<typeof batchOptionsSchema>;

export const personSchema = z.object({ displayName: z.string().nullable(), userPrincipalName: z.string().nullable() });

const { usageLocation, skus, domain, upnPattern } = batchOptionsSchema.shape;

/** Changes of a planned batch. What is left out stays; null takes a mapping, an option or the start away. */
export const batchChangeSchema = z.strictObject({
  mapping: mappingSchema
    .nullable()
    .optional()
    .describe("Header → field, or null to leave a column out; takes the place of the mapping before"),
  options: z
    .strictObject({
      usageLocation: usageLocation.nullable(),
      skus: skus.nullable(),
      domain: domain.nullable(),
      upnPattern: upnPattern.nullable(),
      onExisting: batchOptionsSchema.shape.onExisting.unwrap().nullable().optional(),
      onDeleted: batchOptionsSchema.shape.onDeleted.unwrap().nullable().optional(),
    })
    .optional(),
  startAt: momentSchema.nullable().optional().describe("Apply then; null: no more at a set time"),
});

/** New values of a row, by the header's label or the name of a field; null empties the cell. */
const rowValuesSchema = byColumn(cellTextSchema.nullable()).refine(
  (values) => Object.keys(values).length > 0,
  "Name at least one column or field",
);

export const rowChangeSchema = z.strictObject({ values: rowValuesSchema });
export const rowChangesSchema = z.strictObject({
  rows: z
    .array(z.strictObject({ rowNo: z.number().int().min(1).max(2_147_483_647), values: rowValuesSchema }))
    .min(1)
    .max(mostRowChanges),
});

/** A column of a batch's file: what it stands for, who said so, and what its values look like. */
export const columnSchema = z.object({
  column: z.string().describe("The header's label"),
  field: z.enum(fieldNames).nullable(),
  source: z
    .enum(["words", "mapping", "remembered"])
    .nullable()
    .describe("Who said so: the label itself, this batch's mapping, or that of an earlier file with these columns"),
  guess: z
    .object({ field: z.enum(fieldNames), reason: z.string() })
    .nullable()
    .describe("What the column seems to be by its values; never used unasked"),
  samples: z.array(z.string()).describe("Up to three different values of the first rows, cut at 80 characters"),
});

export const batchSchema = z.object({
  id: z.uuid(),
  no: count.describe("Short running number that people say to each other"),
  customerId: z.uuid(),
  customerName: z.string(),
  bundleId: z.uuid().nullable().describe("The file for many customers that it is a part of"),
  operation: z.enum(operationNames),
  source: z.enum(["upload", "json", "single"]),
  fileName: z.string().nullable(),
  person: personSchema.nullable().describe("Whom a batch of one row is about; null where there are more rows"),
  encoding: z.string().nullable(),
  delimiter: z.string().nullable(),
  sheets: z
    .object({ read: z.string(), others: z.array(z.string()), hidden: z.array(z.string()) })
    .nullable()
    .describe("Sheets of a workbook: the one that was read, and those that were not; null for other files"),
  header: z.array(z.string()),
  columns: z.array(z.string().nullable()).describe("The field that each column of the header stands for, or null"),
  unknownColumns: z.array(z.string()).describe("Headers that no field knows: kept, shown and not used"),
  options: batchOptionsSchema,
  notes: z.array(z.string()).describe("What was done to the file on the way in, one sentence each"),
  sameFileAs: z
    .object({ batchId: z.uuid(), no: count, by: z.string(), at: z.iso.datetime(), state: z.enum(batchStates) })
    .nullable()
    .describe("The latest earlier batch of the same customer made of the very same file"),
  undoes: z
    .object({ batchId: z.uuid(), no: count })
    .nullable()
    .describe("The batch that this one undoes; null where it is no undo"),
  undoneBy: z
    .object({
      batchId: z.uuid(),
      no: count,
      state: z.enum(batchStates),
      retriedSince: z
        .boolean()
        .describe("true: the batch was retried after this undo was made; another undo takes what that changed"),
    })
    .nullable()
    .describe("The last batch that undoes this one, be it a plan yet; null where there is none"),
  state: z.enum(batchStates),
  stopped: z.object({ code: z.string(), message: z.string() }).nullable(),
  planVersion: count,
  totals: z.object({ rows: count, ...rowCountsSchema.shape }),
  plan: z.object({
    create: count,
    update: count,
    unchanged: count,
    restore: count,
    conflict: count,
    invalid: count,
    delete: count,
    reset: count,
    remove: count,
  }),
  seats: z
    .array(z.object({ skuId: z.uuid(), skuPartNumber: z.string(), needed: count, free: count }))
    .describe("Seats that the plan needs against those free when it was made"),
  brake: brakeSchema,
  approval: approvalSchema.nullable().describe("The last question for a second agent's yes; null where nobody asked"),
  createdBy: z.string(),
  createdById: z.string().describe("The id of the agent who made it, or token:environment"),
  createdAt: z.iso.datetime(),
  startAt: z.iso.datetime().nullable(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  rowsPerSecond: z.number().nullable(),
  etaSeconds: z.number().nullable(),
  links: z.record(z.string(), z.string()),
});

export const rowSchema = z.object({
  rowNo: count.describe("The first row under the header is 1"),
  input: z.record(z.string(), z.string()).describe("Header → cell, as the file has them; a password reads (password)"),
  plan: z.enum(rowPlans),
  state: z.enum(rowStates),
  step: z.enum(rowStepNames).nullable().describe("The step at which a failed or partial row stopped"),
  code: z.enum(causeCodes).nullable(),
  field: z.string().nullable(),
  column: z.string().nullable().describe("The header of the column that the field was read from"),
  message: z.string().nullable(),
  otherProblems: z
    .array(
      z.object({
        code: z.enum(causeCodes),
        field: z.string().nullable(),
        column: z.string().nullable(),
        message: z.string(),
      }),
    )
    .describe("What else is wrong with the row's values beside code, each about another field; mostly none"),
  userId: z.uuid().nullable(),
  person: personSchema.describe("Whom the row is about, as the row or the directory names them"),
  attempts: count,
  job: jobSchema.nullable().describe("The job that last tried the row, or will; null for a row that none has taken up"),
});

export const causeCountSchema = z.object({
  code: z.enum(causeCodes),
  title: z.string(),
  state: z.enum(rowStates),
  rows: count,
  example: z.object({ rowNo: count, field: z.string().nullable(), message: z.string().nullable() }),
});

export const retrySchema = z.strictObject({
  state: z.enum(["failed", "partial", "cancelled"]).optional().describe("Rows that ended so"),
  codes: z.array(z.enum(causeCodes)).min(1).max(causeCodes.length).optional(),
  rowNos: z.array(z.number().int().min(1)).min(1).max(100_000).optional(),
});

export const retryRequestSchema = retrySchema.extend({
  confirm: z
    .number()
    .int()
    .min(0)
    .optional()
    .describe("The number of users that the retried rows hit, where the brake of its preview needs that"),
});

export type Batch = z.infer<typeof batchSchema>;
export type Person = z.infer<typeof personSchema>;
export type Row = z.infer<typeof rowSchema>;
export type CauseCount = z.infer<typeof causeCountSchema>;
export type BatchChange = z.infer<typeof batchChangeSchema>;
export type RowChange = z.infer<typeof rowChangesSchema>["rows"][number];
export type BatchColumn = z.infer<typeof columnSchema>;
export type RetrySelection = z.infer<typeof retrySchema>;
export type RetryRequest = z.infer<typeof retryRequestSchema>;
