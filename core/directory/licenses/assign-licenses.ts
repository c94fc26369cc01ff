import type { Cause } from "../../../contract/codes.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { recordsSql } from "../../audit/records-sql.ts";
import { noteShortages, workColumns, workRows } from "../../batches/work-rows/work-table.ts";
import type { Work } from "../../batches/work-rows/outcome.ts";
import { refuseShortages, type WantedLicense } from "./refuse-shortages.ts";
import { holdSeats } from "./seats.ts";
import { type Equipped, equippedSql, equipSql, noteTaken, wantingSql } from "./equip-users.ts";
import { sql } from "../../../db/sql-text.ts";

/** The rows that got no license, with the cause, and the rows of users who were there before and now hold others. */
export type Assigned = { refused: Map<number, Cause>; changed: Set<number> };

/**
 * Gives the user of each row in the work table the licenses that it asks for, all or none, in row order while seats last;
 * rows for which the plan found no seat get none. New users get password and roles along with them. The service plans of
 * licenses that a user holds already become those of the row, where it names any.
 *
 * The seats are counted at the very end of the transaction (`work.seatsToTake`), so that chunks of one customer wait for
 * each other no longer than a commit takes. Where they turn out to be gone, the work is undone and done again with checks first:
 * the seats are locked first, and the rows beyond them refused.
 */
export async function assignLicenses(tx: Tx, work: Work): Promise<Assigned> {
  const refused = work.checksFirst ? await refuseRows(tx, work) : new Map<number, Cause>();
  const someExist = work.otherRows.some((row) => !row.newUser);
  const replanned = someExist ? await changePlans(tx, work) : [];
  const [granted] = await tx.rows<Equipped>(sql`with ${equipSql(work, workRows)} select ${equippedSql}`);
  noteTaken(work, granted);
  return { refused, changed: new Set([...(granted?.existing ?? []), ...replanned]) };
}

/** Locks the seats, and takes the rows out for which none is left. */
async function refuseRows(tx: Tx, work: Work): Promise<Map<number, Cause>> {
  const seats = await holdSeats(tx, work.customerId);
  const wanted = await tx.rows<WantedLicense>(
    sql`select row_no as "rowNo", unnest(sku_ids) as "skuId" from (${wantingSql(workRows)}) wanting order by row_no`,
  );
  const refused = refuseShortages(wanted, seats);
  await noteShortages(tx, [...refused.keys()]);
  return refused;
}

const input = workColumns("input");

const plansSql = ({ batchId, customerId, actor }: Work) => sql`
with changed as (
  update license_assignments held set disabled_plans = wanted.plans
  from (
    select ${input.rowNo}, old.user_id, old.sku_id, old.disabled_plans as old_plans,
      array(select jsonb_array_elements_text(${input.plans} -> old.sku_id::text)) as plans
    from ${workRows} input join license_assignments old on old.user_id = ${input.userId}
    where not ${input.noSeat} and not ${input.newUser} and ${input.plans} ? old.sku_id::text
  ) wanted
  where held.user_id = wanted.user_id and held.sku_id = wanted.sku_id and held.disabled_plans <> wanted.plans
  returning wanted.row_no, held.user_id, held.sku_id, wanted.old_plans, held.disabled_plans as new_plans
), bumped as (
  update users set version = version + 1 where id in (select user_id from changed)
), recorded as (
  ${recordsSql("update_customer_user_licenses", {
    actor,
    customer: customerId,
    batch: batchId,
    row: sql`row_no`,
    user: sql`user_id`,
    before: sql`json_build_object('skuId', sku_id, 'disabledPlans', old_plans)`,
    after: sql`json_build_object('skuId', sku_id, 'disabledPlans', new_plans)`,
  })}
  from changed
)
select row_no as "rowNo" from changed`;

async function changePlans(tx: Tx, work: Work): Promise<number[]> {
  const changed = await tx.rows<{ rowNo: number }>(plansSql(work));
  return changed.map((row) => row.rowNo);
}
