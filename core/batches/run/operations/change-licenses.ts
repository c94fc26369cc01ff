import type { Cause } from "../../../../contract/codes.ts";
import type { Tx } from "../../../../db/in-transaction.ts";
import { recordsSql } from "../../../audit/records-sql.ts";
import { dropWorkRows, workColumns, workRows } from "../../work-rows/work-table.ts";
import { nameShortages } from "../../../directory/licenses/name-shortages.ts";
import { refuseShortages, type WantedLicense } from "../../../directory/licenses/refuse-shortages.ts";
import { holdSeats } from "../../../directory/licenses/seats.ts";
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
  return [...failedRows(work, withoutSeat), ...failedRows(work, refused)];
}

/** Adds and removes the licenses of the rows of `rows`, whose users are locked. */
export async function changeHeld(tx: Tx, work: Work, rows: SqlText): Promise<void> {
  noteSeats(work, await tx.rows<MovedSeats>(changeSql(work, rows)));
}

function failedRows(work: Work, causes: ReadonlyMap<number, Cause>): Outcome[] {
  const userIds = new Map(work.otherRows.map((row) => [row.rowNo, row.userId]));
  return [...causes].map(([rowNo, cause]) => ({
    rowNo,
    state: "failed",
    step: "licenses",
    cause,
    userId: userIds.get(rowNo) ?? null,
  }));
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

const oneSql = sql`json_build_object('skuId', one.sku_id, 'disabledPlans', one.disabled_plans)`;

// What the users held before and will hold is looked up by user: joined with each other, lists of a thousand would be looked
// through row by row.
const changeSql = ({ batchId, customerId, actor }: Work, rows: SqlText) => sql`
with asked as materialized (
  select ${input.rowNo}, ${input.userId}, asked.sku_id, held.sku_id is null as added,
    case when ${input.plans} ? asked.sku_id::text
      then array(select jsonb_array_elements_text(${input.plans} -> asked.sku_id::text))
      else coalesce(held.disabled_plans, '{}') end as disabled_plans
  from ${rows} input cross join lateral unnest(${input.skuIds}) asked (sku_id)
  left join lateral (
    select sku_id, disabled_plans from license_assignments
    where user_id = ${input.userId} and sku_id = asked.sku_id offset 0
  ) held on true
), written as (
  insert into license_assignments (user_id, sku_id, customer_id, disabled_plans)
  select user_id, sku_id, ${customerId}, disabled_plans from asked
  on conflict (user_id, sku_id) do update set disabled_plans = excluded.disabled_plans
), freed as (
  delete from license_assignments held using ${rows} input
  where held.user_id = ${input.userId} and held.sku_id = any(${input.removedSkuIds})
  returning held.user_id, held.sku_id
), bumped as (
  update users set version = version + 1 from ${rows} input where users.id = ${input.userId}
), recorded as (
  ${recordsSql(sql`'update_customer_user_licenses'`, {
    actor,
    customer: customerId,
    batch: batchId,
    row: input.rowNo,
    user: input.userId,
    before: sql`json_build_object('licenses', coalesce(before.licenses, '[]'))`,
    after: sql`json_build_object('licenses', coalesce(after.licenses, '[]'))`,
  })}
  from ${rows} input
  cross join lateral (
    select json_agg(${oneSql}) as licenses from license_assignments one
    where one.user_id = ${input.userId}
  ) before
  cross join lateral (
    select json_agg(${oneSql}) as licenses from (
      select sku_id, disabled_plans from license_assignments
      where user_id = ${input.userId} and sku_id <> all (${input.removedSkuIds}) and sku_id <> all (${input.skuIds})
      union all
      select named.sku_id, case when ${input.plans} ? named.sku_id::text
        then array(select jsonb_array_elements_text(${input.plans} -> named.sku_id::text))
        else coalesce((select disabled_plans from license_assignments held
          where held.user_id = ${input.userId} and held.sku_id = named.sku_id), '{}') end
      from unnest(${input.skuIds}) named (sku_id)
    ) one
  ) after
), moves as (
  select sku_id, 1 as seat from asked where added union all select sku_id, -1 from freed
)
select sku_id as "skuId", sum(seat)::int as seats from moves group by sku_id`;
