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

/** Locks the users of the rows in `input_rows` that are about users who exist, in the order of their ids. */
export async function lockUsers(tx: Tx): Promise<void> {
  await tx.rows(`select from users
    where id in (select user_id from input_rows where not fresh and (step is not null or plan in ('update', 'restore')))
    order by id for update`);
}

/** Gives the user of each row of `input_rows` that is about one who exists. */
export async function matchUsers(tx: Tx): Promise<Map<number, Match>> {
  return byRow(
    await tx.rows<Match>(
      `select ${fields} from input_rows input join users on users.id = input.user_id where not input.fresh`,
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
