import { z } from "zod";
import { cellTextSchema, longestLookup } from "./limits.ts";
import { textFieldNames, type TextField } from "./fields.ts";
import { directoryRoleNames } from "./permissions.ts";

const textShape = Object.fromEntries(textFieldNames.map((field) => [field, z.string().nullable()])) as Record<
  TextField,
  z.ZodNullable<z.ZodString>
>;

/** What a user may do in the customer's tenant: `User` where the user holds no directory role. */
const permissionSchema = z.union([z.literal("user"), z.array(z.enum(directoryRoleNames)).min(1)]);

const userLicenseSchema = z.object({
  skuId: z.uuid(),
  skuPartNumber: z.string(),
  name: z.string().describe("Of the product"),
  disabledPlans: z.array(z.string()),
});

/** An account of a customer. `state` is its life (active, or deleted and restorable), `stateOrProvince` its address. */
export const userSchema = z.object({
  id: z.uuid(),
  customerId: z.uuid(),
  ...textShape,
  userPrincipalName: z.string(),
  displayName: z.string(),
  accountEnabled: z.boolean(),
  state: z.enum(["active", "inactive"]),
  deletedAt: z.iso.datetime().nullable(),
  permission: permissionSchema,
  licenses: z.array(userLicenseSchema),
  version: z.number().int(),
  createdAt: z.iso.datetime(),
});

/** A license in a request: `sku` is a part number, a product name or a GUID; plans are names or GUIDs. */
export const licenseRequestSchema = z.strictObject({
  sku: z.string().min(1).max(longestLookup),
  disabledPlans: z.array(z.string().max(longestLookup)).max(500).optional(),
});

const textInput = Object.fromEntries(textFieldNames.map((field) => [field, cellTextSchema.optional()])) as Record<
  TextField,
  z.ZodOptional<z.ZodString>
>;

/** One user to create, as JSON. `state` is taken for `stateOrProvince`, as Graph calls it. Rules: see `POST …/users`. */
export const userInputSchema = z.strictObject({
  ...textInput,
  state: cellTextSchema.optional().describe("The same as stateOrProvince"),
  accountEnabled: z.boolean().optional(),
  permission: z
    .union([cellTextSchema, z.array(cellTextSchema).max(100)])
    .optional()
    .describe("User, Global admin or custom roles"),
  licenses: z.array(licenseRequestSchema).max(100).optional(),
  password: cellTextSchema.optional().describe("8–256 characters; Muster makes one when it is left out"),
});

export type User = z.infer<typeof userSchema>;
export type UserInput = z.infer<typeof userInputSchema>;
