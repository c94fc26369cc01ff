import { sql } from "drizzle-orm";
import { bigint, index, integer, json, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";

/**
 * One record per step that changed a user, and per act worth answering for. A trigger refuses update, delete, truncate.
 * Before and after are `json`: they are shown, never searched, and `jsonb` would cost each record 10 µs more.
 */
export const audit = pgTable(
  "audit",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    actorId: text().notNull(),
    actorName: text().notNull(),
    customerId: uuid(),
    operation: text().notNull(),
    status: text().notNull(),
    batchId: uuid(),
    rowNo: integer(),
    userId: uuid(),
    before: json(),
    after: json(),
  },
  (table) => [
    index("audit_customer").on(table.customerId, table.id),
    index("audit_user")
      .on(table.userId, table.id)
      .where(sql`user_id is not null`),
  ],
);

/** Idempotency keys of the last 24 hours: which batch or thing came of one, never the answer itself. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    caller: text().notNull(),
    route: text().notNull(),
    key: text().notNull(),
    bodyHash: text().notNull(),
    resultId: text(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.caller, table.route, table.key] })],
);

/** Facts about this installation, such as the fingerprint of its secret key. */
export const installation = pgTable("installation", {
  name: text().primaryKey(),
  value: text().notNull(),
});

/** Worker processes that are alive, and how many chunks each can run at once. */
export const workers = pgTable("workers", {
  id: uuid().primaryKey(),
  slots: integer().notNull(),
  seenAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
});
