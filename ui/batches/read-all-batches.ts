import type { Batch } from "../../contract/batch.ts";
import { callRoute } from "../client/call-route.ts";
import type { BatchListFilter } from "./batch-search.ts";

const pageBatches = 200;
/** So many batches are acted on at once at most. */
export const mostBatches = 1_000;

/** Reads all batches that match, the latest first; at most 1,000. */
export async function readAllBatches(filter: BatchListFilter): Promise<Batch[]> {
  const found: Batch[] = [];
  let cursor: string | undefined;
  do {
    const page = await callRoute("listBatches", { query: { ...filter, limit: pageBatches, cursor } });
    found.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined && found.length < mostBatches);
  return found.slice(0, mostBatches);
}
