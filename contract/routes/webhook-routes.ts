import { z } from "zod";
import { pageOf, pageQuerySchema } from "../paging.ts";
import {
  deliveryQuerySchema,
  deliverySchema,
  madeWebhookSchema,
  newWebhookSchema,
  webhookChangeSchema,
  webhookSchema,
} from "../webhooks.ts";
import type { Route } from "./route.ts";

const webhookParams = z.object({ webhookId: z.uuid().describe("The webhook's id") });
const authority = { act: "manageWebhooks", at: "partner" } as const;

/** Addresses of other programs that are told what happens to batches, and what became of each message. */
export const webhookRoutes = {
  listWebhooks: {
    method: "get",
    path: "/v1/webhooks",
    tag: "Webhooks",
    summary: "Lists webhooks, the latest first",
    authority,
    query: z.strictObject(pageQuerySchema.shape),
    answers: { 200: { schema: pageOf(webhookSchema) } },
    problems: [],
  },
  createWebhook: {
    method: "post",
    path: "/v1/webhooks",
    tag: "Webhooks",
    summary: "Makes a webhook; the secret that its messages are signed with is shown this once",
    description:
      "Messages are signed as Standard Webhooks says (webhook-id, webhook-timestamp, webhook-signature). An answer of 2xx ends a delivery, 410 switches the webhook off, and all else is tried again nine times within about three days. A message can come twice: its webhook-id is then the same.",
    authority,
    body: newWebhookSchema,
    answers: { 201: { schema: madeWebhookSchema } },
    problems: [],
  },
  changeWebhook: {
    method: "patch",
    path: "/v1/webhooks/{webhookId}",
    tag: "Webhooks",
    summary: "Changes a webhook, or switches it off and on",
    authority,
    params: webhookParams,
    body: webhookChangeSchema,
    answers: { 200: { schema: webhookSchema } },
    problems: [],
  },
  deleteWebhook: {
    method: "delete",
    path: "/v1/webhooks/{webhookId}",
    tag: "Webhooks",
    summary: "Removes a webhook with all its deliveries",
    authority,
    params: webhookParams,
    answers: { 204: { empty: true } },
    problems: [],
  },
  testWebhook: {
    method: "post",
    path: "/v1/webhooks/{webhookId}/test",
    tag: "Webhooks",
    summary: "Sends a message of the type webhook.test, also where the webhook is switched off",
    authority,
    params: webhookParams,
    answers: { 202: { schema: deliverySchema } },
    problems: [],
  },
  listDeliveries: {
    method: "get",
    path: "/v1/webhooks/{webhookId}/deliveries",
    tag: "Webhooks",
    summary: "Lists messages to a webhook with what became of each, the latest first",
    authority,
    params: webhookParams,
    query: deliveryQuerySchema,
    answers: { 200: { schema: pageOf(deliverySchema) } },
    problems: [],
  },
  resendDelivery: {
    method: "post",
    path: "/v1/webhooks/{webhookId}/deliveries/{deliveryId}/resend",
    tag: "Webhooks",
    summary: "Sends a message once more, with all its attempts, under the same webhook-id",
    authority,
    params: webhookParams.extend({ deliveryId: z.uuid().describe("The delivery's id") }),
    answers: { 202: { schema: deliverySchema } },
    problems: [],
  },
} as const satisfies Record<string, Route>;
