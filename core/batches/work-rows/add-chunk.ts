import type { RowPlan, RowStep } from "../../../contract/batch.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import { inputNames } from "./input-columns.ts";
import { arrayLiteral } from "../../sql/array-literal.ts";
import { workRows } from "./work-table.ts";

/** A row that is more than a new user with all it asks for: what was planned, and how far an earlier run came. */
export type WorkRow = {
  rowNo: number;
  plan: RowPlan;
  /** The step at which an earlier run stopped; the next run goes on there. */
  step: RowStep | null;
  /** The plan found no seat for the row; the license step is then not tried. */
  noSeat: boolean;
  /** This transaction makes the user. */
  newUser: boolean;
  /** The user that the row was planned against, or that an earlier run made. */
  userId: string | null;
  userVersion: number | null;
  /** Null where the row names its user by id alone. */
  userPrincipalName: string | null;
};

/** A user to be made of a row: the id and the sealed password. */
export type NewUser = { rowNo: number; id: string; sealed: Buffer };

/** Rows of a batch, from one number to another. */
export type RowsOfChunk = { batchId: string; rowFrom: number; rowTo: number };

/** The rows of a chunk that are to run: whether any simply make a user, and all others. */
type ChunkRows = { hasNewUsers: boolean; otherRows: WorkRow[] };

/**
 * Puts the pending rows from `rowFrom` to `rowTo` into the work table, with their plans and the users to be made.
 */
export async function addChunk(tx: Tx, rows: RowsOfChunk, newUsers: readonly NewUser[]): Promise<ChunkRows> {
  const [filled] = await tx.rows<{ hasNewUsers: boolean | null; otherRows: Told[] | null }>(
    addSql(chunkRowsSql(rows, newUsers)),
  );
  return { hasNewUsers: filled?.hasNewUsers ?? false, otherRows: (filled?.otherRows ?? []).map(workRow) };
}

/** A row as `addSql` tells it. */
type Told = [
  rowNo: number,
  plan: RowPlan,
  step: RowStep | null,
  noSeat: boolean,
  newUser: boolean,
  userId: string | null,
  userVersion: number | null,
  userPrincipalName: string | null,
];

function workRow([rowNo, plan, step, noSeat, newUser, userId, userVersion, userPrincipalName]: Told): WorkRow {
  return { rowNo, plan, step, noSeat, newUser, userId, userVersion, userPrincipalName };
}

type Places = { rowNos: string; ids: string; seals: Buffer; starts: string; lengths: string };

/**
 * The new users in the order of their rows: numbers of the rows, ids, all seals in one piece, where each begins and its
 * length. As rows to join with, Postgres would take them for few and look through all of them for each row.
 */
function byPlace(newUsers: readonly NewUser[]): Places {
  const starts: number[] = [];
  let start = 1;
  for (const { sealed } of newUsers) {
    starts.push(start);
    start += sealed.length;
  }
  return {
    rowNos: arrayLiteral(newUsers.map(({ rowNo }) => rowNo)),
    ids: arrayLiteral(newUsers.map(({ id }) => id)),
    seals: Buffer.concat(newUsers.map(({ sealed }) => sealed)),
    starts: arrayLiteral(starts),
    lengths: arrayLiteral(newUsers.map(({ sealed }) => sealed.length)),
  };
}

const allInputs = sql.unsafe(inputNames.join(", "));
const keptInputs = sql.unsafe(inputNames.map((column) => `kept.${column}`).join(", "));

/**
 * SQL for the pending rows of a chunk, with their plans and the users to be made: the columns of the work table, and `place`,
 * where the row's result lies.
 */
export function chunkRowsSql({ batchId, rowFrom, rowTo }: RowsOfChunk, newUsers: readonly NewUser[]): SqlText {
  const { rowNos, ids, seals, starts, lengths } = byPlace(newUsers);
  return sql`
  select kept.row_no, ${keptInputs}, results.plan, results.step,
    results.code is not distinct from 'seat_shortage' as no_seat, coalesce(made.id, results.user_id) as user_id,
    results.user_version, made.id is not null as new_user, made.sealed, results.ctid as place
  from row_results results
  -- One index probe a row. Once the statistics know the tables well, Postgres takes the chunk for a single row and would look
  -- through all of it for each of its rows: 290 ms for 1,000.
  cross join lateral (select * from rows where batch_id = ${batchId} and row_no = results.row_no offset 0) kept
  left join lateral (
    select (${ids}::uuid[])[place] as id, substring(${seals}::bytea from (${starts}::int[])[place]
      for (${lengths}::int[])[place]) as sealed
    -- The rows are found by halves in an array that is in their order.
    from (select width_bucket(results.row_no, ${rowNos}::int[])) one (place)
    where (${rowNos}::int[])[place] = results.row_no
  ) made on true
  where results.batch_id = ${batchId} and results.row_no between ${rowFrom} and ${rowTo} and results.state = 'pending'
    and (made.id is not null) = (results.plan = 'create' and results.step is null)`;
}

const added = sql`row_no, ${allInputs}, plan, step, no_seat, user_id, user_version, new_user, sealed`;

// Only the rows that are more than a new user come back, as JSON: as columns they would cost ten times as much to parse. Names
// for the values would double what Postgres takes for it.
const addSql = (rows: SqlText) => sql`
with filled as (
  insert into ${workRows} (${added}) select ${added} from (${rows}) pending
  returning row_no, plan, step, no_seat, new_user, user_id, user_version, user_principal_name
)
select bool_or(new_user and not no_seat) as "hasNewUsers",
  json_agg(json_build_array(row_no, plan, step, no_seat, new_user, case when not new_user then user_id end, user_version,
    user_principal_name) order by row_no) filter (where no_seat or not new_user) as "otherRows"
from filled`;
