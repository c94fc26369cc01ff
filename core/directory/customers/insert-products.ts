import type { Tx } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import { Problem } from "../../../contract/problem.ts";
import type { ProductRecord } from "./product-of.ts";

/** Gives the customer `products` with their seats. @throws Problem product_exists. */
export async function insertProducts(tx: Tx, customerId: string, products: readonly ProductRecord[]): Promise<void> {
  const made = await tx.rows(sql`
    insert into products (customer_id, sku_id, sku_part_number, name, total, warning, suspended, publisher_address)
    select ${customerId}, * from unnest(
      ${products.map((product) => product.skuId)}::uuid[],
      ${products.map((product) => product.skuPartNumber)}::text[],
      ${products.map((product) => product.name)}::text[],
      ${products.map((product) => product.total)}::int[],
      ${products.map((product) => product.warning)}::int[],
      ${products.map((product) => product.suspended)}::int[],
      ${products.map((product) => product.publisherAddress)}::text[])
    on conflict (customer_id, sku_id) do nothing returning sku_id`);
  if (made.length < products.length) {
    throw new Problem(
      "product_exists",
      "The customer has a product of this request already, or the request names one twice.",
    );
  }
}
