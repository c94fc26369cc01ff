import type { Tx } from "../../../db/in-transaction.ts";
import { columnsOf, type InputColumn, inputTypes } from "./input-columns.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import { columnName } from "../../sql/user-columns.ts";

/**
 * SQL for the work table: the rows that a transaction is about, with their inputs. It is the transaction's own and empty at
 * its end. Who plans rows puts their inputs in. Who carries out a chunk puts its pending rows in, with what was planned, and
 * takes out each that comes to its end, so that a later statement is about the rows that are still on their way.
 */
export const workRows = sql`work_rows`;

const workTypes = {
  ...inputTypes,
  /** What was planned. This column and those below are filled for a chunk alone. */
  plan: "text",
  /** The step at which an earlier run stopped. */
  step: "text",
  /** The row gets no seat: the plan or this run found none. */
  noSeat: "boolean",
  userId: "uuid",
  /** The version of the user that the row was planned against. */
  userVersion: "int",
  /** This transaction makes the user. */
  newUser: "boolean",
  /** The sealed password of a user who is made. */
  sealed: "bytea",
} as const;

/** A column of the work table, by the name that its value has in our code. */
export type WorkColumn = InputColumn | keyof typeof workTypes;

const allColumns = Object.keys(workTypes) as WorkColumn[];

/** SQL for the columns of the work table, which a statement calls `alias`. */
export function workColumns(alias: string): Readonly<Record<WorkColumn, SqlText>> {
  return columnsOf(allColumns, alias);
}

const createSql = sql`create temporary table if not exists ${workRows} (
  ${sql.unsafe(allColumns.map((column) => `${columnName(column)} ${workTypes[column]}`).join(", "))}
) on commit delete rows`;

/** Makes the work table, empty, where the connection has none yet. */
export async function openWorkRows(tx: Tx): Promise<void> {
  await tx.together(
    () => tx.rows(sql`set local client_min_messages = warning`),
    () => tx.rows(createSql),
  );
}

/** Takes all rows out of the work table. */
export async function emptyWorkRows(tx: Tx): Promise<void> {
  await tx.rows(sql`delete from ${workRows}`);
}

/** Takes rows that have come to their end out of the work table. */
export async function dropWorkRows(tx: Tx, rowNos: readonly number[]): Promise<void> {
  if (rowNos.length > 0) await tx.rows(sql`delete from ${workRows} where row_no = any(${rowNos})`);
}

/** Notes that no seat is left for these rows. */
export async function noteShortages(tx: Tx, rowNos: readonly number[]): Promise<void> {
  if (rowNos.length > 0) await tx.rows(sql`update ${workRows} set no_seat = true where row_no = any(${rowNos})`);
}

/** Gives the numbers of the rows in the work table. */
export async function workRowNos(tx: Tx): Promise<number[]> {
  const rows = await tx.rows<{ rowNo: number }>(sql`select row_no as "rowNo" from ${workRows}`);
  return rows.map(({ rowNo }) => rowNo);
}

/** SQL for the ids of the users of the rows in the work table. */
export const workUserIdsSql = sql`select user_id from ${workRows}`;
