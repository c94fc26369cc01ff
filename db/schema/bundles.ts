import {
  bigint,
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
import type { BundleOptions } from "../../contract/bundle.ts";
import type { CauseCode } from "../../contract/codes.ts";
import type { FieldName } from "../../contract/fields.ts";
import type { Operation } from "../../contract/operations.ts";

/** A file for many customers: the parent of a batch for each of them. It has no state of its own. */
export const bundles = pgTable(
  "bundles",
  {
    id: uuid().primaryKey(),
    no: bigint({ mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    operation: text().$type<Operation>().notNull(),
    fileName: text(),
    header: text().array().notNull(),
    columns: text().array().$type<(FieldName | null)[]>().notNull(),
    options: jsonb().$type<BundleOptions>().notNull(),
    notes: text().array().notNull(),
    /** Of the whole file, the refused ones included. */
    rows: integer().notNull(),
    refused: integer().notNull(),
    actorId: text().notNull(),
    actorName: text().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [uniqueIndex("bundles_no").on(table.no), index("bundles_made").on(table.createdAt)],
);

/** Rows of a file that went into no batch: of a customer who is unknown, or for whom the agent may not act. */
export const refusedRows = pgTable(
  "refused_rows",
  {
    bundleId: uuid()
      .notNull()
      .references(() => bundles.id),
    rowNo: integer().notNull(),
    cells: text().array().notNull(),
    code: text().$type<CauseCode>().notNull(),
    field: text(),
    message: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.bundleId, table.rowNo] })],
);
