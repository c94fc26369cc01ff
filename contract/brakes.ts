import { z } from "zod";

const count = z.number().int().min(0);

/**
 * Limits beyond which a plan needs the yes of a second agent. Null: no such limit. With neither limit, no number is asked
 * for either.
 */
const brakeLimitsSchema = z.strictObject({
  users: count.max(10_000_000).nullable().describe("Users that one plan may hit; null: any number"),
  percent: z
    .number()
    .min(0)
    .max(100)
    .nullable()
    .describe("Part of the customer's users that one plan may hit, from the second user on; null: all of them"),
  admins: z
    .boolean()
    .describe("true: a plan that touches one user with an admin role, or gives one, needs the yes as well"),
});

/** The limits wherever nothing else was said. */
export const usualLimits: BrakeLimits = { users: 50, percent: 10, admins: true };

/** Limits that one Admin agent has asked for, and that are looser than those that count. */
const askedLimitsSchema = z.object({
  limits: brakeLimitsSchema.nullable().describe("null: those for all customers"),
  by: z.string(),
  byId: z.string(),
  note: z.string().describe("What has to happen before they count, in a sentence"),
});

const asked = askedLimitsSchema
  .nullable()
  .describe("Looser limits that do not count yet: another Admin agent has to agree to them; null: none");

const agree = z
  .boolean()
  .optional()
  .describe(
    "true: agrees to looser limits that another Admin agent has asked for, which have to be these. Without it they are asked for anew, in place of those",
  );

/** The limits that count at a customer, whether they are its own, and looser ones that wait for another Admin agent. */
export const customerBrakesSchema = z.object({
  limits: brakeLimitsSchema,
  own: z.boolean().describe("false: those for all customers"),
  asked,
});

/** The limits of all customers that have none of their own, and looser ones that wait for another Admin agent. */
export const limitsForAllSchema = z.object({ ...brakeLimitsSchema.shape, asked });

export const customerBrakesChangeSchema = z.strictObject({
  limits: brakeLimitsSchema.nullable().describe("null: those for all customers count again"),
  agree,
});

/** Limits for all customers that have none of their own, to be set or agreed to. */
export const limitsChangeSchema = z.strictObject({ ...brakeLimitsSchema.shape, agree });

/** The users that a plan hits: it deletes them, blocks their sign-in, resets their passwords or takes licenses from them. */
export const hitsSchema = z.object({
  users: count.describe("Users whom the plan deletes, blocks, gives new passwords or takes licenses from"),
  admins: count.describe(
    "Users with an admin role whom the plan hits, changes or restores, and users to whom it gives one",
  ),
  of: count
    .nullable()
    .describe("Users that the customer had when the plan was made; not counted (null) where it hits one user or none"),
});

/** What a plan hits, and what it needs before it starts. */
export const brakeSchema = hitsSchema.extend({
  needs: z
    .enum(["confirmation", "approval"])
    .nullable()
    .describe("confirmation: the number of users, as confirm; approval: the yes of a second agent; null: nothing"),
  why: z.string().nullable().describe("Why it needs that, in a sentence"),
});

/** A question for the yes of a second agent, to a plan or to a retry, and the answer to it. */
export const approvalSchema = z.object({
  askedBy: z.string(),
  askedById: z.string().describe("The id of the agent who asked, or token:environment"),
  askedAt: z.iso.datetime(),
  planVersion: count.describe("The plan that the question is about; a later one, or another start, needs a new yes"),
  why: z.string(),
  startAt: z.iso.datetime().nullable().describe("When it is to start, once approved; null: at once"),
  retriedRows: count
    .nullable()
    .describe("How many rows are to be tried again; null: the question is about the whole plan"),
  decision: z
    .object({
      approved: z.boolean(),
      by: z.string(),
      byId: z.string(),
      at: z.iso.datetime(),
      note: z.string().nullable(),
    })
    .nullable()
    .describe("null: nobody has answered yet"),
});

export const decisionSchema = z.strictObject({
  planVersion: z.number().int().min(1).describe("The plan that was looked at: no other one is answered for"),
  note: z.string().trim().min(1).max(500).optional().describe("Why, for whoever asked; it stands in the audit"),
});

export type BrakeLimits = z.infer<typeof brakeLimitsSchema>;
export type AskedLimits = z.infer<typeof askedLimitsSchema>;
export type LimitsForAll = z.infer<typeof limitsForAllSchema>;
export type LimitsWish = z.infer<typeof limitsChangeSchema>;
export type CustomerBrakesWish = z.infer<typeof customerBrakesChangeSchema>;
export type CustomerBrakes = z.infer<typeof customerBrakesSchema>;
export type Hits = z.infer<typeof hitsSchema>;
export type PlanBrake = z.infer<typeof brakeSchema>;
export type Approval = z.infer<typeof approvalSchema>;
export type ApprovalDecision = z.infer<typeof decisionSchema>;
