import { index, integer, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { bytea, users } from "./users.ts";

/**
 * One-time links to temporary passwords, one a user at most: a new link ends the one before. Of the token only its
 * SHA-256 is kept. A link opens the password of its batch alone, and so never one that was made later.
 */
export const passwordLinks = pgTable(
  "password_links",
  {
    tokenHash: bytea().primaryKey(),
    userId: uuid()
      .notNull()
      .unique()
      .references(() => users.id, { onDelete: "cascade" }),
    customerId: uuid().notNull(),
    batchId: uuid().notNull(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index("password_links_expiry").using("brin", table.expiresAt)],
);

/** Passwords that accounts chose themselves, as scrypt hashes. A temporary password beside one has taken its place. */
export const userPasswords = pgTable("user_passwords", {
  userId: uuid()
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  hash: text().notNull(),
  changedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
});

/** How often an address, or somebody for a name, tried a public page lately; the key is a hash of either. */
export const attempts = pgTable("attempts", {
  key: text().primaryKey(),
  count: integer().notNull(),
  until: timestamp({ withTimezone: true }).notNull(),
});
