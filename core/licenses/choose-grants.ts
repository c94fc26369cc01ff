import type { Cause } from "../../contract/codes.ts";
import type { LicenseInput } from "../spreadsheets/row-input.ts";
import type { FreeSeats } from "./seats.ts";

/** A user who is to get licenses; `fresh` where this transaction made the user, who then holds none yet. */
export type LicenseWish = { rowNo: number; userId: string; fresh: boolean; licenses: LicenseInput[] };

/** One license of one user. */
export type Grant = { rowNo: number; userId: string; skuId: string };

export type GrantChoice = {
  /** Licenses to give. */
  grants: Grant[];
  /** Licenses that the user holds already and for which the row names service plans. */
  kept: Grant[];
  /** The cause for each row that gets nothing. */
  refused: Map<number, Cause>;
  /** Seats that the grants take, by product. */
  taken: Map<string, number>;
};

/** Chooses who gets licenses, in row order while seats last: a wish is met wholly or not at all. `held`: `userId skuId`. */
export function chooseGrants(
  wishes: readonly LicenseWish[],
  seats: ReadonlyMap<string, FreeSeats>,
  held: ReadonlySet<string>,
): GrantChoice {
  const choice: GrantChoice = { grants: [], kept: [], refused: new Map(), taken: new Map() };
  const free = (skuId: string) => (seats.get(skuId)?.free ?? 0) - (choice.taken.get(skuId) ?? 0);
  for (const { rowNo, userId, licenses } of wishes) {
    const missing = new Set(licenses.filter(({ skuId }) => !held.has(`${userId} ${skuId}`)));
    const short = [...missing].find(({ skuId }) => free(skuId) < 1);
    if (short !== undefined) {
      choice.refused.set(rowNo, shortageCause(rowNo, short.skuPartNumber));
      continue;
    }
    for (const license of licenses) {
      const grant = { rowNo, userId, skuId: license.skuId };
      if (missing.has(license)) {
        choice.grants.push(grant);
        choice.taken.set(license.skuId, (choice.taken.get(license.skuId) ?? 0) + 1);
      } else if (license.disabledPlans.length > 0) choice.kept.push(grant);
    }
  }
  return choice;
}

/** The cause of a row for which no seat of the product is left. */
export function shortageCause(rowNo: number, skuPartNumber: string): Cause {
  return {
    code: "seat_shortage",
    field: "licenses",
    message: `Row ${rowNo}: no seat of ${skuPartNumber} is left, so the user has no license of this row. Add seats, then retry the row.`,
  };
}
