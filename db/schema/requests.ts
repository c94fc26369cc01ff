import { index, integer, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";

/** How many requests an API key or a session has made in a minute, over all processes; the key is a hash of either. */
export const requestCounts = pgTable(
  "request_counts",
  {
    key: text().notNull(),
    opensAt: timestamp({ withTimezone: true }).notNull(),
    count: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.key, table.opensAt] }), index("request_counts_age").on(table.opensAt)],
);
