import type { NewProduct, Product } from "../../contract/customer.ts";
import { Problem } from "../../contract/problem.ts";
import type { Database } from "../../db/open-database.ts";
import { knownProducts } from "../catalog/known-products.ts";

export type ProductRecord = { skuId: string; skuPartNumber: string; name: string; total: number; consumed: number };

/** A customer's products as the contract has them, with the catalogue's service plans. */
export async function productViews(db: Database, records: readonly ProductRecord[]): Promise<Product[]> {
  const known = await knownProducts(
    db,
    records.map(({ skuId }) => skuId),
  );
  return records.map((record) => ({
    ...record,
    available: record.total - record.consumed,
    servicePlans: known.get(record.skuId)?.servicePlans ?? [],
  }));
}

/**
 * The catalogue's products that a request names; `at` gives the path of one, for the refusal.
 * @throws Problem body_invalid
 */
export async function catalogProducts(
  db: Database,
  requests: readonly NewProduct[],
  at: (index: number) => string,
): Promise<ProductRecord[]> {
  const known = await knownProducts(
    db,
    requests.map(({ skuPartNumber }) => skuPartNumber),
  );
  return requests.map(({ skuPartNumber: asked, total }, index) => {
    const product = known.get(asked);
    if (product === undefined) throw unknownProduct(asked, at(index));
    const { skuId, skuPartNumber, name } = product;
    return { skuId, skuPartNumber, name, total, consumed: 0 };
  });
}

function unknownProduct(asked: string, at: string): Problem {
  const message =
    "The catalogue has no such product. Name it by part number, such as SPE_E3, by its name or its GUID, or import Microsoft's table first.";
  return new Problem("body_invalid", `"${asked.slice(0, 80)}" is unknown. ${message}`, {
    errors: [{ column: at, value: asked.slice(0, 80), message }],
  });
}
