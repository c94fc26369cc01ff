import { z } from "zod";
import { directoryRoleNames } from "./permissions.ts";

/** Which users of a customer: what a list can be narrowed by, and a selection made of. */
export const userFilterShape = {
  q: z.string().optional().describe("Part of the name or of the address"),
  department: z.string().optional().describe("Users of this department, written in any case"),
  usageLocation: z.string().optional().describe("Users of this country, as a two-letter code"),
  license: z.string().optional().describe("Users with this product, by part number or GUID; none: those without any"),
  permission: z
    .enum(["user", ...directoryRoleNames])
    .optional()
    .describe("Users with this permission; user: those with no other"),
  accountEnabled: z.stringbool().optional().describe("false: users whose sign-in is blocked"),
} as const;

/** A filter as it is asked for; whether the users are active or deleted stands beside it. */
export type UserFilter = z.infer<z.ZodObject<typeof userFilterShape>>;
