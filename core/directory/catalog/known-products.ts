import type { Database } from "../../../db/open-database.ts";
import { catalog, findProduct, type CatalogProduct } from "../../../licensing/products.ts";

/**
 * The products that people call by these part numbers, product names or GUIDs, in any case and with blanks around: the
 * built-in ones, with the plans that an import added, and the imported ones. Each under every name asked for that is its.
 */
export async function knownProducts(db: Database, names: readonly string[]): Promise<Map<string, CatalogProduct>> {
  const wanted = names.map((name) => name.trim().toLowerCase());
  const builtIn = wanted.map((name) => findProduct(name));
  const imported = await importedProducts(db, [
    ...wanted,
    ...builtIn.flatMap((product) => (product === undefined ? [] : [product.skuId])),
  ]);
  const found = new Map<string, CatalogProduct>();
  wanted.forEach((name, at) => {
    const base = builtIn[at] ?? named(imported, name);
    if (base === undefined) return;
    const more = imported.find(({ skuId }) => skuId === base.skuId);
    const product = baseOf(base);
    found.set(names[at] ?? "", { ...product, servicePlans: withPlans(product.servicePlans, more?.servicePlans ?? []) });
  });
  return found;
}

function named(products: readonly CatalogProduct[], name: string): CatalogProduct | undefined {
  return (
    products.find(({ skuId, skuPartNumber }) => skuId === name || skuPartNumber.toLowerCase() === name) ??
    products.find((product) => product.name.toLowerCase() === name)
  );
}

function baseOf(product: CatalogProduct): CatalogProduct {
  return catalog.find(({ skuId }) => skuId === product.skuId) ?? product;
}

/** Service plans, and those of `more` that are not among them. */
export function withPlans<Plan extends { servicePlanId: string }>(
  plans: readonly Plan[],
  more: readonly Plan[],
): Plan[] {
  const has = new Set(plans.map(({ servicePlanId }) => servicePlanId));
  return [...plans, ...more.filter((plan) => !has.has(plan.servicePlanId))];
}

async function importedProducts({ sql }: Database, names: readonly string[]): Promise<CatalogProduct[]> {
  return await sql<CatalogProduct[]>`
    select sku_id as "skuId", sku_part_number as "skuPartNumber", name, coalesce((
        select json_agg(json_build_object('servicePlanId', service_plan_id, 'name', plan.name, 'label', label)
          order by plan.name, service_plan_id)
        from catalog_plans plan where plan.sku_id = product.sku_id), '[]') as "servicePlans"
    from catalog_products product
    where sku_id::text = any(${names}::text[]) or lower(sku_part_number) = any(${names}::text[])
      or lower(name) = any(${names}::text[])
    order by sku_part_number, sku_id`;
}
