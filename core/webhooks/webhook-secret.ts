import { createHmac, randomBytes } from "node:crypto";

const prefix = "whsec_";

/** Makes the secret of a webhook: `whsec_` and 32 random bytes in base64, as Standard Webhooks writes it. */
export function makeWebhookSecret(): string {
  return prefix + randomBytes(32).toString("base64");
}

/**
 * The headers that prove who sent `body`, by the scheme of Standard Webhooks: HMAC-SHA-256 over id, time and body.
 * Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signedHeaders(secret: string, id: string, at: Date, body: string): Record<string, string> {
  const timestamp = Math.floor(at.getTime() / 1000).toString();
  const key = Buffer.from(secret.slice(prefix.length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
}
