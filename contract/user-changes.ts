import { z } from "zod";
import { cellTextSchema, longestCell, longestLookup } from "./limits.ts";
import { textFieldNames, type TextField } from "./fields.ts";
import type { TargetOperation } from "./operations.ts";
import { licenseRequestSchema, userInputSchema } from "./user.ts";
import { userFilterShape } from "./user-filter.ts";

const { permission, password } = userInputSchema.shape;
const textChange = cellTextSchema.nullable().optional();
const textChanges = Object.fromEntries(
  textFieldNames
    .filter((field) => field !== "userPrincipalName" && field !== "displayName")
    .map((field) => [field, textChange]),
) as Record<Exclude<TextField, "userPrincipalName" | "displayName">, typeof textChange>;

const fieldChanges = {
  displayName: cellTextSchema.optional(),
  ...textChanges,
  state: textChange.describe("The same as stateOrProvince"),
  accountEnabled: z.boolean().optional().describe("false blocks sign-in"),
};

/** Fields of one user to change: what is left out stays, null empties a field. */
export const userChangeSchema = z.strictObject({ userPrincipalName: cellTextSchema.optional(), ...fieldChanges });

export const permissionChangeSchema = z.strictObject({ permission: permission.unwrap() });

/** Licenses to add, or whose service plans are to change, and to remove: both or neither happen. */
export const licenseChangeSchema = z.strictObject({
  add: z.array(licenseRequestSchema).max(100).optional(),
  remove: z
    .array(z.string().min(1).max(longestLookup))
    .max(100)
    .optional()
    .describe("Part numbers, product names or GUIDs"),
});

export const passwordResetSchema = z.strictObject({ password });

export const restoreSchema = z.strictObject({
  userPrincipalName: cellTextSchema.optional().describe("The new username, where the former is in use again"),
});

export const removalSchema = z.strictObject({
  confirm: z.string().min(1).max(longestCell).describe("The user's display name or username, typed as confirmation"),
});

const newName = cellTextSchema.optional().describe("The username that the user is to have");

/** What a row or a selection says of what is to be done, by operation. */
export const targetChanges = {
  updateUsers: z.strictObject(fieldChanges),
  changePermissions: permissionChangeSchema,
  changeLicenses: licenseChangeSchema,
  resetPasswords: passwordResetSchema,
  deleteUsers: z.strictObject({}),
  restoreUsers: z.strictObject({}),
  removeUsers: removalSchema,
} as const satisfies Record<TargetOperation, z.ZodObject>;

/** Which user a row is about: by id, or by name. */
const who = {
  userId: z.uuid().optional(),
  userPrincipalName: cellTextSchema
    .optional()
    .describe("Finds the user; beside a userId it is, as in a file, the name that the user is to have"),
};

/** A row about a user who is there already, by operation. */
export const targetRows = {
  updateUsers: z.strictObject({ ...who, newUserPrincipalName: newName, ...fieldChanges }),
  changePermissions: permissionChangeSchema.extend(who),
  changeLicenses: licenseChangeSchema.extend(who),
  resetPasswords: passwordResetSchema.extend(who),
  deleteUsers: z.strictObject(who),
  restoreUsers: z.strictObject({ ...who, newUserPrincipalName: newName }),
  removeUsers: removalSchema.extend(who),
} as const satisfies Record<TargetOperation, z.ZodObject>;

const mostSelected = 10_000;

/** Users by id, or all users of the customer that a list with this filter would show. */
export const selectionSchema = z.union([
  z.strictObject({ userIds: z.array(z.uuid()).min(1).max(mostSelected) }),
  z.strictObject({
    filter: z.strictObject({
      state: z.enum(["active", "inactive"]).optional().describe("active, but for restoring and removing"),
      ...userFilterShape,
      accountEnabled: z.boolean().optional().describe("false: users whose sign-in is blocked"),
    }),
  }),
]);

export type Selection = z.infer<typeof selectionSchema>;

/** All that a row about a user who is there already may say; which of it counts is the operation's. */
export type TargetInput = {
  [Operation in keyof typeof targetRows]: Partial<z.infer<(typeof targetRows)[Operation]>>;
}[keyof typeof targetRows];
