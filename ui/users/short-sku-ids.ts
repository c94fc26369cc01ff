import type { Batch } from "../../contract/batch.ts";

/** The products of which a batch needed more seats than were free when it was planned. */
export function shortSkuIds({ seats }: Pick<Batch, "seats">): string[] {
  return seats.filter(({ needed, free }) => needed > free).map(({ skuId }) => skuId);
}
