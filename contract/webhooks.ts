import { z } from "zod";
import { batchStates } from "./batch.ts";
import { rowCountsSchema } from "./chunk.ts";
import { causeCodes } from "./codes.ts";
import { operationNames } from "./operations.ts";
import { pageQuerySchema } from "./paging.ts";

/** What a webhook can tell of, and what each is. A name never changes. */
const webhookEvents = {
  "batch.ready": "A batch is planned and waits to be applied",
  "batch.awaiting_approval": "A plan needs the yes of a second agent",
  "batch.paused": "A batch is paused, by an agent or because one cause makes most rows fail",
  "batch.finished": "A batch has ended, and all its rows were done",
  "batch.failed_in_part": "A batch has ended, and rows of it failed, ended in part or were cancelled",
} as const;

export type WebhookEvent = keyof typeof webhookEvents;

export const webhookEventNames = Object.keys(webhookEvents) as [WebhookEvent, ...WebhookEvent[]];

/** What is sent to try a webhook; nobody chooses it. */
export const testEvent = "webhook.test";

/** What is sent for a file for many customers in place of the like of each of its batches, to whoever chose that for all customers. */
const bundleEvents = [
  "bundle.ready",
  "bundle.awaiting_approval",
  "bundle.paused",
  "bundle.finished",
  "bundle.failed_in_part",
] as const satisfies (WebhookEvent extends `batch.${infer What}` ? `bundle.${What}` : never)[];

const sentEvents = [...webhookEventNames, ...bundleEvents, testEvent] as const;

export type SentEvent = (typeof sentEvents)[number];

const longestAddress = 2048;
const mailScheme = "mailto:";

/** Whether the address of a webhook is one for mails. */
export function isMail(address: string): boolean {
  // Pages ask it too, and they have no zod.
  return /^mailto:[^\s@]+@[^\s@]+$/.test(address);
}

/** The mail address that a webhook for mails leads to. */
export function mailAddress(address: string): string {
  return address.slice(mailScheme.length);
}

/** Why an attempt did not get through; `status` where there was an answer, and it was no 2xx. */
const deliveryFaults = ["status", "timeout", "unreachable", "address_refused", "mail_not_set_up"] as const;

export type DeliveryFault = (typeof deliveryFaults)[number];

const deliveryStates = ["waiting", "delivered", "failed"] as const;

function leadsSomewhere(text: string): boolean {
  return isMail(text)
    ? z.email().safeParse(mailAddress(text)).success
    : z.url({ protocol: /^https?$/ }).safeParse(text).success;
}

const addressSchema = z
  .string()
  .trim()
  .max(longestAddress)
  .refine(leadsSomewhere, {
    error: "must be an address that begins with https:// or http://, or mailto: and one mail address",
  })
  .refine((text) => !/^https?:\/*[^/?#]*@/i.test(text), {
    error: "must hold no name and no password: the signature proves who sends",
  })
  .describe("Where Muster posts to; or mailto: and a mail address, which gets mails instead");
const nameSchema = z.string().trim().min(1).max(64);
const eventsSchema = z
  .array(z.enum(webhookEventNames))
  .min(1)
  .max(webhookEventNames.length)
  .refine((events) => new Set(events).size === events.length, "Name each event once");

const failedRowsWords =
  "true: a message of batch.failed_in_part or bundle.failed_in_part names the rows that failed, with username and cause: personal data";

export const newWebhookSchema = z.strictObject({
  name: nameSchema,
  address: addressSchema,
  customerId: z
    .uuid()
    .nullable()
    .default(null)
    .describe(
      "Batches of this customer alone; null: those of all, and of a file for many customers the file as a whole",
    ),
  events: eventsSchema.default([...webhookEventNames]),
  failedRows: z.boolean().default(false).describe(failedRowsWords),
});

/** Changes of a webhook. What is left out stays. */
export const webhookChangeSchema = z.strictObject({
  name: nameSchema.optional(),
  address: addressSchema.optional(),
  events: eventsSchema.optional(),
  failedRows: z.boolean().optional().describe(failedRowsWords),
  enabled: z.boolean().optional(),
});

/** A webhook, without its secret. */
export const webhookSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  address: z.string(),
  customerId: z.uuid().nullable(),
  customerName: z.string().nullable(),
  events: z.array(z.enum(webhookEventNames)),
  failedRows: z.boolean().describe(failedRowsWords),
  enabled: z.boolean().describe("false: an agent switched it off, or the receiver answered 410"),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  waiting: z.number().int().describe("Deliveries that are still to come"),
  failed: z.number().int().describe("Deliveries that were given up, of those that are kept"),
});

/** A webhook just made: `secret` is shown this once. A repeat under the same Idempotency-Key comes without it. */
export const madeWebhookSchema = webhookSchema.extend({
  secret: z
    .string()
    .optional()
    .describe("whsec_ and the key in base64, as the libraries of Standard Webhooks take it; mails are not signed"),
});

/** How many failed rows a message names at the most. */
export const mostNamedRows = 100;

/** How many batches of a file a message tells of one by one at the most. */
const mostToldBatches = 100;

const failedRows = z
  .array(
    z.object({
      rowNo: z.number().int(),
      userPrincipalName: z.string().nullable(),
      state: z.enum(["failed", "partial"]),
      code: z.enum(causeCodes),
    }),
  )
  .optional()
  .describe(
    `Where the webhook is to name them: the first ${mostNamedRows} rows that failed or ended in part, as they stand when the message is sent. They are kept with no message, so that none stands in the list of deliveries`,
  );

const code = z.string().nullable().describe("Why it is paused, where it was not an agent who paused it");

const toldBatchShape = {
  batchId: z.uuid(),
  batchNo: z.number().int(),
  customerId: z.uuid(),
  state: z.enum(batchStates),
  code,
  rows: rowCountsSchema,
};

/** What is told of a batch: ids, counts and a code, and nothing about a person unless the webhook is to name failed rows. */
const batchNewsSchema = z.object({ ...toldBatchShape, operation: z.enum(operationNames), failedRows });

/** What is told of a file for many customers, with those of its batches that somebody has to see to. */
const bundleNewsSchema = z.object({
  bundleId: z.uuid(),
  bundleNo: z.number().int(),
  operation: z.enum(operationNames),
  code: code.describe("Why a batch of it is paused, where it was not an agent who paused it"),
  batches: z.partialRecord(z.enum(batchStates), z.number().int()).describe("How many batches are in each state"),
  rows: rowCountsSchema.describe("Rows of all its batches"),
  refused: z.number().int().describe("Rows that went into no batch"),
  needAttention: z
    .number()
    .int()
    .describe(
      "Batches that wait to be applied or approved, or are paused, as the event says; at the end those with rows that failed, ended in part or were cancelled",
    ),
  attention: z.array(z.object(toldBatchShape)).describe(`The first ${mostToldBatches} of these`),
  failedRows,
});

/** The body of a delivery. */
const webhookMessageSchema = z.object({
  type: z.enum(sentEvents),
  timestamp: z.iso.datetime(),
  data: z.union([batchNewsSchema, bundleNewsSchema]).nullable().describe("null in a test"),
});

/** One message to a webhook, with what became of it. */
export const deliverySchema = z.object({
  id: z.uuid().describe("The header webhook-id, the same in each attempt"),
  state: z.enum(deliveryStates),
  message: webhookMessageSchema,
  attempts: z.number().int(),
  status: z.number().int().nullable().describe("Of the last answer, by HTTP or, of a mail server, by SMTP"),
  fault: z.enum(deliveryFaults).nullable().describe("Of the last attempt"),
  nextAt: z.iso.datetime().nullable().describe("When it is tried next; null where it is not"),
  endedAt: z.iso.datetime().nullable(),
});

export const deliveryQuerySchema = z.strictObject({
  ...pageQuerySchema.shape,
  state: z.enum(deliveryStates).optional(),
});

export type Webhook = z.infer<typeof webhookSchema>;
export type NewWebhook = z.infer<typeof newWebhookSchema>;
export type WebhookChange = z.infer<typeof webhookChangeSchema>;
export type NamedRow = NonNullable<z.infer<typeof failedRows>>[number];
export type BatchNews = z.infer<typeof batchNewsSchema>;
export type BundleNews = z.infer<typeof bundleNewsSchema>;
export type WebhookMessage = z.infer<typeof webhookMessageSchema>;
export type Delivery = z.infer<typeof deliverySchema>;
export type DeliveryQuery = z.infer<typeof deliveryQuerySchema>;
