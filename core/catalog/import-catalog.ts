import type { ProblemError } from "../../contract/problem.ts";
import { inTransaction, type Tx } from "../../db/in-transaction.ts";
import type { Actor } from "../actor.ts";
import { recordAct } from "../audit/record-act.ts";
import type { CoreContext } from "../context.ts";
import type { CatalogProduct } from "./products.ts";
import { readCatalog } from "./read-catalog.ts";

/** How many products of a file were new, were known otherwise, and were known so; and the rows that were left out. */
export type Imported = { added: number; changed: number; unchanged: number; skipped: number; errors: ProblemError[] };

/** What came of an import: there is one catalogue. */
export const catalogId = "catalog";

/**
 * Takes the products of the vendor's table into the catalogue. A product that was imported before becomes what the file
 * says; one that the file does not name stays, because customers may have it; built-in ones are there in any case.
 * @throws Problem as `readCatalog`
 */
export async function importCatalog(
  context: CoreContext,
  actor: Actor,
  bytes: AsyncIterable<Uint8Array>,
): Promise<Imported> {
  const { products, skipped, errors } = await readCatalog(bytes);
  return await inTransaction(context.db.pool, async (tx) => {
    // Two files at once: one after the other.
    await tx.rows("lock table catalog_products in share row exclusive mode");
    const written = await writeProducts(tx, [...products.values()]);
    const counts = { ...written, unchanged: products.size - written.added - written.changed, skipped };
    await recordAct(tx, actor, { operation: "import_catalog", customerId: null, after: counts });
    await actor.settle?.(tx, catalogId);
    return { ...counts, errors };
  });
}

async function writeProducts(
  tx: Tx,
  products: readonly CatalogProduct[],
): Promise<Pick<Imported, "added" | "changed">> {
  const plans = products.flatMap(({ skuId, servicePlans }) => servicePlans.map((plan) => ({ skuId, ...plan })));
  const skuIds = products.map(({ skuId }) => skuId);
  const known = await tx.rows<{ skuId: string }>(
    `select sku_id as "skuId" from catalog_products where sku_id = any($1::uuid[])`,
    [skuIds],
  );
  const named = await tx.rows<{ skuId: string }>(
    `insert into catalog_products (sku_id, sku_part_number, name) select * from unnest($1::uuid[], $2::text[], $3::text[])
     on conflict (sku_id) do update set sku_part_number = excluded.sku_part_number, name = excluded.name
       where (catalog_products.sku_part_number, catalog_products.name) <> (excluded.sku_part_number, excluded.name)
     returning sku_id as "skuId"`,
    [skuIds, products.map((product) => product.skuPartNumber), products.map((product) => product.name)],
  );
  const gone = await tx.rows<{ skuId: string }>(
    `delete from catalog_plans where sku_id = any($1::uuid[]) and (sku_id, service_plan_id) not in
       (select * from unnest($2::uuid[], $3::uuid[])) returning sku_id as "skuId"`,
    [skuIds, plans.map((plan) => plan.skuId), plans.map((plan) => plan.servicePlanId)],
  );
  const planned = await tx.rows<{ skuId: string }>(
    `insert into catalog_plans (sku_id, service_plan_id, name, label)
     select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[])
     on conflict (sku_id, service_plan_id) do update set name = excluded.name, label = excluded.label
       where (catalog_plans.name, catalog_plans.label) <> (excluded.name, excluded.label)
     returning sku_id as "skuId"`,
    [
      plans.map((plan) => plan.skuId),
      plans.map((plan) => plan.servicePlanId),
      plans.map((plan) => plan.name),
      plans.map((plan) => plan.label),
    ],
  );
  const before = new Set(known.map(({ skuId }) => skuId));
  const touched = new Set([...named, ...gone, ...planned].map(({ skuId }) => skuId));
  return {
    added: products.length - before.size,
    changed: [...touched].filter((skuId) => before.has(skuId)).length,
  };
}
