import type { Tx } from "../../../../db/in-transaction.ts";
import { recordsSql } from "../../../audit/records-sql.ts";
import { workColumns, workRows } from "../../work-rows/work-table.ts";
import { holdTargets } from "./hold-targets.ts";
import type { Operate, Work } from "../../work-rows/outcome.ts";
import { sql, type SqlText } from "../../../../db/sql-text.ts";
import { noteSeats, type MovedSeats } from "./note-seats.ts";

/**
 * Deletes the users of the rows: they become inactive, their seats are freed, and their licenses are kept aside for a
 * restore; roles stay with them. Users who are deleted already end `unchanged`.
 *
 * Causes: user_gone, changed_meanwhile.
 */
export const deleteUsers: Operate = async (tx, work) => {
  const ended = await holdTargets(tx, work, "deleteUsers", "delete");
  await deleteHeld(tx, work, workRows);
  return ended;
};

/** Deletes the locked users of the rows of `rows`. */
export async function deleteHeld(tx: Tx, work: Work, rows: SqlText): Promise<void> {
  work.onStep("delete");
  const [, freed] = await tx.together(
    // What an earlier restore could not give back is no license that the user had.
    () => tx.rows(sql`delete from former_licenses where user_id in (select user_id from ${rows} gone)`),
    () => tx.rows<MovedSeats>(deleteSql(work, rows)),
  );
  noteSeats(work, freed);
}

const input = workColumns("input");

const deleteSql = ({ batchId, customerId, actor, now }: Work, rows: SqlText) => sql`
with gone as (
  update users set deleted_at = ${now}, version = version + 1
  from ${rows} input where users.id = ${input.userId}
  returning ${input.rowNo}, users.id, users.user_principal_name, users.display_name
), freed as (
  delete from license_assignments held using ${rows} input where held.user_id = ${input.userId}
  returning ${input.rowNo}, held.user_id, held.sku_id, held.disabled_plans
), kept as (
  insert into former_licenses (user_id, sku_id, customer_id, disabled_plans)
  select user_id, sku_id, ${customerId}, disabled_plans from freed
), named as (
  select row_no, json_agg(part order by part) filter (where part is not null) as licenses
  from (
    select row_no, (
      select sku_part_number from products where customer_id = ${customerId} and products.sku_id = freed.sku_id) as part
    from freed offset 0 -- so that each product is looked up once, and not for each use of its part number
  ) parts group by row_no
), recorded as (
  ${recordsSql("delete_customer_user", {
    actor,
    customer: customerId,
    batch: batchId,
    row: sql`row_no`,
    user: sql`id`,
    before: sql`json_build_object('userPrincipalName', user_principal_name, 'displayName', display_name,
      'licenses', coalesce(licenses, '[]'))`,
  })}
  -- Full, as that of a restore is.
  from gone full join named using (row_no)
)
select sku_id as "skuId", -count(*)::int as seats from freed group by sku_id`;
