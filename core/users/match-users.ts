import type { Tx } from "../../db/in-transaction.ts";
import { matchesSql, sameRolesSql } from "../inputs/matches-sql.ts";
import { sameFieldsSql } from "../sql/user-columns.ts";

/** The user that a row is about, as it stands now. */
export type Match = {
  rowNo: number;
  userId: string;
  customerId: string;
  version: number;
  deleted: boolean;
  /** The user is in all that the row asks for. */
  same: boolean;
  /** The same, but for the licenses. */
  sameFields: boolean;
};

const fields = `input.row_no as "rowNo", users.id as "userId", users.customer_id as "customerId", users.version,
  users.deleted_at is not null as deleted, ${matchesSql("input", "users")} as same,
  ${sameFieldsSql("input", "users")} and ${sameRolesSql("input", "users")} as "sameFields"`;

/** Locks the users with the given ids, in the order of their ids, and gives each row's user; one that is gone is missing. */
export async function lockUsers(
  tx: Tx,
  targets: readonly { rowNo: number; userId: string }[],
): Promise<Map<number, Match>> {
  const ids = targets.map((target) => target.userId);
  await tx.rows("select from users where id = any($1) order by id for update", [ids]);
  return await matchUsers(tx, targets);
}

/** Gives the user of each row by its id, without a lock. */
export async function matchUsers(
  tx: Tx,
  targets: readonly { rowNo: number; userId: string }[],
): Promise<Map<number, Match>> {
  return byRow(
    await tx.rows<Match>(
      `select ${fields}
       from unnest($1::int[], $2::uuid[]) target (row_no, user_id)
       join input_rows input on input.row_no = target.row_no
       join users on users.id = target.user_id`,
      [targets.map((target) => target.rowNo), targets.map((target) => target.userId)],
    ),
  );
}

/** Gives the active user who has the name that each of the rows asks for. */
export async function matchNames(tx: Tx, rowNos: readonly number[]): Promise<Map<number, Match>> {
  return byRow(
    await tx.rows<Match>(
      `select ${fields}
       from input_rows input
       join users on lower(users.user_principal_name) = lower(input.user_principal_name) and users.deleted_at is null
       where input.row_no = any($1)`,
      [rowNos],
    ),
  );
}

function byRow(matches: Match[]): Map<number, Match> {
  return new Map(matches.map((match) => [match.rowNo, match]));
}
