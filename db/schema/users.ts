import { sql } from "drizzle-orm";
import {
  boolean,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { customers } from "./customers.ts";
import { optionalTexts } from "./optional-texts.ts";

export const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/**
 * The active users of a customer. `customer_id` is never null: it is asked for so that a statement which names no customer
 * cannot use these indexes. After a mass deletion the planner takes each of them for empty, and would read it from end to
 * end for each name that it looks up.
 */
const ofCustomer = sql`deleted_at is null and customer_id is not null`;

export const users = pgTable(
  "users",
  {
    id: uuid().primaryKey(),
    customerId: uuid()
      .notNull()
      .references(() => customers.id),
    userPrincipalName: text().notNull(),
    displayName: text().notNull(),
    ...optionalTexts(),
    accountEnabled: boolean().notNull().default(true),
    version: integer().notNull().default(1),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    deletedAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    uniqueIndex("users_active_upn")
      .on(sql`lower(user_principal_name)`)
      .where(sql`deleted_at is null`),
    index("users_deleted_upn")
      .on(sql`lower(user_principal_name)`)
      .where(sql`deleted_at is not null`),
    index("users_by_name")
      .on(table.customerId, sql`display_name collate "und-x-icu"`, table.id)
      .where(ofCustomer),
    // Of few users, and so free for all the others.
    index("users_blocked")
      .on(table.customerId, sql`display_name collate "und-x-icu"`, table.id)
      .where(sql`deleted_at is null and not account_enabled`),
    index("users_without_location")
      .on(table.customerId)
      .where(sql`deleted_at is null and usage_location is null`),
    // The other orders of the list; without them each page of 1,000,000 users would cost a second. Others are rarely asked for.
    index("users_by_department")
      .on(table.customerId, sql`coalesce(lower(department collate "und-x-icu"), '')`, table.id)
      .where(ofCustomer),
    index("users_by_job_title")
      .on(table.customerId, sql`coalesce(lower(job_title collate "und-x-icu"), '')`, table.id)
      .where(ofCustomer),
    index("users_by_location")
      .on(table.customerId, sql`coalesce(lower(usage_location collate "und-x-icu"), '')`, table.id)
      .where(ofCustomer),
    index("users_by_deletion")
      .on(table.customerId, table.deletedAt, table.id)
      .where(sql`deleted_at is not null`),
  ],
);

/**
 * Licenses and passwords hang on a user without a foreign key: they are written by the statement that makes the user, or
 * under the user's lock, and each key would cost a look-up for each row. What removes users removes these first.
 */
export const licenseAssignments = pgTable(
  "license_assignments",
  {
    userId: uuid().notNull(),
    skuId: uuid().notNull(),
    customerId: uuid().notNull(),
    disabledPlans: text()
      .array()
      .notNull()
      .default(sql`'{}'`),
  },
  (table) => [primaryKey({ columns: [table.userId, table.skuId] })],
);

/** The licenses that deleted users had when they were deleted, for a restore to give back; none of them takes a seat. */
export const formerLicenses = pgTable(
  "former_licenses",
  {
    userId: uuid().notNull(),
    skuId: uuid().notNull(),
    customerId: uuid().notNull(),
    disabledPlans: text().array().notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.skuId] })],
);

export const roleAssignments = pgTable(
  "role_assignments",
  {
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.role] })],
);

/** One sealed password a user at most, gone at the first sign-in or at `expiresAt`; those of a batch are found by its rows. */
export const temporaryPasswords = pgTable(
  "temporary_passwords",
  {
    userId: uuid().primaryKey(),
    customerId: uuid().notNull(),
    batchId: uuid().notNull(),
    sealed: bytea().notNull(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index("temporary_passwords_expiry").using("brin", table.expiresAt)],
);
