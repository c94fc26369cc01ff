import type { Authority } from "../../access/authority/authority.ts";
import { mayReadSql } from "../../access/authority/may-read-sql.ts";
import type { CoreContext } from "../../context.ts";
import type { CustomerKey } from "./row-customer.ts";

/** The customers that `authority` may see for each of the keys, in their order; one where all is well. One statement. */
export async function findCustomers(
  context: CoreContext,
  authority: Authority,
  keys: readonly CustomerKey[],
): Promise<string[][]> {
  if (keys.length === 0) return [];
  const { sql } = context.db;
  const found = await sql<{ at: number; ids: string[] }[]>`
    with wanted as (
      select at::int, lower(text) as text, anyhow
      from unnest(${keys.map(({ text }) => text)}::text[], ${keys.map(({ kind }) => kind === "any")}::boolean[])
        with ordinality wanted (text, anyhow, at)
    ), found as (
      select at, domains.customer_id as id from wanted join domains on domains.name = wanted.text
      union
      select at, customers.id from wanted join customers on lower(customers.name) = wanted.text where anyhow
      union
      select at, customers.id from wanted join customers on customers.id::text = wanted.text where anyhow
    )
    select at, json_agg(id) as ids from found where ${mayReadSql(context, authority, sql`found.id`, "grant")} group by at`;
  const byPlace = new Map(found.map(({ at, ids }) => [at, ids]));
  return keys.map((_, at) => byPlace.get(at + 1) ?? []);
}
