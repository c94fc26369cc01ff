import { sql, type SqlText } from "../../../db/sql-text.ts";
import type { WantedState } from "./wanted-states.ts";
import { inputColumns } from "../work-rows/input-columns.ts";

const input = inputColumns("input");

/**
 * SQL that joins to a row `input` its user of the customer as `users`: the one with its object ID, or else with its
 * name. Of an active and a deleted user with that name it is the one that the operation is about; of several deleted ones
 * the last deleted. A name is looked for where it is needed alone.
 *
 * Behind each `offset 0` is one probe of an index for each row, whatever Postgres expects: a hash join would read the whole
 * directory for a small batch, and where nobody has counted a new directory yet, the customer's users looked like one, who were
 * read for each row by an index of their customer (20,000 rows took five minutes).
 */
export function findUserSql(of: WantedState["of"], customerId: string): SqlText {
  const named = sql`lower(user_principal_name) = lower(${input.userPrincipalName})`;
  const active = sql`(select id from (
      select id, customer_id from users where ${named} and deleted_at is null offset 0
    ) one where customer_id = ${customerId})`;
  const deleted = sql`(select id from (
      select id, customer_id, deleted_at from users where ${named} and deleted_at is not null offset 0
    ) one where customer_id = ${customerId} order by deleted_at desc limit 1)`;
  return sql`
  left join lateral (
    select * from users
    where id = coalesce(${input.objectId}, ${of === "deleted" ? sql`${deleted}, ${active}` : sql`${active}, ${deleted}`})
      and customer_id = ${customerId}
    offset 0
  ) users on true`;
}
