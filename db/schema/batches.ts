import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  json,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type {
  Batch,
  BatchOptions,
  BatchState,
  RetrySelection,
  RowPlan,
  RowState,
  RowStep,
} from "../../contract/batch.ts";
import type { Approval, Hits } from "../../contract/brakes.ts";
import type { ChunkState } from "../../contract/chunk.ts";
import type { Cause, CauseCode } from "../../contract/codes.ts";
import type { FieldName } from "../../contract/fields.ts";
import type { Operation } from "../../contract/operations.ts";
import { bundles } from "./bundles.ts";
import { customers } from "./customers.ts";
import { optionalTexts } from "./optional-texts.ts";
import { bytea } from "./users.ts";

/** Seats that a plan needs against those free when it was made. */
export type SeatNeed = { skuId: string; skuPartNumber: string; needed: number; free: number };

/** A question for a second agent's yes: who asked, for whom the batch is then carried out, and what it hit at that time. */
export type KeptApproval = Omit<Approval, "askedBy" | "askedById" | "retriedRows"> & {
  asker: Carrier;
  /** The id of the agent as whom the asker counted then; a question of an earlier release has none. */
  askedAs?: string;
  hits: Hits;
  retry?: KeptRetry;
};

/**
 * The retry that a question is about: its rows, the state to which the batch comes back, and what was approved of the whole plan
 * before, which a question of an earlier release does not tell.
 */
export type KeptRetry = {
  rows: number;
  from: "finished" | "cancelled";
  selection: RetrySelection;
  approved?: Pick<Hits, "users" | "admins">;
};

/** When the mapping of earlier files with the same columns was chosen, and by whom. */
export type Remembered = { at: string; by: string };

export const batches = pgTable(
  "batches",
  {
    id: uuid().primaryKey(),
    no: bigint({ mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    customerId: uuid()
      .notNull()
      .references(() => customers.id),
    operation: text().$type<Operation>().notNull(),
    source: text().$type<"upload" | "json" | "single">().notNull(),
    fileName: text(),
    fileHash: text(),
    encoding: text(),
    delimiter: text(),
    /** Of a workbook: the sheet that was read, and those that were not. */
    sheets: jsonb().$type<Batch["sheets"]>(),
    header: text()
      .array()
      .notNull()
      .default(sql`'{}'`),
    columns: text()
      .array()
      .$type<(FieldName | null)[]>()
      .notNull()
      .default(sql`'{}'`),
    /** The header is ours: the file has none. */
    headerless: boolean().notNull().default(false),
    /** By how many columns the values of the file stand to the right of their labels. */
    shift: integer().notNull().default(0),
    /** Columns at the end that edits of rows have added to those of the file. */
    addedColumns: integer().notNull().default(0),
    /** The column that the sealed passwords were taken from, from 0; it may stand for nothing any more. */
    sealedColumn: integer(),
    options: jsonb().$type<BatchOptions>().notNull(),
    remembered: jsonb().$type<Remembered>(),
    notes: text()
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** Those of the notes that are about the file itself, whatever its columns stand for. */
    fileNotes: text()
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** The batch that this one undoes. */
    undoes: uuid(),
    state: text().$type<BatchState>().notNull(),
    stoppedCode: text(),
    stoppedMessage: text(),
    /** Causes that have stopped the batch, and in spite of which an agent has let it go on. */
    acceptedCauses: text()
      .array()
      .notNull()
      .default(sql`'{}'`),
    planVersion: integer().notNull().default(0),
    plan: jsonb().$type<Record<RowPlan, number>>().notNull(),
    seats: jsonb().$type<SeatNeed[]>().notNull().default([]),
    /** What the plan hits, or a retry of it where that was more. */
    hits: jsonb().$type<Hits>().notNull().default({ users: 0, admins: 0, of: null }),
    /** The last question for a second agent's yes, with its answer. */
    approval: jsonb().$type<KeptApproval>(),
    /** The file for many customers that the batch is a part of. */
    bundleId: uuid().references(() => bundles.id),
    /** The W3C trace context of the request that had it carried out last, where it was traced. */
    traceparent: text(),
    actorId: text().notNull(),
    actorName: text().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    startAt: timestamp({ withTimezone: true }),
    startedAt: timestamp({ withTimezone: true }),
    pausedAt: timestamp({ withTimezone: true }),
    /** When an agent let it go on last. */
    resumedAt: timestamp({ withTimezone: true }),
    /** Milliseconds that the batch has spent in earlier pauses since `startedAt`. */
    pausedMs: bigint({ mode: "number" }).notNull().default(0),
    finishedAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    uniqueIndex("batches_no").on(table.no),
    index("batches_customer").on(table.customerId, table.no),
    index("batches_file")
      .on(table.customerId, table.fileHash)
      .where(sql`file_hash is not null`),
    index("batches_bundle")
      .on(table.bundleId, table.no)
      .where(sql`bundle_id is not null`),
    index("batches_live")
      .on(table.state)
      .where(sql`state in ('staging', 'scheduled', 'running')`),
    index("batches_undoes")
      .on(table.undoes)
      .where(sql`undoes is not null`),
    // Batches that have not ended are counted by it, however many have.
    index("batches_open")
      .on(table.state)
      .where(sql`state not in ('finished', 'cancelled', 'rejected')`),
  ],
);

/**
 * The file's own cells, as they came (a password reads `(password)`), the sealed password beside them, and what each row
 * asks for, as it was read: its values normalised, its licenses resolved, or the cause that it failed by. Kept, so that
 * applying is the database's work alone (reading each chunk again cost a third of the whole), and in one table, so that an
 * upload is one COPY.
 */
export const rows = pgTable(
  "rows",
  {
    batchId: uuid().notNull(),
    rowNo: integer().notNull(),
    cells: text().array().notNull(),
    sealed: bytea(),
    userPrincipalName: text(),
    displayName: text(),
    ...optionalTexts(),
    accountEnabled: boolean(),
    roles: text().array(),
    skuIds: uuid().array().notNull(),
    plans: jsonb(),
    /** The user that the row is about, where it says so by id, and the sign-in name that this user is to have. */
    objectId: uuid(),
    newName: text(),
    removedSkuIds: uuid().array(),
    /** Columns of the user that are to be emptied. */
    cleared: text().array(),
    /** Of a row of an undo: what is to become of its user, and what the undone batch left there. */
    undone: json(),
    /** The sign-in name that was built where the row has none, before a number made it another. */
    built: text(),
    code: text().$type<CauseCode>(),
    field: text(),
    message: text(),
    /** What else is wrong with the row, beside that cause; null where there is nothing. */
    otherProblems: json().$type<Cause[]>(),
  },
  (table) => [primaryKey({ columns: [table.batchId, table.rowNo] })],
);

/** The plan and the outcome of each row. Narrow, because each chunk rewrites its part. */
export const rowResults = pgTable(
  "row_results",
  {
    batchId: uuid().notNull(),
    rowNo: integer().notNull(),
    plan: text().$type<RowPlan>().notNull(),
    state: text().$type<RowState>().notNull(),
    step: text().$type<RowStep>(),
    code: text().$type<CauseCode>(),
    field: text(),
    message: text(),
    userId: uuid(),
    userVersion: integer(),
    attempts: integer().notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.batchId, table.rowNo] }),
    index("row_results_causes")
      .on(table.batchId, table.code, table.rowNo)
      .where(sql`code is not null`),
  ],
);

/** Who has rows carried out, and whose authority is asked again when that happens; null where it cannot end. */
export type Carrier = { id: string; name: string; authority: { agentId: string; keyId: string | null } | null };

/** A run of up to 1,000 row numbers, the unit of one job and one transaction; its counts are those of all its rows. */
export const chunks = pgTable(
  "chunks",
  {
    batchId: uuid()
      .notNull()
      .references(() => batches.id),
    no: integer().notNull(),
    rowFrom: integer().notNull(),
    rowTo: integer().notNull(),
    state: text().$type<ChunkState>().notNull(),
    run: integer().notNull().default(0),
    /** Who set the chunk going: applied, resumed or retried it, whichever came last. */
    carrier: jsonb().$type<Carrier>(),
    queuedAt: timestamp({ withTimezone: true }),
    pending: integer().notNull(),
    succeeded: integer().notNull().default(0),
    unchanged: integer().notNull().default(0),
    partial: integer().notNull().default(0),
    failed: integer().notNull().default(0),
    cancelled: integer().notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.batchId, table.no] }),
    index("chunks_live")
      .on(table.batchId, table.state, table.no)
      .where(sql`state in ('ready', 'queued')`),
  ],
);

/** One change of a column in many rows, so that it can be undone as one. */
export const fixes = pgTable(
  "fixes",
  {
    id: uuid().primaryKey(),
    batchId: uuid()
      .notNull()
      .references(() => batches.id),
    /** The place of the column among the batch's, from 1, and its label. */
    place: integer().notNull(),
    label: text().notNull(),
    rows: integer().notNull(),
    actorId: text().notNull(),
    actorName: text().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    undoneAt: timestamp({ withTimezone: true }),
    kept: integer(),
  },
  (table) => [index("fixes_batch").on(table.batchId, table.createdAt)],
);

/** The cells of a fix that can still be undone; they go with the batch's own cells. */
export const fixedCells = pgTable(
  "fixed_cells",
  { fixId: uuid().notNull(), rowNo: integer().notNull(), before: text().notNull(), after: text().notNull() },
  (table) => [primaryKey({ columns: [table.fixId, table.rowNo] })],
);

/** What each run of a chunk did: rows by outcome, and when. Runs of no row leave none. */
export const chunkRuns = pgTable(
  "chunk_runs",
  {
    batchId: uuid().notNull(),
    chunkNo: integer().notNull(),
    endedAt: timestamp({ withTimezone: true }).notNull(),
    succeeded: integer().notNull(),
    unchanged: integer().notNull(),
    partial: integer().notNull(),
    failed: integer().notNull(),
    /** Those that failed, by cause. */
    causes: jsonb().$type<Partial<Record<CauseCode, number>>>().notNull().default({}),
  },
  (table) => [
    index("chunk_runs_batch").on(table.batchId, table.endedAt),
    index("chunk_runs_time").using("brin", table.endedAt),
  ],
);
