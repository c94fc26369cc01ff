import type { NewProduct, Product } from "../../contract/customer.ts";
import { Problem } from "../../contract/problem.ts";
import { findProduct } from "../catalog/products.ts";

export type ProductRecord = { skuId: string; skuPartNumber: string; name: string; total: number; consumed: number };

/** A customer's product as the contract has it, with the catalogue's service plans. */
export function productView(record: ProductRecord): Product {
  const servicePlans = findProduct(record.skuId)?.servicePlans ?? [];
  return { ...record, available: record.total - record.consumed, servicePlans: [...servicePlans] };
}

/** The catalogue's product that a request names. @throws Problem body_invalid with the path `at`. */
export function catalogProduct(request: NewProduct, at: string): ProductRecord {
  const known = findProduct(request.skuPartNumber);
  if (known !== undefined) {
    const { skuId, skuPartNumber, name } = known;
    return { skuId, skuPartNumber, name, total: request.total, consumed: 0 };
  }
  const message = "The catalogue has no such product. Name it by part number, such as SPE_E3, by its name or its GUID.";
  throw new Problem("body_invalid", `"${request.skuPartNumber.slice(0, 80)}" is unknown. ${message}`, {
    errors: [{ column: at, value: request.skuPartNumber.slice(0, 80), message }],
  });
}
