import type { RouteInput } from "../../contract/client.ts";
import type { ProductChoice } from "./CatalogField.tsx";

/** A product of a new customer, with its seats as they are typed. */
export type NewProductLine = { key: number; product: ProductChoice | null; total: string };

/** What stands in the form for a new customer. */
export type CustomerDraft = { name: string; domains: string; products: NewProductLine[] };

export const emptyCustomer: CustomerDraft = { name: "", domains: "", products: [] };

/** The domains that were typed, one on each line or apart by commas. */
export function domainsOf({ domains }: CustomerDraft): string[] {
  return domains.split(/[\s,;]+/).filter(Boolean);
}

/** Whether `typed` is a number of seats. */
export function isSeats(typed: string): boolean {
  return /^\d{1,8}$/.test(typed.trim());
}

/** A line in which neither a product was chosen nor seats were typed is no product. */
export function isEmptyLine({ product, total }: NewProductLine): boolean {
  return product === null && total.trim() === "";
}

/** Whether nothing is missing and nothing is wrong. */
export function isWholeCustomer(draft: CustomerDraft): boolean {
  const lines = draft.products.filter((line) => !isEmptyLine(line));
  return (
    draft.name.trim() !== "" &&
    domainsOf(draft).length > 0 &&
    lines.every(({ product, total }) => product !== null && isSeats(total))
  );
}

/** The request for what stands in the form. */
export function newCustomerBody(draft: CustomerDraft): RouteInput<"createCustomer", never>["body"] {
  return {
    name: draft.name.trim(),
    domains: domainsOf(draft),
    products: draft.products.flatMap(({ product, total }) =>
      product === null ? [] : [{ skuPartNumber: product.skuId, total: Number(total) }],
    ),
  };
}
