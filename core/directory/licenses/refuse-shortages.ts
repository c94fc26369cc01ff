import type { Cause } from "../../../contract/codes.ts";
import type { FreeSeats } from "./seats.ts";

/** A license that a row asks for and its user does not hold yet; or, where `freed`, one that the row takes away. */
export type WantedLicense = { rowNo: number; skuId: string; freed?: boolean };

/**
 * Gives the cause for each row that gets no license, in row order while seats last: a row gets all of its licenses or
 * none, and one that is refused one product leaves the seats of the others to the rows after it. What a row frees is there
 * for the rows after it.
 */
export function refuseShortages(wanted: readonly WantedLicense[], seats: readonly FreeSeats[]): Map<number, Cause> {
  const refused = new Map<number, Cause>();
  const take = takeFrom(seats);
  const names = new Map(seats.map((seat) => [seat.skuId, seat.name]));
  const skusOf = new Map<number, { skuIds: string[]; freed: string[] }>();
  for (const { rowNo, skuId, freed = false } of wanted) {
    const row = skusOf.get(rowNo) ?? { skuIds: [], freed: [] };
    (freed ? row.freed : row.skuIds).push(skuId);
    skusOf.set(rowNo, row);
  }
  for (const [rowNo, { skuIds, freed }] of skusOf) {
    const missing = take(skuIds, freed);
    if (missing !== null) refused.set(rowNo, shortageCause(rowNo, names.get(missing) ?? missing));
  }
  return refused;
}

/** Gives those of the licenses for which no seat is left, each taken by itself and in this order. */
export function licensesWithoutSeat<License extends { skuId: string }>(
  licenses: readonly License[],
  seats: readonly FreeSeats[],
): License[] {
  const take = takeFrom(seats);
  return licenses.filter(({ skuId }) => take([skuId], []) !== null);
}

/** Takes a seat of each product, and frees others, or takes none and gives the first product of which none is left. */
function takeFrom(seats: readonly FreeSeats[]): (skuIds: readonly string[], freed: readonly string[]) => string | null {
  const free = new Map(seats.map((seat) => [seat.skuId, seat.free]));
  const left = (skuId: string) => free.get(skuId) ?? 0;
  return (skuIds, freed) => {
    const missing = skuIds.find((skuId) => left(skuId) < 1);
    if (missing !== undefined) return missing;
    for (const skuId of skuIds) free.set(skuId, left(skuId) - 1);
    for (const skuId of freed) free.set(skuId, left(skuId) + 1);
    return null;
  };
}

/** The cause of a row for which no seat of the product is left. */
export function shortageCause(rowNo: number, product: string): Cause {
  return {
    code: "seat_shortage",
    field: "licenses",
    message: `Row ${rowNo}: no seat of ${product} is left, so the user has none of the licenses asked for. Add seats, then retry.`,
  };
}
