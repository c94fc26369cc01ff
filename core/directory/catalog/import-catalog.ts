import type { ProblemError } from "../../../contract/problem-document.ts";
import { inTransaction, type Tx } from "../../../db/in-transaction.ts";
import type { Actor } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import type { CoreContext } from "../../context.ts";
import type { CatalogProduct } from "../../../licensing/products.ts";
import { readCatalog } from "./read-catalog.ts";
import { sql } from "../../../db/sql-text.ts";

/** A product that a file brings, or names otherwise than it is known. */
type Moved = { name: string; skuPartNumber: string; change: "added" | "changed" };

/**
 * How many products of a file were new, were known otherwise, and were known so; and the rows that were left out. `products`
 * are the first of those that a preview found new or changed.
 */
export type Imported = {
  added: number;
  changed: number;
  unchanged: number;
  skipped: number;
  errors: ProblemError[];
  products?: Moved[];
};

const mostMoved = 100;

/** What came of an import: there is one catalogue. */
export const catalogId = "catalog";

/**
 * Takes the products of the vendor's table into the catalogue. A product that was imported before becomes what the file
 * says; one that the file does not name stays, because customers may have it; built-in ones are there in any case. Without
 * `apply` it only tells what the file would change.
 * @throws Problem as `readCatalog`
 */
export async function importCatalog(
  context: CoreContext,
  actor: Actor,
  bytes: AsyncIterable<Uint8Array>,
  apply: boolean,
): Promise<Imported> {
  const { products, skipped, errors } = await readCatalog(bytes);
  return await inTransaction(context.db.pool, async (tx) => {
    // Two files at once: one after the other.
    await tx.rows(sql`lock table catalog_products in share row exclusive mode`);
    if (!apply) await tx.rows(sql`savepoint preview`);
    const moved = await writeProducts(tx, [...products.values()]);
    // The statements that write are the ones that know what they would change.
    if (!apply) await tx.rows(sql`rollback to savepoint preview`);
    const added = moved.filter(({ change }) => change === "added").length;
    const changed = moved.length - added;
    const counts = { added, changed, unchanged: products.size - moved.length, skipped };
    if (apply) await recordAct(tx, actor, { operation: "import_catalog", customerId: null, after: counts });
    await actor.recordResult?.(tx, catalogId);
    return { ...counts, errors, ...(apply ? {} : { products: moved.slice(0, mostMoved) }) };
  });
}

async function writeProducts(tx: Tx, products: readonly CatalogProduct[]): Promise<Moved[]> {
  const plans = products.flatMap(({ skuId, servicePlans }) => servicePlans.map((plan) => ({ skuId, ...plan })));
  const skuIds = products.map(({ skuId }) => skuId);
  const [planSkuIds, planIds] = [plans.map(({ skuId }) => skuId), plans.map(({ servicePlanId }) => servicePlanId)];
  const known = await tx.rows<{ skuId: string }>(
    sql`select sku_id as "skuId" from catalog_products where sku_id = any(${skuIds}::uuid[])`,
  );
  const named = await tx.rows<{ skuId: string }>(
    sql`insert into catalog_products (sku_id, sku_part_number, name)
     select * from unnest(${skuIds}::uuid[], ${products.map(({ skuPartNumber }) => skuPartNumber)}::text[],
       ${products.map(({ name }) => name)}::text[])
     on conflict (sku_id) do update set sku_part_number = excluded.sku_part_number, name = excluded.name
       where (catalog_products.sku_part_number, catalog_products.name) <> (excluded.sku_part_number, excluded.name)
     returning sku_id as "skuId"`,
  );
  const gone = await tx.rows<{ skuId: string }>(
    sql`delete from catalog_plans where sku_id = any(${skuIds}::uuid[]) and (sku_id, service_plan_id) not in
       (select * from unnest(${planSkuIds}::uuid[], ${planIds}::uuid[])) returning sku_id as "skuId"`,
  );
  const planned = await tx.rows<{ skuId: string }>(
    sql`insert into catalog_plans (sku_id, service_plan_id, name, label)
     select * from unnest(${planSkuIds}::uuid[], ${planIds}::uuid[], ${plans.map(({ name }) => name)}::text[],
       ${plans.map(({ label }) => label)}::text[])
     on conflict (sku_id, service_plan_id) do update set name = excluded.name, label = excluded.label
       where (catalog_plans.name, catalog_plans.label) <> (excluded.name, excluded.label)
     returning sku_id as "skuId"`,
  );
  const before = new Set(known.map(({ skuId }) => skuId));
  const touched = new Set([...named, ...gone, ...planned].map(({ skuId }) => skuId));
  return products.flatMap(({ skuId, name, skuPartNumber }): Moved[] => {
    if (!before.has(skuId)) return [{ name, skuPartNumber, change: "added" }];
    return touched.has(skuId) ? [{ name, skuPartNumber, change: "changed" }] : [];
  });
}
