import { sql } from "drizzle-orm";
import { index, integer, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { users } from "./users.ts";

/**
 * Names to search for, folded to ASCII, apart from what they are the names of: a trigram index on `users` would cost a
 * create of 1,000 users 20 ms, 35 % of all its work (a word index 11 ms). These are written after a batch has ended,
 * little by little. Their trigram indexes are in the second migration, behind the extension.
 */
export const userNames = pgTable("user_names", {
  userId: uuid()
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  customerId: uuid().notNull(),
  names: text().notNull(),
});

/** The names in rows that failed, or never were about a user; those of all others are their users'. */
export const rowNames = pgTable(
  "row_names",
  {
    batchId: uuid().notNull(),
    rowNo: integer().notNull(),
    customerId: uuid().notNull(),
    names: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.batchId, table.rowNo] })],
);

/** Batches that ended and whose names are to be written from the row behind `rowNo` on. A trigger on `batches` adds them. */
export const namesDue = pgTable(
  "names_due",
  {
    batchId: uuid().primaryKey(),
    rowNo: integer().notNull().default(0),
    dueAt: timestamp({ withTimezone: true })
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (table) => [index("names_due_order").on(table.dueAt)],
);
