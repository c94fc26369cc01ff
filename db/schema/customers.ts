import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { AskedLimits, BrakeLimits } from "../../contract/brakes.ts";

/**
 * Limits that one agent has asked for; without the sentence, which is the same for all. `askedAs` is the id of the agent as whom
 * they counted then, which those of an earlier release have not.
 */
export type KeptAskedLimits = Omit<AskedLimits, "note"> & { askedAs?: string };

export const customers = pgTable("customers", {
  id: uuid().primaryKey(),
  name: text().notNull(),
  createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  /** Limits of its own beyond which a plan needs a second agent; null: those for all customers. */
  brakes: jsonb().$type<BrakeLimits>(),
  /** Looser ones that one agent has asked for and that do not count yet. */
  brakesAsked: jsonb().$type<KeptAskedLimits>(),
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
    /** Active and in warning; a subscription in warning has run out, and its seats can be used for a while. */
    total: integer().notNull(),
    /** Those of `total` that are in warning. */
    warning: integer().notNull().default(0),
    /** Seats beside `total` that cannot be used. */
    suspended: integer().notNull().default(0),
    consumed: integer().notNull().default(0),
    /** Where the publisher of a marketplace product assigns its licenses; null where they are assigned here. */
    publisherAddress: text(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.skuId] }),
    check("products_seats", sql`warning between 0 and total and suspended >= 0`),
    check("products_not_oversold", sql`consumed >= 0 and consumed <= total`),
  ],
);
