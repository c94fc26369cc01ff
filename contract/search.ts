import { z } from "zod";
import { auditRecordSchema } from "./audit.ts";
import { rowPlans, rowStates } from "./batch.ts";
import { causeCodes } from "./codes.ts";

export const searchQuerySchema = z.strictObject({
  q: z
    .string()
    .trim()
    .min(2)
    .max(256)
    .describe("Parts of a name or a username; each word must be found. Accents and case do not matter"),
  limit: z.coerce.number().int().min(1).max(100).default(20).describe("So many of each kind at most"),
});

const customer = z.object({ id: z.uuid(), name: z.string() });

/** Found items of one kind, and whether there are more of them. */
function groupOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), more: z.boolean() });
}

const foundUserSchema = z.object({
  userId: z.uuid(),
  customer,
  userPrincipalName: z.string(),
  displayName: z.string(),
  state: z.enum(["active", "inactive"]),
  links: z.object({ self: z.string() }),
});

const foundRowSchema = z.object({
  batchId: z.uuid(),
  batchNo: z.number().int(),
  rowNo: z.number().int(),
  customer,
  userId: z.uuid().nullable(),
  userPrincipalName: z.string().nullable(),
  displayName: z.string().nullable(),
  plan: z.enum(rowPlans),
  state: z.enum(rowStates),
  code: z.enum(causeCodes).nullable(),
  links: z.object({ batch: z.string() }),
});

/** What is known of a person: users, rows of batches that were about them, and what was done to them. */
export const foundSchema = z.object({
  users: groupOf(foundUserSchema),
  rows: groupOf(foundRowSchema),
  audit: groupOf(auditRecordSchema),
});

export type FoundUser = z.infer<typeof foundUserSchema>;
export type FoundRow = z.infer<typeof foundRowSchema>;
export type Found = z.infer<typeof foundSchema>;
