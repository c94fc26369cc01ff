import type { NewProduct, Product, ProductChange } from "../../../contract/customer.ts";
import { Problem } from "../../../contract/problem.ts";
import { inTransaction } from "../../../db/in-transaction.ts";
import type { Actor } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import type { CoreContext } from "../../context.ts";
import { insertDomains } from "./insert-domains.ts";
import { insertProducts } from "./insert-products.ts";
import { normalDomain } from "./normal-domain.ts";
import { productsOfCatalog, productFields, productViews, requireSeats, type ProductRecord } from "./product-of.ts";
import { sql } from "../../../db/sql-text.ts";

/**
 * Changes the name or the default domain of a customer.
 * @throws Problem not_found, body_invalid for a domain that is not the customer's.
 */
export async function changeCustomer(
  context: CoreContext,
  actor: Actor,
  customerId: string,
  change: { name?: string | undefined; defaultDomain?: string | undefined },
): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    const found = await tx.rows(
      sql`update customers set name = coalesce(${change.name ?? null}, name) where id = ${customerId} returning id`,
    );
    if (found.length === 0) throw new Problem("not_found", "There is no such customer.");
    if (change.defaultDomain !== undefined) await setDefaultDomain(tx, customerId, normalDomain(change.defaultDomain));
    await recordAct(tx, actor, { operation: "update_customer", customerId, after: change });
  });
}

async function setDefaultDomain(
  tx: Parameters<typeof insertDomains>[0],
  customerId: string,
  name: string,
): Promise<void> {
  await tx.rows(
    sql`update domains set is_default = false where customer_id = ${customerId} and is_default and name <> ${name}`,
  );
  const set = await tx.rows(
    sql`update domains set is_default = true where customer_id = ${customerId} and name = ${name} returning name`,
  );
  if (set.length === 0) {
    throw new Problem("body_invalid", `${name} is not a domain of this customer. Add the domain first.`, {
      errors: [{ column: "defaultDomain", value: name, message: "Add the domain first." }],
    });
  }
}

/** Gives a customer one more domain. @throws Problem not_found, domain_invalid, domain_taken. */
export async function addDomain(context: CoreContext, actor: Actor, customerId: string, name: string): Promise<void> {
  const domain = normalDomain(name);
  await inTransaction(context.db.pool, async (tx) => {
    await findCustomer(tx, customerId);
    await insertDomains(tx, customerId, [domain]);
    await recordAct(tx, actor, { operation: "add_domain", customerId, after: { domain } });
    await actor.recordResult?.(tx, domain);
  });
}

/** Gives a customer one more product. @throws Problem not_found, body_invalid, product_exists. */
export async function addProduct(
  context: CoreContext,
  actor: Actor,
  customerId: string,
  request: NewProduct,
): Promise<Product> {
  const [product] = await productsOfCatalog(context.db, [request], () => "skuPartNumber");
  if (product === undefined) throw new Problem("not_found", "There is no such product.");
  await inTransaction(context.db.pool, async (tx) => {
    await findCustomer(tx, customerId);
    await insertProducts(tx, customerId, [product]);
    const after = { skuPartNumber: product.skuPartNumber, total: product.total };
    await recordAct(tx, actor, { operation: "add_product", customerId, after });
    await actor.recordResult?.(tx, product.skuId);
  });
  return await viewOf(context, product);
}

/**
 * Sets how many seats of a product the customer has, and how many of them are in warning or suspended.
 * @throws Problem not_found; body_invalid for fewer seats than are taken, or than are in warning.
 */
export async function changeProduct(
  context: CoreContext,
  actor: Actor,
  customerId: string,
  skuId: string,
  change: ProductChange,
): Promise<Product> {
  const changed = await inTransaction(context.db.pool, async (tx) => {
    const [product] = await tx.rows<ProductRecord>(
      sql`select ${sql.unsafe(productFields)} from products
       where customer_id = ${customerId} and sku_id = ${skuId} for update`,
    );
    if (product === undefined) throw new Problem("not_found", "The customer has no such product.");
    const { total = product.total, warning = product.warning, suspended = product.suspended } = change;
    requireSeats({ total, warning });
    if (total < product.consumed) {
      const message = `${product.consumed} seats are taken. Take licenses away first, or give at least that many seats.`;
      throw new Problem("body_invalid", message, { errors: [{ column: "total", value: String(total), message }] });
    }
    await tx.rows(
      sql`update products set total = ${total}, warning = ${warning}, suspended = ${suspended}
       where customer_id = ${customerId} and sku_id = ${skuId}`,
    );
    const after = { skuPartNumber: product.skuPartNumber, total, warning, suspended };
    await recordAct(tx, actor, { operation: "change_product", customerId, after });
    return { ...product, total, warning, suspended };
  });
  return await viewOf(context, changed);
}

async function viewOf(context: CoreContext, record: ProductRecord): Promise<Product> {
  const [view] = await productViews(context.db, [record]);
  if (view === undefined) throw new Problem("not_found", "The customer has no such product.");
  return view;
}

/** Gives the customer's products with their seats, by part number. */
export async function listProducts(context: CoreContext, customerId: string): Promise<Product[]> {
  const records = await context.db.sql<ProductRecord[]>`
    select ${context.db.sql.unsafe(productFields)} from products where customer_id = ${customerId} order by sku_part_number`;
  return await productViews(context.db, records);
}

async function findCustomer(tx: Parameters<typeof insertDomains>[0], customerId: string): Promise<void> {
  const found = await tx.rows(sql`select id from customers where id = ${customerId}`);
  if (found.length === 0) throw new Problem("not_found", "There is no such customer.");
}
