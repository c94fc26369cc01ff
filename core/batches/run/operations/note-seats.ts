import type { Work } from "../../work-rows/outcome.ts";

/** Seats of a product that a statement has given, or freed where negative. */
export type MovedSeats = { skuId: string; seats: number };

/** Leaves seats that were given or freed to be counted at the end of the transaction, with those before. */
export function noteSeats({ seatsToTake }: Work, moved: readonly MovedSeats[]): void {
  for (const { skuId, seats } of moved) {
    const sum = (seatsToTake.get(skuId) ?? 0) + seats;
    if (sum === 0) seatsToTake.delete(skuId);
    else seatsToTake.set(skuId, sum);
  }
}
