import type { Tx } from "../../../../db/in-transaction.ts";
import { sql, type SqlText } from "../../../../db/sql-text.ts";
import { equippedSql, equipSql } from "../../../directory/licenses/equip-users.ts";
import { noteSeatsSql } from "../../../directory/licenses/seats.ts";
import { holdNames } from "../../../directory/users/hold-names.ts";
import { insertSql } from "../../../directory/users/insert-users.ts";
import { isZeroDivide } from "../../../sql/is-zero-divide.ts";
import { chunkRowsSql, type NewUser, type RowsOfChunk } from "../../work-rows/add-chunk.ts";
import { someOutdatedSql } from "../../work-rows/find-outdated.ts";
import type { Work } from "../../work-rows/outcome.ts";

/** A row asks for what the customer has no more, or nobody allowed; the same work, that looks at each row, tells which. */
export class NotPlain extends Error {
  override name = "NotPlain";
}

type PlainWork = Pick<Work, "batchId" | "customerId" | "actor" | "passwordExpiresAt">;

/**
 * Creates the users of a chunk whose pending rows are all new users who get what they ask for, and writes how the rows ended: one
 * statement, that reads each row once and knows no work table, and that may go out with the commit. The seats that they take
 * are noted for `takeNotedSeats`. `allowed.roles`: rows may give roles.
 * @throws NotPlain, and DatabaseFault where a name is taken; the transaction has to be undone then.
 */
export async function createPlain(
  tx: Tx,
  work: PlainWork,
  rows: RowsOfChunk,
  newUsers: readonly NewUser[],
  allowed: { roles: boolean },
): Promise<void> {
  await tx.together(
    () => holdNames(tx, work.customerId, "together"),
    () => createRows(tx, plainSql(work, chunkRowsSql(rows, newUsers), allowed)),
  );
}

async function createRows(tx: Tx, statement: SqlText): Promise<void> {
  try {
    await tx.rows(statement);
  } catch (error) {
    throw isZeroDivide(error) ? new NotPlain() : error;
  }
}

const placed = sql`placed`;

// It fails by a division by zero where the rows are not plain. Each result is found by its place: by its number, Postgres
// would look through all of the chunk for it.
const plainSql = (work: PlainWork, rows: SqlText, allowed: { roles: boolean }) => sql`
with placed as materialized (${rows}), created as (${insertSql(work, placed)}), ended as (
  update row_results results set state = 'succeeded', user_id = placed.user_id, attempts = attempts + 1
  from placed where results.ctid = placed.place
), ${equipSql(work, placed)}
select ${noteSeatsSql(sql`taken`)}, 1 / plain::int from (
  select ${equippedSql}, not ${someOutdatedSql(work.customerId, placed)}
    and (${allowed.roles} or not exists (select from placed where roles <> '{}')) as plain) made`;
