import type { AuditRecord } from "../../../contract/audit.ts";
import type { Database } from "../../../db/open-database.ts";
import { knownProducts } from "../../directory/catalog/known-products.ts";
import type { AuditRow } from "./select-audit.ts";

/** Fields of a record that hold products, by part number or GUID. */
const productFields = ["added", "removed", "licenses", "skuPartNumber", "skuId"];

/** Gives records as the contract has them, with the names of the products in them. */
export async function viewRecords(db: Database, rows: readonly AuditRow[]): Promise<AuditRecord[]> {
  const called = rows.map(({ before, after }) => [...productsIn(before), ...productsIn(after)]);
  const all = [...new Set(called.flat())];
  const known = all.length === 0 ? new Map<string, { name: string }>() : await knownProducts(db, all);
  return rows.map(({ exactAt: _exact, at, ...record }, index) => ({
    ...record,
    at: at.toISOString(),
    productNames: Object.fromEntries(
      (called[index] ?? []).flatMap((product) => {
        const name = known.get(product)?.name;
        return name === undefined ? [] : [[product, name]];
      }),
    ),
  }));
}

function productsIn(picture: Record<string, unknown> | null): string[] {
  return productFields
    .flatMap((field) => picture?.[field] ?? [])
    .filter((value): value is string => typeof value === "string");
}
