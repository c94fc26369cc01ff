import { z } from "zod";
import { pageOf } from "../paging.ts";
import { rowMatchShape } from "../row-match.ts";
import { batchParams, type Route, userParams } from "./route.ts";

const newLinkSchema = z.strictObject({
  expiresInHours: z.number().int().min(1).max(168).default(72).describe("At most as long as the password lasts"),
});

const mailToSchema = z.email().max(320);

/** A link just made: `url` and `warnings` are shown this once. A repeat under the same Idempotency-Key comes without them. */
const madeLinkSchema = z.object({
  userId: z.uuid(),
  url: z.url().optional(),
  expiresAt: z.iso.datetime(),
  warnings: z
    .array(z.object({ code: z.string(), message: z.string() }))
    .optional()
    .describe("Why the link could not be mailed"),
});

/** How many links of a batch one mail holds at the most. */
export const mostMailedLinks = 1000;

const handedOffSchema = z.object({
  userPrincipalName: z.string(),
  displayName: z.string(),
  temporaryPassword: z.string(),
  expiresAt: z.iso.datetime(),
});

const shownPasswordSchema = z.object({
  rowNo: z.number().int(),
  userId: z.uuid(),
  userPrincipalName: z.string(),
  displayName: z.string(),
  temporaryPassword: z.string(),
  expiresAt: z.iso.datetime(),
});

export type ShownPassword = z.infer<typeof shownPasswordSchema>;

/** How temporary passwords reach the people they are for: one-time links, and the page where an account chooses its own. */
export const handOffRoutes = {
  makeLinks: {
    method: "post",
    path: "/v1/batches/{batchId}/links",
    tag: "Passwords",
    summary:
      "Makes a one-time link for each temporary password of a batch, or of those of its rows that fit, and streams names and links; ends earlier links of the same users",
    authority: { act: "passwordsOfBatch", at: "batch" },
    params: batchParams,
    body: newLinkSchema.extend(rowMatchShape),
    answers: { 200: { type: "text/csv" } },
    problems: ["passwords_expired", "link_gone"],
  },
  mailLinks: {
    method: "post",
    path: "/v1/batches/{batchId}/mailed-links",
    tag: "Passwords",
    summary: `Makes the same links and mails all of them to one address, ${mostMailedLinks} at the most; once the mail server has taken the mail, earlier links of the same users end`,
    authority: { act: "passwordsOfBatch", at: "batch" },
    params: batchParams,
    body: newLinkSchema.extend({ mailTo: mailToSchema.describe("Who hands them on"), ...rowMatchShape }),
    answers: { 204: { empty: true } },
    problems: ["passwords_expired", "link_gone", "mail_not_set_up", "mail_failed"],
  },
  showPasswords: {
    method: "post",
    path: "/v1/batches/{batchId}/shown-passwords",
    tag: "Passwords",
    summary: "Gives a page of the temporary passwords of a batch, to be shown; each time is audited",
    authority: { act: "passwordsOfBatch", at: "batch" },
    reads: true,
    params: batchParams,
    body: z.strictObject({
      limit: z.number().int().min(1).max(500).default(100).describe("Passwords on a page"),
      cursor: z.string().max(200).optional().describe("`next` of the page before, unchanged"),
    }),
    answers: { 200: { schema: pageOf(shownPasswordSchema) } },
    problems: ["passwords_expired"],
  },
  makeUserLink: {
    method: "post",
    path: "/v1/customers/{customerId}/users/{userId}/link",
    tag: "Passwords",
    summary: "Makes a one-time link to the temporary password of a user; ends an earlier link",
    authority: { act: "downloadPasswords", at: "customer" },
    params: userParams,
    body: newLinkSchema.extend({
      mailTo: mailToSchema.optional().describe("Mails the link there as well; where that fails, a warning says why"),
    }),
    answers: { 201: { schema: madeLinkSchema } },
    problems: ["passwords_expired", "link_gone", "mail_not_set_up"],
  },
  getLinkPage: {
    method: "get",
    path: "/link",
    tag: "Passwords",
    summary: "Shows the page that opens a one-time link; looking at it opens nothing",
    authority: "public",
    answers: { 200: { type: "text/html" } },
    problems: [],
  },
  getLinkScript: {
    method: "get",
    path: "/link.js",
    tag: "Passwords",
    summary: "Gives the script of that page",
    authority: "public",
    answers: { 200: { type: "text/javascript" } },
    problems: [],
  },
  openLink: {
    method: "post",
    path: "/link",
    tag: "Passwords",
    summary: "Opens a one-time link and shows the temporary password, once",
    authority: "public",
    body: z.strictObject({ token: z.string().min(1).max(128) }),
    answers: { 200: { schema: handedOffSchema } },
    problems: ["link_gone", "rate_limited", "cross_site"],
  },
  getAccountPage: {
    method: "get",
    path: "/account",
    tag: "Passwords",
    summary: "Shows the form by which an account chooses its password",
    authority: "public",
    query: z.object({
      failed: z.string().max(2048).optional().describe("The code of what went wrong in the try before"),
      done: z.string().max(2048).optional().describe("Anything: the password was set"),
    }),
    answers: { 200: { type: "text/html" } },
    problems: [],
  },
  submitAccountPage: {
    method: "post",
    path: "/account",
    tag: "Passwords",
    summary: "Takes a username, its temporary or chosen password and a new one; goes on to what came of it",
    authority: "public",
    form: true,
    body: z.object({
      name: z.string().max(256),
      password: z.string().max(1024),
      newPassword: z.string().max(1024),
      newPasswordAgain: z.string().max(1024),
    }),
    answers: { 303: { empty: true } },
    problems: ["cross_site"],
  },
} as const satisfies Record<string, Route>;
