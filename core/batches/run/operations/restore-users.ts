import type { Cause } from "../../../../contract/codes.ts";
import type { Tx } from "../../../../db/in-transaction.ts";
import { recordsSql } from "../../../audit/records-sql.ts";
import { workColumns, workRows } from "../../work-rows/work-table.ts";
import { licensesWithoutSeat, shortageCause } from "../../../directory/licenses/refuse-shortages.ts";
import { holdSeats } from "../../../directory/licenses/seats.ts";
import { nameOrderSql } from "../../../directory/users/hold-names.ts";
import { holdTargets } from "./hold-targets.ts";
import type { Operate, Outcome, Work } from "../../work-rows/outcome.ts";
import { sql, type SqlText } from "../../../../db/sql-text.ts";
import { userTextSql } from "../../../sql/user-json.ts";
import { noteSeats, type MovedSeats } from "./note-seats.ts";

const input = workColumns("input");

/**
 * Restores the deleted users of the rows, under a new name where the row gives one, and gives their former licenses back
 * while seats last, in row order; a row of which some are left ends `partial` and names them, and its retry tries these.
 *
 * Causes: user_gone, changed_meanwhile, upn_taken, seat_shortage.
 */
export const restoreUsers: Operate = async (tx, work) => {
  const ended = await holdTargets(tx, work, "restoreUsers", "restore");
  return [...ended, ...(await restoreHeld(tx, work, workRows))];
};

/** Restores the locked users of the rows of `rows`, and gives the outcomes of those who get not all licenses back. */
export async function restoreHeld(tx: Tx, work: Work, rows: SqlText): Promise<Outcome[]> {
  work.onStep("restore");
  // Names are taken before seats, as everywhere, where these are locked to be looked at.
  if (work.checksFirst) await tx.rows(restoreSql(work, rows, sql`true`));
  const refused = work.checksFirst ? await refuseFormer(tx, work, rows) : [];
  noteSeats(work, await tx.rows<MovedSeats>(restoreSql(work, rows, keptSql(refused))));
  return partialRows(refused);
}

type Former = { rowNo: number; userId: string; skuId: string; name: string };

/** Locks the seats, and gives the former licenses for which none is left. */
async function refuseFormer(tx: Tx, work: Work, rows: SqlText): Promise<Former[]> {
  const seats = await holdSeats(tx, work.customerId);
  const former = await tx.rows<Former>(
    sql`select ${input.rowNo} as "rowNo", former.user_id as "userId", former.sku_id as "skuId",
       coalesce(product.name, former.sku_id::text) as name
     from ${rows} input join former_licenses former using (user_id)
     left join products product on product.customer_id = ${work.customerId} and product.sku_id = former.sku_id
     where ${notHeldSql} order by ${input.rowNo}, product.name`,
  );
  return licensesWithoutSeat(former, seats);
}

function partialRows(refused: readonly Former[]): Outcome[] {
  const names = new Map<number, string[]>();
  for (const { rowNo, name } of refused) names.set(rowNo, [...(names.get(rowNo) ?? []), name]);
  return [...names].map(([rowNo, parts]) => ({
    rowNo,
    state: "partial",
    step: "licenses",
    cause: missing(rowNo, parts),
  }));
}

function missing(rowNo: number, parts: string[]): Cause {
  return {
    ...shortageCause(rowNo, parts.join(", ")),
    message: `Row ${rowNo}: the user is restored without ${parts.join(", ")}, for no seat is free. Add seats, then retry.`,
  };
}

const notHeldSql = sql`not exists (
  select from license_assignments held where held.user_id = former.user_id and held.sku_id = former.sku_id)`;

const nameSql = sql`coalesce(${input.newName}, old.user_principal_name)`;

const keptSql = (refused: readonly Former[]) => sql`(former.user_id, former.sku_id) in (select * from unnest(
  ${refused.map(({ userId }) => userId)}::uuid[], ${refused.map(({ skuId }) => skuId)}::uuid[]))`;

// Restores the users and gives those of their former licenses for which `kept` does not hold, with one record each.
// Of all fields only the name can change, but the record has them all: an undo sees by them who was changed since.
const restoreSql = ({ batchId, customerId, actor }: Work, rows: SqlText, kept: SqlText) => sql`
with held as materialized (
  select ${input.rowNo}, old.id, ${nameSql} as name, old.user_principal_name as old_name, old.deleted_at, ${userTextSql("old")} as picture
  from ${rows} input join users old on old.id = ${input.userId}
  where old.deleted_at is not null
  order by ${nameOrderSql(nameSql)}
), restored as (
  update users set deleted_at = null, user_principal_name = held.name, version = version + 1
  from held where users.id = held.id
  returning held.row_no, users.id as user_id,
    held.picture || ',"deletedAt":' || to_json(held.deleted_at)::text || '}' as before,
    case when users.user_principal_name = held.old_name then held.picture else ${userTextSql("users")} end as after
), back as (
  delete from former_licenses former using ${rows} input
  where former.user_id = ${input.userId} and not (${kept})
  returning ${input.rowNo}, former.user_id, former.sku_id, former.disabled_plans
), given as materialized (
  select * from back former where ${notHeldSql}
), written as (
  insert into license_assignments (user_id, sku_id, customer_id, disabled_plans)
  select user_id, sku_id, ${customerId}, disabled_plans from given
), bumped as (
  -- Those who are restored by this very statement have their new version.
  update users set version = version + 1
  from ${rows} input
  where ${input.step} is not null and users.id = ${input.userId} and users.id in (select user_id from given)
), named as (
  select row_no, user_id, json_agg(part order by part) filter (where part is not null)::text as added
  from (
    select row_no, user_id, (
      select sku_part_number from products where customer_id = ${customerId} and products.sku_id = given.sku_id) as part
    from given offset 0 -- so that each product is looked up once, and not for each use of its part number
  ) parts group by row_no, user_id
), recorded as (
  ${recordsSql(sql`case when before is null then 'update_customer_user_licenses' else 'restore_customer_user' end`, {
    actor,
    customer: customerId,
    batch: batchId,
    row: sql`row_no`,
    user: sql`user_id`,
    before: sql`before::json`,
    after: sql`case when before is null then '{"added":' || added || '}'
      else after || coalesce(',"added":' || added, '') || '}' end::json`,
  })}
  -- A full join never looks through one list for each row of the other, even if Postgres takes both for a row each.
  from restored full join named using (row_no, user_id)
)
select sku_id as "skuId", count(*)::int as seats from given group by sku_id`;
