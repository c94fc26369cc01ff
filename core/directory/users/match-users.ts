import type { Tx } from "../../../db/in-transaction.ts";
import { workColumns, workRows } from "../../batches/work-rows/work-table.ts";
import { matchesSql, sameRolesSql } from "../../batches/work-rows/matches-sql.ts";
import { sameFieldsSql } from "../../sql/user-columns.ts";
import { sql } from "../../../db/sql-text.ts";

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

const input = workColumns("input");

const fields = sql`${input.rowNo} as "rowNo", users.id as "userId", users.customer_id as "customerId", users.version,
  users.deleted_at is not null as deleted, ${matchesSql("input", "users")} as same,
  ${sameFieldsSql("input", "users")} and ${sameRolesSql("input", "users")} as "sameFields"`;

/** Locks the users of the rows in the work table that are about users who exist, in the order of their ids. */
export async function lockUsers(tx: Tx): Promise<void> {
  await tx.rows(sql`select from users
    where id in (
      select ${input.userId} from ${workRows} input
      where not ${input.newUser} and (${input.step} is not null or ${input.plan} in ('update', 'restore')))
    order by id for update`);
}

/** Gives the user of each row in the work table that is about one who exists. */
export async function matchUsers(tx: Tx): Promise<Map<number, Match>> {
  return byRow(
    await tx.rows<Match>(
      sql`select ${fields} from ${workRows} input join users on users.id = ${input.userId} where not ${input.newUser}`,
    ),
  );
}

/** Gives the active user who has the name that each of the rows asks for. */
export async function matchNames(tx: Tx, rowNos: readonly number[]): Promise<Map<number, Match>> {
  return byRow(
    await tx.rows<Match>(
      sql`select ${fields}
       from ${workRows} input
       join users on lower(users.user_principal_name) = lower(${input.userPrincipalName}) and users.deleted_at is null
       where ${input.rowNo} = any(${rowNos})`,
    ),
  );
}

function byRow(matches: Match[]): Map<number, Match> {
  return new Map(matches.map((match) => [match.rowNo, match]));
}
