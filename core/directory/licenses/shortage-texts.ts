import type { LicensedOperation } from "../../../contract/operations.ts";
import { rowText, slot, verbatim } from "../../sql/row-text.ts";

/** The product whose seats end. */
type Product = { name: string; needed: number; free: number };

const former = rowText(`no seat is left for ${slot(2)}. The user will be restored without; add seats, then retry.`);

/**
 * What the plan says of a row that finds no seat left, for `format(text, row_no, …)`: of a row that gets none of its
 * licenses because of one product (`asked`), and of one whose user is restored without the products that the second value
 * names (`former`).
 */
export const shortageTexts: Record<LicensedOperation, { asked?: (of: Product) => string; former?: string }> = {
  createUsers: { asked: (product) => noSeat(product, "All else will be carried out without the licenses") },
  changeLicenses: { asked: nothingDone },
  restoreUsers: { former },
  undoBatch: { asked: nothingDone, former },
};

function nothingDone(product: Product): string {
  return noSeat(product, "Nothing will be done");
}

function noSeat({ name, needed, free }: Product, then: string): string {
  return rowText(
    `no seat of ${verbatim(name)} is left here. ${needed} are needed in all, ${free} are free. ` +
      `${then}; add seats, then retry.`,
  );
}
