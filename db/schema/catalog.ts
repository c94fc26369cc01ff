import { pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";

/** Products that an agent imported beside the built-in ones. */
export const catalogProducts = pgTable("catalog_products", {
  skuId: uuid().primaryKey(),
  skuPartNumber: text().notNull(),
  name: text().notNull(),
});

/** The service plans of imported products. */
export const catalogPlans = pgTable(
  "catalog_plans",
  {
    skuId: uuid()
      .notNull()
      .references(() => catalogProducts.skuId, { onDelete: "cascade" }),
    servicePlanId: uuid().notNull(),
    name: text().notNull(),
    label: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.skuId, table.servicePlanId] })],
);
