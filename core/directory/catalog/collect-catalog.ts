import type { ProblemError } from "../../../contract/problem-document.ts";
import type { CatalogProduct } from "../../../licensing/products.ts";

/** A catalogue as it was read: its products by GUID, and what was wrong with rows that were left out. */
export type ReadCatalog = { products: Map<string, CatalogProduct>; skipped: number; errors: ProblemError[] };

/** The columns of the vendor's table "Product names and service plan identifiers for licensing", in its order. */
export const columns = [
  "Product_Display_Name",
  "String_Id",
  "GUID",
  "Service_Plan_Name",
  "Service_Plan_Id",
  "Service_Plans_Included_Friendly_Names",
] as const;

const guid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
const mostErrors = 100;

/**
 * Makes an empty catalogue, and what takes a row with the values of `columns` into it: the first row of a product names it,
 * and each service plan counts once. A row whose GUIDs are none is left out and told, up to 100 of them.
 */
export function collectCatalog(): { catalog: ReadCatalog; take: (rowNo: number, values: readonly string[]) => void } {
  const catalog: ReadCatalog = { products: new Map(), skipped: 0, errors: [] };
  /** Product and plan, of which there may be as many as there are rows. */
  const seen = new Set<string>();

  function leaveOut(rowNo: number, column: number, value: string): void {
    catalog.skipped += 1;
    if (catalog.errors.length >= mostErrors) return;
    const message = column === 1 ? "The product has no String_Id." : "This is not a GUID.";
    catalog.errors.push({ row: rowNo, column: columns[column], value: value.slice(0, 80), message });
  }

  return {
    catalog,
    take(rowNo, values) {
      const [name = "", skuPartNumber = "", sku = "", plan = "", planId = "", label = ""] = values;
      const [skuId, servicePlanId] = [sku.toLowerCase(), planId.toLowerCase()];
      const wrong = !guid.test(skuId)
        ? 2
        : plan !== "" && !guid.test(servicePlanId)
          ? 4
          : skuPartNumber === ""
            ? 1
            : null;
      if (wrong !== null) return leaveOut(rowNo, wrong, values[wrong] ?? "");
      const product = catalog.products.get(skuId) ?? {
        skuId,
        skuPartNumber,
        name: name || skuPartNumber,
        servicePlans: [],
      };
      catalog.products.set(skuId, product);
      const both = `${skuId} ${servicePlanId}`;
      if (plan === "" || seen.has(both)) return;
      seen.add(both);
      product.servicePlans.push({ servicePlanId, name: plan, label: label || plan });
    },
  };
}
