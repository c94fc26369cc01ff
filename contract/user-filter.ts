import { z } from "zod";
import { textFields } from "./fields.ts";
import { directoryRoleNames } from "./permissions.ts";
import { several } from "./several.ts";

const longestProduct = 256;

/** Which users of a customer: what a list can be narrowed by, and a selection made of. All parts must be true of a user. */
export const userFilterShape = {
  q: z.string().max(256).optional().describe("Part of the name or of the address"),
  department: several(z.string().max(textFields.department.max))
    .optional()
    .describe("Users of one of these departments, written in any case; none: those without one"),
  usageLocation: several(z.string().max(8))
    .optional()
    .describe("Users of one of these countries, as two-letter codes; none: those without one"),
  license: several(z.string().max(longestProduct))
    .optional()
    .describe("Users with one of these products, by part number or GUID; any: those with a product; none: without any"),
  permission: several(z.enum(["user", "any", ...directoryRoleNames]))
    .optional()
    .describe("Users with one of these permissions; any: those with more than user; user: those with no other"),
  accountEnabled: z.stringbool().optional().describe("false: users whose sign-in is blocked"),
} as const;

/** A filter as it is asked for; whether the users are active or deleted stands beside it. */
export type UserFilter = z.infer<z.ZodObject<typeof userFilterShape>>;

const sortedColumns = [
  "displayName",
  "userPrincipalName",
  "givenName",
  "surname",
  "jobTitle",
  "department",
  "usageLocation",
  "createdAt",
  "deletedAt",
] as const;

/** A column that a list of users can be sorted by. */
export type SortedColumn = (typeof sortedColumns)[number];

/** A column to sort by; with a minus before it, from the last to the first. */
export type UserSort = SortedColumn | `-${SortedColumn}`;

/** All columns to sort by, in both directions. */
export const userSorts = sortedColumns.flatMap((column): UserSort[] => [column, `-${column}`]) as [
  UserSort,
  ...UserSort[],
];

const facet = z.object({ value: z.string().nullable(), users: z.number().int() });

/** Values to filter users by, the commonest first; null counts the users without one. */
export const userFacetsSchema = z.object({ departments: z.array(facet), usageLocations: z.array(facet) });

export type UserFacets = z.infer<typeof userFacetsSchema>;
