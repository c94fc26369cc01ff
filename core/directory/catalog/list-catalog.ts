import type { CatalogItem } from "../../../contract/catalog.ts";
import type { Page, PageQuery } from "../../../contract/paging.ts";
import type { CoreContext } from "../../context.ts";
import { cutPage, unpackCursor } from "../../paging.ts";
import { knownProducts } from "./known-products.ts";
import { catalog } from "../../../licensing/products.ts";

/** The place of a product in the list: its name in lower case, and its GUID. */
type Key = [name: string, skuId: string];

type Named = { skuId: string; skuPartNumber: string; name: string };

/** Gives a page of the catalogue by name, built-in and imported products. `q` is a part of a name or of a part number. */
export async function listCatalog(
  context: CoreContext,
  { q = "", limit, cursor, count }: PageQuery & { q?: string | undefined },
): Promise<Page<CatalogItem>> {
  const place = unpackCursor(cursor, ["text", "id"]);
  const imported = await context.db.sql<Named[]>`
    select sku_id as "skuId", sku_part_number as "skuPartNumber", name from catalog_products`;
  // A product that is built in is so under the name that it has here, whatever an import calls it.
  const products = [...new Map([...imported, ...catalog].map((product) => [product.skuId, product])).values()];
  const wanted = q.trim().toLowerCase();
  const found = products.filter(
    ({ name, skuPartNumber, skuId }) =>
      name.toLowerCase().includes(wanted) || skuPartNumber.toLowerCase().includes(wanted) || skuId === wanted,
  );
  const keys = found.map(({ skuId, name }): Key => [name.toLowerCase(), skuId]).toSorted(compareKeys);
  const behind = place === null ? keys : keys.filter((key) => compareKeys(key, place) > 0);
  const page = cutPage(behind.slice(0, limit + 1), limit, (last) => last);
  const skuIds = page.items.map(([, skuId]) => skuId);
  const known = await knownProducts(context.db, skuIds);
  const items = skuIds.flatMap((skuId) => {
    const product = known.get(skuId);
    return product === undefined ? [] : [view(product)];
  });
  return { items, next: page.next, ...(count ? { total: found.length } : {}) };
}

function view({ skuId, skuPartNumber, name, servicePlans }: Named & Pick<CatalogItem, "servicePlans">): CatalogItem {
  return { skuId, skuPartNumber, name, servicePlans };
}

/** By code units: the order of a cursor may hang on nothing that a machine is set to. */
function compareKeys(one: readonly (string | number)[], other: readonly (string | number)[]): number {
  const at = one.findIndex((part, index) => part !== other[index]);
  return at === -1 ? 0 : (one[at] ?? "") < (other[at] ?? "") ? -1 : 1;
}
