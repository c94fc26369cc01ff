import type { NewProduct, Product } from "../../../contract/customer.ts";
import { Problem } from "../../../contract/problem.ts";
import { newId } from "../../../db/new-id.ts";
import type { Database } from "../../../db/open-database.ts";
import { knownProducts } from "../catalog/known-products.ts";

export type ProductRecord = Omit<Product, "active" | "available" | "servicePlans">;

/** The columns of a `ProductRecord`, of `products`. */
export const productFields = `sku_id as "skuId", sku_part_number as "skuPartNumber", name, total, warning, suspended,
  consumed, publisher_address as "publisherAddress"`;

/** A customer's products as the contract has them, with the catalogue's service plans. */
export async function productViews(db: Database, records: readonly ProductRecord[]): Promise<Product[]> {
  const known = await knownProducts(
    db,
    records.map(({ skuId }) => skuId),
  );
  return records.map((record) => ({
    ...record,
    active: record.total - record.warning,
    available: record.total - record.consumed,
    servicePlans: known.get(record.skuId)?.servicePlans ?? [],
  }));
}

/**
 * The catalogue's products that a request names; `at` gives the path of one, for the refusal.
 * @throws Problem body_invalid
 */
export async function productsOfCatalog(
  db: Database,
  requests: readonly NewProduct[],
  at: (index: number) => string,
): Promise<ProductRecord[]> {
  const known = await knownProducts(
    db,
    requests.map(({ skuPartNumber }) => skuPartNumber),
  );
  return requests.map(({ skuPartNumber: asked, total, warning = 0, suspended = 0, publisher }, index) => {
    requireSeats({ total, warning });
    const seats = { total, warning, suspended, consumed: 0 };
    if (publisher !== undefined) {
      return {
        skuId: newId(),
        skuPartNumber: asked,
        name: publisher.name,
        ...seats,
        publisherAddress: publisher.address,
      };
    }
    const product = known.get(asked);
    if (product === undefined) throw unknownProduct(asked, at(index));
    const { skuId, skuPartNumber, name } = product;
    return { skuId, skuPartNumber, name, ...seats, publisherAddress: null };
  });
}

/** Goes on only where no more seats are in warning than there are. @throws Problem body_invalid */
export function requireSeats({ total, warning }: { total: number; warning: number }): void {
  if (warning <= total) return;
  const message = `The total of ${total} seats holds those in warning, so that these can be ${total} at most.`;
  throw new Problem("body_invalid", message, { errors: [{ column: "warning", value: String(warning), message }] });
}

function unknownProduct(asked: string, at: string): Problem {
  const message =
    "The catalogue has no such product. Name it by part number, such as SPE_E3, by its name or its GUID, or import Microsoft's table first.";
  return new Problem("body_invalid", `"${asked.slice(0, 80)}" is unknown. ${message}`, {
    errors: [{ column: at, value: asked.slice(0, 80), message }],
  });
}
