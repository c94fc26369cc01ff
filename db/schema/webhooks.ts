import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { DeliveryFault, SentEvent, WebhookEvent, WebhookMessage } from "../../contract/webhooks.ts";
import { customers } from "./customers.ts";
import { bytea } from "./users.ts";

/** Other programs that are told what happens to batches, of one customer or, where that is null, of all. */
export const webhooks = pgTable("webhooks", {
  id: uuid().primaryKey(),
  name: text().notNull(),
  address: text().notNull(),
  customerId: uuid().references(() => customers.id),
  events: text().array().$type<WebhookEvent[]>().notNull(),
  /** Whether failed rows are named, which are read when a message is sent and kept with none. */
  failedRows: boolean().notNull().default(false),
  /** What messages are signed with, under the installation's key. */
  sealed: bytea().notNull(),
  enabled: boolean().notNull().default(true),
  createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  createdBy: text().notNull(),
});

/**
 * Messages to webhooks. A trigger of `batches` writes them in the transaction that changes a batch's state, so that none is
 * lost and none tells of what never was.
 */
export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    id: uuid().primaryKey(),
    webhookId: uuid()
      .notNull()
      .references(() => webhooks.id, { onDelete: "cascade" }),
    event: text().$type<SentEvent>().notNull(),
    data: jsonb().$type<WebhookMessage["data"]>(),
    state: text().$type<"waiting" | "delivered" | "failed">().notNull().default("waiting"),
    attempts: integer().notNull().default(0),
    /** Of the last attempt: the status of the answer, and why it did not get through. */
    status: integer(),
    fault: text().$type<DeliveryFault>(),
    nextAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** Until then one job has it, or is on its way to a worker. */
    heldUntil: timestamp({ withTimezone: true }),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    endedAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    index("webhook_deliveries_log").on(table.webhookId, table.createdAt, table.id),
    index("webhook_deliveries_due")
      .on(table.nextAt)
      .where(sql`state = 'waiting'`),
    index("webhook_deliveries_end").using("brin", table.endedAt),
  ],
);
