import type { Tx } from "../../db/in-transaction.ts";
import { Problem } from "../../contract/problem.ts";
import type { ProductRecord } from "./product-of.ts";

/** Gives the customer `products` with their seats. @throws Problem product_exists. */
export async function insertProducts(tx: Tx, customerId: string, products: readonly ProductRecord[]): Promise<void> {
  const made = await tx.rows(
    `insert into products (customer_id, sku_id, sku_part_number, name, total, warning, suspended, publisher_address)
     select $1, * from unnest($2::uuid[], $3::text[], $4::text[], $5::int[], $6::int[], $7::int[], $8::text[])
     on conflict (customer_id, sku_id) do nothing returning sku_id`,
    [
      customerId,
      products.map((product) => product.skuId),
      products.map((product) => product.skuPartNumber),
      products.map((product) => product.name),
      products.map((product) => product.total),
      products.map((product) => product.warning),
      products.map((product) => product.suspended),
      products.map((product) => product.publisherAddress),
    ],
  );
  if (made.length < products.length) {
    throw new Problem(
      "product_exists",
      "The customer has a product of this request already, or the request names one twice.",
    );
  }
}
