import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

export const customers = pgTable("customers", {
  id: uuid().primaryKey(),
  name: text().notNull(),
  createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
});

/** A domain belongs to one customer only; its name is lower case. */
export const domains = pgTable(
  "domains",
  {
    name: text().primaryKey(),
    customerId: uuid()
      .notNull()
      .references(() => customers.id),
    isDefault: boolean().notNull().default(false),
  },
  (table) => [
    index("domains_customer").on(table.customerId),
    uniqueIndex("domains_one_default")
      .on(table.customerId)
      .where(sql`is_default`),
  ],
);

/** Seats of one product at one customer; `consumed` is written only under this row's lock. */
export const products = pgTable(
  "products",
  {
    customerId: uuid()
      .notNull()
      .references(() => customers.id),
    skuId: uuid().notNull(),
    skuPartNumber: text().notNull(),
    name: text().notNull(),
    total: integer().notNull(),
    consumed: integer().notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.skuId] }),
    check("products_not_oversold", sql`consumed >= 0 and consumed <= total`),
  ],
);
