import { z } from "zod";
import { pageQuerySchema } from "./paging.ts";
import { momentSchema } from "./moment.ts";

const name = z.string().min(1).max(128);

/** Who did something: the id of an agent, or `token:environment`. */
export const agentIdSchema = name;

/** What to look for in the audit; each part narrows the list. */
const filterShape = {
  customerId: z.uuid().optional().describe("What was done at this customer"),
  agentId: agentIdSchema.optional().describe("The id of an agent, or token:environment"),
  userId: z.uuid().optional().describe("What was done to this user"),
  operation: name
    .optional()
    .describe(
      "Such as create_customer_user or download_passwords; roles and licenses that came along with a user who was made or restored are found as well",
    ),
  batchId: z.uuid().optional().describe("What was done by or with this batch"),
  since: momentSchema.optional().describe("From this moment on"),
  until: momentSchema.optional().describe("Before this moment"),
};

export const auditFilterSchema = z.strictObject(filterShape);
export const auditQuerySchema = z.strictObject({ ...pageQuerySchema.shape, ...filterShape });

const picture = z.record(z.string(), z.unknown()).nullable();

/** One record of the audit. `before` and `after` hold the fields that the step is about, and never a secret. */
export const auditRecordSchema = z.object({
  id: z.number().int(),
  at: z.iso.datetime(),
  actorId: z.string(),
  actorName: z.string(),
  customerId: z.uuid().nullable(),
  operation: z.string(),
  status: z.string().describe("succeeded, or refused"),
  batchId: z.uuid().nullable(),
  rowNo: z.number().int().nullable(),
  userId: z.uuid().nullable(),
  customerName: z.string().nullable().describe("What the customer is called now"),
  userName: z
    .string()
    .nullable()
    .describe("The user's display name now; of a user who was removed for good, the one in the record, if any"),
  before: picture,
  after: picture,
  productNames: z
    .record(z.string(), z.string())
    .describe("Names of the products that before and after call by part number or GUID"),
});

export type AuditFilter = z.infer<typeof auditFilterSchema>;
export type AuditRecord = z.infer<typeof auditRecordSchema>;
