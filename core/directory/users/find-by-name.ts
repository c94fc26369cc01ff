import { indexedPatterns } from "../search/fold-names.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import type { Asks } from "../../sql/asks.ts";

/** Users whose names may not be where they are searched; of more than so many, all users are looked at. */
const mostTouched = 5_000;

/**
 * SQL for the users of the customer, of `users`, in whose name or address each word of `q` is found; null where there is no
 * word. A user whom a batch has in hand, or had a moment ago, is looked at; of all others the search knows the names.
 */
export async function findByName(asks: Asks, customerId: string, q: string): Promise<SqlText | null> {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  const looked = (user: string) => {
    const names = sql.unsafe(`lower(${user}.display_name || ' ' || ${user}.user_principal_name)`);
    const found = words.map((word) => sql`position(${word} in ${names}) > 0`);
    return sql.join(found, " and ");
  };
  const patterns = indexedPatterns(q);
  // Of one or two letters an index knows nothing, and so many users have them that a page is soon full.
  if (patterns === null) return looked("users");
  const late = await asks.rows<{ id: string; rows: number }>(lateSql(customerId));
  if (late.reduce((sum, { rows }) => sum + rows, 0) > mostTouched) return looked("users");
  const like = patterns.map((pattern) => sql`names like ${pattern}`);
  const known = sql`select user_id from user_names where customer_id = ${customerId} and ${sql.join(like, " and ")}`;
  // Where no batch runs this is one condition of a user, which Postgres can answer from either side.
  if (late.length === 0) return sql`users.id in (${known})`;
  const touched = sql`select user_id from row_results
    where batch_id = any(${late.map(({ id }) => id)}::uuid[]) and user_id is not null`;
  return sql`users.id in (
    ${known} and user_id not in (${touched})
    union all
    select late.id from users late where late.id in (${touched}) and ${looked("late")})`;
}

/** Batches that have changed users and whose names have not all come to where they are searched. */
const lateSql = (customerId: string) => sql`
select id, (select coalesce(sum(pending + succeeded + unchanged + partial + failed + cancelled), 0)::int from chunks where batch_id = batches.id) as rows
from batches
where customer_id = ${customerId} and (state in ('running', 'paused') or id in (select batch_id from names_due))`;
