import { z } from "zod";
import { directoryRoleNames } from "./permissions.ts";
import { selectionSchema } from "./user-changes.ts";

const users = z.number().int();

export const summaryRequestSchema = z.strictObject({
  select: selectionSchema.describe("Users by id, or all that a list with this filter shows"),
});

/** What selected users have, to be looked at before something is done to them all. */
export const selectionSummarySchema = z.object({
  users: users.describe("How many are selected; ids of nobody here do not count"),
  active: users,
  deleted: users,
  blocked: users.describe("Whose sign-in is blocked"),
  withoutLocation: users.describe("Who cannot be licensed before they have a usage location"),
  unlicensed: users,
  namesTaken: users.describe("Deleted users whose name somebody else has by now"),
  permissions: z.array(z.object({ permission: z.enum(directoryRoleNames), users })),
  products: z
    .array(
      z.object({
        skuId: z.uuid(),
        skuPartNumber: z.string(),
        name: z.string(),
        users: users.describe("Who has it; of deleted users, who had it and may get it back"),
        total: users,
        available: users.describe("Seats that are free"),
        plansOff: z
          .array(z.object({ plan: z.string(), users }))
          .describe("Service plans, as in disabledPlans of a user, and how many of these users have them off"),
      }),
    )
    .describe("All products of the customer; of nobody's, users is 0"),
});

export type SelectionSummary = z.infer<typeof selectionSummarySchema>;
