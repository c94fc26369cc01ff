import type { QueryClient } from "@tanstack/react-query";
import { queryKeys } from "../client/query-keys.ts";
import type { SendOrder } from "./send-upload.ts";

/**
 * Keeps what a batch was made of, so that another sheet of a workbook can be read without choosing it again: for as long as
 * the tab is open and the same agent is signed in.
 */
export function keepSent(client: QueryClient, batchId: string, order: SendOrder): void {
  client.setQueryDefaults(queryKeys.sentFile(batchId), { gcTime: Infinity });
  client.setQueryData(queryKeys.sentFile(batchId), order);
}

/** What a batch was made of, where this tab sent it. */
export function sentFor(client: QueryClient, batchId: string): SendOrder | undefined {
  return client.getQueryData(queryKeys.sentFile(batchId));
}
