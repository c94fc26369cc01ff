import { z } from "zod";
import { causeCodes } from "./codes.ts";
import { textFields } from "./fields.ts";

export const nameCheckQuerySchema = z.strictObject({
  userPrincipalName: z
    .string()
    .trim()
    .min(1)
    .max(320)
    .describe("The username; without a domain it gets the customer's default one"),
  userId: z.uuid().optional().describe("The user who is to have it, to whom their own name is free"),
});

/** Whether a user may have a username, and who has it if not. */
export const nameCheckSchema = z.object({
  userPrincipalName: z.string().describe("The whole name, its domain included"),
  free: z.boolean(),
  code: z
    .enum(causeCodes)
    .nullable()
    .describe("Why it is not free: upn_taken, deleted_user_exists, upn_invalid or domain_unverified"),
  message: z.string().nullable(),
  holder: z
    .object({
      userId: z.uuid(),
      displayName: z.string(),
      userPrincipalName: z.string(),
      state: z.enum(["active", "inactive"]),
      deletedAt: z.iso.datetime().nullable(),
      daysLeft: z.number().int().nullable().describe("Days in which a deleted user can still be restored"),
    })
    .nullable()
    .describe("Who has the name, where that is a user of this customer"),
});

const name = (field: "givenName" | "surname") => z.string().trim().max(textFields[field].max).optional();

export const suggestionQuerySchema = z.strictObject({
  givenName: name("givenName").describe("The first name"),
  surname: name("surname").describe("The last name"),
  domain: z.string().trim().max(253).optional().describe("The domain of the name; the usual one unless told"),
});

/** What a new user of the customer is likely to get, by the users that were made last. */
export const suggestionSchema = z.object({
  userPrincipalName: z.string().nullable().describe("A free name; null where none can be built of the names"),
  displayName: z.string().nullable(),
  upnPattern: z.string().describe("How most of the users' names are built"),
  domain: z.string().nullable().describe("The domain that most of the users have"),
  usageLocation: z.string().nullable().describe("The country that most of the users have"),
});

/** Deleted users whose sign-in names somebody else has by now, at most 10,000 of them: so many rows a JSON batch takes. */
export const takenNamesSchema = z.object({
  total: z.number().int(),
  items: z.array(
    z.object({
      userId: z.uuid(),
      displayName: z.string(),
      userPrincipalName: z.string().describe("The former name, which is taken"),
      holder: z.string().nullable().describe("Who has it, where that is a user of this customer"),
      suggestion: z.string().nullable().describe("A name like it that is free right now"),
    }),
  ),
});

export type TakenNames = z.infer<typeof takenNamesSchema>;
export type NameCheck = z.infer<typeof nameCheckSchema>;
export type Suggestion = z.infer<typeof suggestionSchema>;
