import { indexedPatterns } from "../search/fold-names.ts";
import type { Asks } from "../../sql/asks.ts";

type Bind = (value: unknown) => string;

/** Users whose names may not be where they are searched; of more than so many, all users are looked at. */
const mostTouched = 5_000;

/**
 * SQL for the users of the customer, of `users`, in whose name or address each word of `q` is found; null where there is no
 * word. A user whom a batch has in hand, or had a moment ago, is looked at; of all others the search knows the names.
 */
export async function findByName(asks: Asks, customerId: string, q: string, bind: Bind): Promise<string | null> {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  const looked = (user: string) => {
    const names = `lower(${user}.display_name || ' ' || ${user}.user_principal_name)`;
    return words.map((word) => `position(${bind(word)} in ${names}) > 0`).join(" and ");
  };
  const patterns = indexedPatterns(q);
  // Of one or two letters an index knows nothing, and so many users have them that a page is soon full.
  if (patterns === null) return looked("users");
  const late = await asks.rows<{ id: string; rows: number }>(lateSql, [customerId]);
  if (late.reduce((sum, { rows }) => sum + rows, 0) > mostTouched) return looked("users");
  const known = `select user_id from user_names where customer_id = ${bind(customerId)}
    and ${patterns.map((pattern) => `names like ${bind(pattern)}`).join(" and ")}`;
  // Where no batch runs this is one condition of a user, which Postgres can answer from either side.
  if (late.length === 0) return `users.id in (${known})`;
  const touched = `select user_id from row_results
    where batch_id = any(${bind(late.map(({ id }) => id))}::uuid[]) and user_id is not null`;
  return `users.id in (
    ${known} and user_id not in (${touched})
    union all
    select late.id from users late where late.id in (${touched}) and ${looked("late")})`;
}

/** Batches that have changed users and whose names have not all come to where they are searched. */
const lateSql = `
select id, (select coalesce(sum(row_to - row_from + 1), 0)::int from chunks where batch_id = batches.id) as rows
from batches
where customer_id = $1 and (state in ('running', 'paused') or id in (select batch_id from names_due))`;
