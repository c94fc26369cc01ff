import { isMail, type NewWebhook, type WebhookEvent, webhookEventNames } from "../../contract/webhooks.ts";
import type { CustomerChoice } from "../customers/CustomersField.tsx";

/** What stands in the form for a new webhook. */
export type WebhookDraft = {
  name: string;
  address: string;
  ofOne: boolean;
  customer: CustomerChoice | null;
  events: WebhookEvent[];
  failedRows: boolean;
};

/** What is wrong with a field of the form, or undefined where nothing is. */
export type WebhookProblem = "nameMissing" | "addressWrong" | "customerMissing" | "eventsMissing";

export const emptyWebhook: WebhookDraft = {
  name: "",
  address: "",
  ofOne: false,
  customer: null,
  events: [...webhookEventNames],
  failedRows: false,
};

/** The request for what stands in the form. */
export function newWebhookBody({ name, address, ofOne, customer, events, failedRows }: WebhookDraft): NewWebhook {
  const customerId = ofOne ? (customer?.id ?? null) : null;
  return { name: name.trim(), address: address.trim(), customerId, events, failedRows };
}

/** What has to be mended before the form can be sent. */
export function webhookProblems({ name, address, ofOne, customer, events }: WebhookDraft): WebhookProblem[] {
  return [
    ...(name.trim() === "" ? ["nameMissing" as const] : []),
    ...(/^https?:\/\/[^/]/i.test(address.trim()) || isMail(address.trim()) ? [] : ["addressWrong" as const]),
    ...(ofOne && customer === null ? ["customerMissing" as const] : []),
    ...(events.length === 0 ? ["eventsMissing" as const] : []),
  ];
}
