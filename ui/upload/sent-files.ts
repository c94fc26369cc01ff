import type { SendOrder } from "./send-upload.ts";

/** Workbooks are kept for as long as the tab is open, so that another of their sheets can be read without choosing them again. */
const sent = new Map<string, SendOrder>();

/** Keeps what a batch was made of. */
export function keepSent(batchId: string, order: SendOrder): void {
  sent.set(batchId, order);
}

/** What a batch was made of, where this tab sent it. */
export function sentFor(batchId: string): SendOrder | undefined {
  return sent.get(batchId);
}
