import type { Cause } from "../../../../contract/codes.ts";
import type { Tx } from "../../../../db/in-transaction.ts";
import { recordsSql } from "../../../audit/records-sql.ts";
import { dropWorkRows, workColumns, workRows } from "../../work-rows/work-table.ts";
import { nameShortages } from "../../../directory/licenses/name-shortages.ts";
import { refuseShortages, type WantedLicense } from "../../../directory/licenses/refuse-shortages.ts";
import { holdSeats } from "../../../directory/licenses/seats.ts";
import { licensesTextSql } from "../../../sql/licenses-text.ts";
import { failRows } from "./endings.ts";
import { holdTargets } from "./hold-targets.ts";
import type { Operate, Outcome, Work } from "../../work-rows/outcome.ts";
import { sql, type SqlText } from "../../../../db/sql-text.ts";
import { noteSeats, type MovedSeats } from "./note-seats.ts";

const input = workColumns("input");

/**
 * Adds and removes licenses of the users of the rows, and switches service plans of those that they hold on and off: for
 * each user all that the row asks for, or nothing. Other licenses stay as they are. Users who hold what they are to hold end
 * `unchanged`.
 *
 * The seats are counted at the very end of the transaction (`work.seatsToTake`). Where they turn out to be gone, the work is
 * undone and done again with checks first: the seats are locked first, and the rows beyond them refused in row order.
 *
 * Causes: user_gone, changed_meanwhile, seat_shortage.
 */
export const changeLicenses: Operate = async (tx, work) => {
  const ended = await holdTargets(tx, work, "changeLicenses", "licenses");
  const refused = await refuseUnseated(tx, work);
  await changeHeld(tx, work, workRows);
  return [...ended, ...refused];
};

/** Takes the rows out of the work table that ask for licenses of which no seat is left, and gives their outcomes. */
export async function refuseUnseated(tx: Tx, work: Work): Promise<Outcome[]> {
  work.onStep("licenses");
  const withoutSeat = work.otherRows.some((row) => row.noSeat)
    ? await nameShortages(tx, work.customerId)
    : new Map<number, Cause>();
  await dropWorkRows(tx, [...withoutSeat.keys()]);
  const refused = work.checksFirst ? await refuseRows(tx, work) : new Map<number, Cause>();
  await dropWorkRows(tx, [...refused.keys()]);
  return [...failRows(work, "licenses", withoutSeat), ...failRows(work, "licenses", refused)];
}

/** Adds and removes the licenses of the rows of `rows`, whose users are locked. */
export async function changeHeld(tx: Tx, work: Work, rows: SqlText): Promise<void> {
  noteSeats(work, await tx.rows<MovedSeats>(changeSql(work, rows)));
}

async function refuseRows(tx: Tx, work: Work): Promise<Map<number, Cause>> {
  const seats = (await holdSeats(tx, work.customerId)).map((seat) => ({
    ...seat,
    free: seat.free - (work.seatsToTake.get(seat.skuId) ?? 0),
  }));
  const wanted = await tx.rows<WantedLicense>(
    sql`select ${input.rowNo} as "rowNo", asked as "skuId", false as freed
     from ${workRows} input cross join lateral unnest(${input.skuIds}) asked
     where not exists (
       select from license_assignments held where held.user_id = ${input.userId} and held.sku_id = asked)
     union all
     select ${input.rowNo}, held.sku_id, true
     from ${workRows} input join license_assignments held on held.user_id = ${input.userId}
     where held.sku_id = any(${input.removedSkuIds})
     order by "rowNo"`,
  );
  return refuseShortages(wanted, seats);
}

const pictureSql = (plans: SqlText) => sql`('{"licenses":' || ${licensesTextSql(plans)} || '}')::json`;

// A line for each license that a user holds or is to hold, with the service plans that are off before and after; null where
// the user does not hold it. The licenses of each user are read once.
const changeSql = ({ batchId, customerId, actor }: Work, rows: SqlText) => sql`
with lines as materialized (
  select ${input.rowNo}, ${input.userId}, license.sku_id, license.before, case
      when license.sku_id = any(${input.removedSkuIds}) then null
      when ${input.plans} ? license.sku_id::text
      then array(select jsonb_array_elements_text(${input.plans} -> license.sku_id::text))
      else coalesce(license.before, '{}')
    end as after
  from ${rows} input cross join lateral (
    select sku_id, max(disabled_plans) as before from (
      select sku_id, disabled_plans from license_assignments where user_id = ${input.userId}
      union all
      select asked, null from unnest(${input.skuIds}) asked
    ) listed group by sku_id
  ) license
), written as (
  insert into license_assignments (user_id, sku_id, customer_id, disabled_plans)
  select user_id, sku_id, ${customerId}, after from lines where after is not null and after is distinct from before
  on conflict (user_id, sku_id) do update set disabled_plans = excluded.disabled_plans
), freed as (
  delete from license_assignments held using lines
  where held.user_id = lines.user_id and held.sku_id = lines.sku_id and lines.after is null
), bumped as (
  update users set version = version + 1 from ${rows} input where users.id = ${input.userId}
), recorded as (
  ${recordsSql("update_customer_user_licenses", {
    actor,
    customer: customerId,
    batch: batchId,
    row: sql`row_no`,
    user: sql`user_id`,
    before: pictureSql(sql`before`),
    after: pictureSql(sql`after`),
  })}
  from lines group by row_no, user_id order by row_no
)
select sku_id as "skuId", (count(*) filter (where before is null) - count(*) filter (where after is null))::int as seats
from lines group by sku_id`;
