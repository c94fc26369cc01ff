import { userTextSql } from "../../sql/user-json.ts";
import { recordsSql } from "../../audit/records-sql.ts";
import { workColumns } from "../../batches/work-rows/work-table.ts";
import type { Work } from "../../batches/work-rows/outcome.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";

const input = workColumns("input");

/** SQL for the rows of `from` whose users are new, or lack licenses that their rows ask for: those licenses, and what else they get. */
export function wantingSql(from: SqlText): SqlText {
  return sql`
select * from (
  select ${input.rowNo}, ${input.userId}, ${input.newUser}, ${input.plans}, ${input.sealed}, ${input.roles},
    case when ${input.newUser} then ${userTextSql("input")} end as picture,
    case when ${input.noSeat} then '{}' when ${input.newUser} then ${input.skuIds} else array(
      select asked from unnest(${input.skuIds}) asked where not exists (
        select from license_assignments held where held.user_id = ${input.userId} and held.sku_id = asked)) end as sku_ids
  from ${from} input
) wanting where new_user or sku_ids <> '{}'`;
}

// The audit's words are made once for each choice of licenses, of which there are few, and not once for each row.
const createdSql = sql`(picture || coalesce(',"roles":' || to_json(nullif(roles, '{}'))::text, '')
  || coalesce(',"added":' || added::text, '') || '}')::json`;

/** What equipping users takes. */
type Equipping = Pick<Work, "batchId" | "customerId" | "actor" | "passwordExpiresAt">;

/**
 * SQL that gives the users of the rows of `from` the licenses that they lack, and new ones their temporary password and roles,
 * with one audit record each; the record of a new user names all that the row brought. To stand behind the `with` of a
 * statement that selects `equippedSql`.
 */
export function equipSql({ batchId, customerId, actor, passwordExpiresAt }: Equipping, from: SqlText): SqlText {
  return sql`wanting as materialized (${wantingSql(from)}), passwords as (
  insert into temporary_passwords (user_id, customer_id, batch_id, sealed, expires_at)
  select user_id, ${customerId}, ${batchId}, sealed, ${passwordExpiresAt} from wanting where new_user
), permitted as (
  insert into role_assignments (user_id, role) select user_id, unnest(roles) from wanting where new_user and roles <> '{}'
), licensed as (
  insert into license_assignments (user_id, sku_id, customer_id, disabled_plans)
  select user_id, sku_id, ${customerId}, case when plans is null then '{}'
    else array(select jsonb_array_elements_text(plans -> sku_id::text)) end
  from wanting cross join lateral unnest(sku_ids) asked (sku_id)
), choices as (
  select sku_ids, count(*) as rows, (
    select json_agg(sku_part_number order by sku_part_number)
    from products where customer_id = ${customerId} and sku_id = any(sku_ids)) as added
  from wanting group by sku_ids
), recorded as (
  ${recordsSql(sql`case when new_user then 'create_customer_user' else 'update_customer_user_licenses' end`, {
    actor,
    customer: customerId,
    batch: batchId,
    row: sql`row_no`,
    user: sql`user_id`,
    after: sql`case when new_user then ${createdSql} else json_build_object('added', added) end`,
  })}
  from wanting join choices using (sku_ids)
), bumped as (
  update users set version = version + 1 where id in (select user_id from wanting where not new_user)
)`;
}

/** What a statement with `equipSql` has done: seats taken by product, and the rows of users who were there before. */
export type Equipped = { taken: Record<string, number> | null; existing: number[] | null };

/** Leaves the seats that were taken to be counted at the end of the transaction. */
export function noteTaken({ seatsToTake }: Pick<Work, "seatsToTake">, equipped: Equipped | undefined): void {
  for (const [skuId, seats] of Object.entries(equipped?.taken ?? {})) seatsToTake.set(skuId, seats);
}

/** SQL for the columns of an `Equipped`. */
export const equippedSql = sql`(select json_object_agg(sku_id, seats) from (
    select sku_id, sum(rows) as seats from choices cross join lateral unnest(sku_ids) sku (sku_id) group by sku_id) sku)
    as taken,
  (select json_agg(row_no) from wanting where not new_user) as existing`;
