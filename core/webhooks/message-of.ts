import type { SentEvent, WebhookMessage } from "../../contract/webhooks.ts";

/** A message as the table keeps it. */
export type KeptMessage = { event: SentEvent; data: WebhookMessage["data"]; createdAt: Date };

/** The body of a delivery, the same in each attempt. */
export function messageOf({ event, data, createdAt }: KeptMessage): WebhookMessage {
  return { type: event, timestamp: createdAt.toISOString(), data };
}
