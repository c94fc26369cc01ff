import { z } from "zod";
import { auditRecordSchema } from "./audit.ts";
import { causeCodes } from "./codes.ts";

const { before, after, actorName, batchId, rowNo } = auditRecordSchema.shape;

/** Something that was done to a user, or a row about the user that failed. */
export const activitySchema = z.object({
  kind: z.enum(["audit", "row"]).describe("audit: it was done or refused; row: a row of a batch did not end well"),
  at: z.iso.datetime(),
  actorName,
  operation: z.string().describe("Of the audit, such as update_customer_user; of a row, such as updateUsers"),
  status: z.string().describe("succeeded or refused; of a row, failed, partial or cancelled"),
  batchId,
  batchNo: z.number().int().nullable(),
  rowNo,
  before,
  after,
  code: z.enum(causeCodes).nullable(),
  message: z.string().nullable(),
});

export type Activity = z.infer<typeof activitySchema>;
