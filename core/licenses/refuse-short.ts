import type { Cause } from "../../contract/codes.ts";
import type { FreeSeats } from "./seats.ts";

/** A license that a row asks for and its user does not hold yet. */
export type Wanted = { rowNo: number; skuId: string };

/**
 * Gives the cause for each row that gets no license, in row order while seats last: a row gets all of its licenses or
 * none, and one that is refused one product leaves the seats of the others to the rows after it.
 */
export function refuseShort(wanted: readonly Wanted[], seats: readonly FreeSeats[]): Map<number, Cause> {
  const refused = new Map<number, Cause>();
  const free = new Map(seats.map((seat) => [seat.skuId, seat.free]));
  const partNumbers = new Map(seats.map((seat) => [seat.skuId, seat.skuPartNumber]));
  const skusOf = new Map<number, string[]>();
  for (const { rowNo, skuId } of wanted) skusOf.set(rowNo, [...(skusOf.get(rowNo) ?? []), skuId]);
  for (const [rowNo, skuIds] of skusOf) {
    const short = skuIds.find((skuId) => (free.get(skuId) ?? 0) < 1);
    if (short !== undefined) {
      refused.set(rowNo, shortageCause(rowNo, partNumbers.get(short) ?? short));
      continue;
    }
    for (const skuId of skuIds) free.set(skuId, (free.get(skuId) ?? 0) - 1);
  }
  return refused;
}

/** The cause of a row for which no seat of the product is left. */
export function shortageCause(rowNo: number, skuPartNumber: string): Cause {
  return {
    code: "seat_shortage",
    field: "licenses",
    message: `Row ${rowNo}: no seat of ${skuPartNumber} is left, so the user has no license of this row. Add seats, then retry the row.`,
  };
}
