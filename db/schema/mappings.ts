import { jsonb, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { customers } from "./customers.ts";

/** The mapping that was last chosen for files of a customer with the same columns, found by the header's fingerprint. */
export const mappings = pgTable(
  "mappings",
  {
    customerId: uuid()
      .notNull()
      .references(() => customers.id),
    fingerprint: text().notNull(),
    mapping: jsonb().$type<Record<string, string | null>>().notNull(),
    changedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    changedBy: text().notNull(),
    /** The agent's id; null in mappings that are older than this column. */
    changedById: text(),
  },
  (table) => [primaryKey({ columns: [table.customerId, table.fingerprint] })],
);
