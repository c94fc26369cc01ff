import { indexedPatterns } from "../search/fold-names.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import type { Asks } from "../../sql/asks.ts";

/** SQL for users who are found by their names, of `users`; `few`: they are known to be a few thousand at most. */
export type FoundByName = { where: SqlText; few: boolean };

/** Users whose names may not be where they are searched; of more than so many, all users are looked at. */
const mostTouched = 5_000;
/** Users whose ids stand in the SQL itself, at most. */
const mostIds = 5_000;

/**
 * Finds the users of the customer in whose name or address each word of `q` is found; null where there is no word. A user
 * whom a batch has in hand, or had a moment ago, is looked at; of all others the search knows the names.
 *
 * A few are found here and now. Left to itself, Postgres may look up the names of all users of the customer instead: of a
 * customer that is new to its statistics it believes that there is hardly a user. For 400,000 that took seconds.
 */
export async function findByName(asks: Asks, customerId: string, q: string): Promise<FoundByName | null> {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  const looked = (user: string) => {
    const names = sql.unsafe(`lower(${user}.display_name || ' ' || ${user}.user_principal_name)`);
    const found = words.map((word) => sql`position(${word} in ${names}) > 0`);
    return sql.join(found, " and ");
  };
  const patterns = indexedPatterns(q);
  // Of one or two letters an index knows nothing, and so many users have them that a page is soon full.
  if (patterns === null) return { where: looked("users"), few: false };
  const late = await asks.rows<{ id: string; rows: number }>(lateSql(customerId));
  if (late.reduce((sum, { rows }) => sum + rows, 0) > mostTouched) {
    return { where: looked("users"), few: false };
  }
  const like = patterns.map((pattern) => sql`names like ${pattern}`);
  const known = sql`select user_id from user_names where customer_id = ${customerId} and ${sql.join(like, " and ")}`;
  const touched = sql`select user_id from row_results
    where batch_id = any(${late.map(({ id }) => id)}::uuid[]) and user_id is not null`;
  const found =
    late.length === 0
      ? known
      : sql`${known} and user_id not in (${touched})
    union all
    select late.id from users late where late.id in (${touched}) and ${looked("late")}`;
  const some = await asks.rows<{ id: string }>(sql`select user_id as id from (${found}) found limit ${mostIds + 1}`);
  if (some.length > mostIds) return { where: sql`users.id in (${found})`, few: false };
  return { where: sql`users.id = any(${some.map(({ id }) => id)}::uuid[])`, few: true };
}

/** Batches that have changed users and whose names have not all come to where they are searched. */
const lateSql = (customerId: string) => sql`
select id, (select coalesce(sum(pending + succeeded + unchanged + partial + failed + cancelled), 0)::int from chunks where batch_id = batches.id) as rows
from batches
where customer_id = ${customerId} and (state in ('running', 'paused') or id in (select batch_id from names_due))`;
