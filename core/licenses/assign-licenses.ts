import type { Cause } from "../../contract/codes.ts";
import type { Tx } from "../../db/in-transaction.ts";
import type { Work } from "../operations/outcome.ts";
import type { LicenseInput } from "../spreadsheets/row-input.ts";

/** A user who is to get licenses; `fresh` where this transaction made the user, who then holds none yet. */
export type LicenseWish = { rowNo: number; userId: string; fresh: boolean; licenses: LicenseInput[] };

type Seats = { skuId: string; skuPartNumber: string; free: number };
type Grant = { rowNo: number; userId: string; skuId: string };

/**
 * Gives each user the licenses of its wish, all or none, in row order while seats last, and gives the cause for each
 * row that was refused. `consumed` moves with the assignments under the products' locks, which are taken in the order
 * of their ids and last of all locks: nothing else waits behind a seat for longer than it must.
 */
export async function assignLicenses(
  tx: Tx,
  work: Work,
  wishes: readonly LicenseWish[],
): Promise<{ refused: Map<number, Cause>; changed: Set<number> }> {
  const skuIds = [...new Set(wishes.flatMap((wish) => wish.licenses.map((license) => license.skuId)))];
  const seats = await lockSeats(tx, work.customerId, skuIds);
  const held = await heldLicenses(tx, wishes);
  const refused = new Map<number, Cause>();
  const grants: Grant[] = [];
  const kept: Grant[] = [];
  for (const wish of wishes) {
    const missing = wish.licenses.filter(({ skuId }) => !held.has(`${wish.userId} ${skuId}`));
    const short = missing
      .map(({ skuId }) => ({ skuId, seat: seats.get(skuId) }))
      .find(({ seat }) => (seat?.free ?? 0) < 1);
    if (short !== undefined) {
      refused.set(wish.rowNo, shortageCause(wish.rowNo, short.seat?.skuPartNumber ?? short.skuId));
      continue;
    }
    for (const license of wish.licenses) {
      const grant = { rowNo: wish.rowNo, userId: wish.userId, skuId: license.skuId };
      if (missing.includes(license)) {
        const seat = seats.get(license.skuId);
        if (seat !== undefined) seat.free -= 1;
        grants.push(grant);
      } else if (license.disabledPlans.length > 0) kept.push(grant);
    }
  }
  if (grants.length > 0) {
    await grantLicenses(tx, work, grants, (skuId) => seats.get(skuId)?.skuPartNumber ?? skuId);
  }
  const replanned = kept.length > 0 ? await changePlans(tx, work, kept) : [];
  const granted = new Set(grants.map((grant) => grant.rowNo));
  const aged = wishes.filter((wish) => !wish.fresh && granted.has(wish.rowNo)).map((wish) => wish.userId);
  if (aged.length > 0) await bumpVersions(tx, aged);
  return { refused, changed: new Set([...granted, ...replanned]) };
}

async function lockSeats(tx: Tx, customerId: string, skuIds: string[]): Promise<Map<string, Seats>> {
  const seats = await tx.rows<Seats>(
    `select sku_id as "skuId", sku_part_number as "skuPartNumber", total - consumed as free
     from products where customer_id = $1 and sku_id = any($2) order by sku_id for update`,
    [customerId, skuIds],
  );
  return new Map(seats.map((seat) => [seat.skuId, seat]));
}

async function heldLicenses(tx: Tx, wishes: readonly LicenseWish[]): Promise<Set<string>> {
  const userIds = wishes.filter((wish) => !wish.fresh).map((wish) => wish.userId);
  if (userIds.length === 0) return new Set();
  const held = await tx.rows<{ key: string }>(
    "select user_id || ' ' || sku_id as key from license_assignments where user_id = any($1)",
    [userIds],
  );
  return new Set(held.map((assignment) => assignment.key));
}

const grantSql = `
with granted as (
  select * from unnest($1::int[], $2::uuid[], $3::uuid[]) granted (row_no, user_id, sku_id)
), made as (
  insert into license_assignments (user_id, sku_id, customer_id, disabled_plans)
  select user_id, sku_id, $4, case when input.plans is null then '{}'
    else array(select jsonb_array_elements_text(input.plans -> sku_id::text)) end
  from granted join input_rows input using (row_no)
), counted as (
  update products set consumed = consumed + seats.taken
  from (select sku_id, count(*) as taken from granted group by sku_id) seats
  where products.customer_id = $4 and products.sku_id = seats.sku_id
)
insert into audit (actor_id, actor_name, customer_id, operation, status, batch_id, row_no, user_id, after)
select $5, $6, $4, 'update_customer_user_licenses', 'succeeded', $7, row_no, user_id, after
from unnest($8::int[], $9::uuid[], $10::json[]) changed (row_no, user_id, after)`;

/** Grants of one row follow each other; the row gets one audit record for all of them. */
async function grantLicenses(
  tx: Tx,
  work: Work,
  grants: readonly Grant[],
  partNumber: (skuId: string) => string,
): Promise<void> {
  const added = new Map<number, { userId: string; added: string[] }>();
  for (const { rowNo, userId, skuId } of grants) {
    const record = added.get(rowNo);
    if (record === undefined) added.set(rowNo, { userId, added: [partNumber(skuId)] });
    else record.added.push(partNumber(skuId));
  }
  await tx.rows(grantSql, [
    ...columnsOf(grants),
    work.customerId,
    work.actor.id,
    work.actor.name,
    work.batchId,
    [...added.keys()],
    [...added.values()].map((record) => record.userId),
    [...added.values()].map((record) => JSON.stringify({ added: record.added })),
  ]);
}

const plansSql = `
with changed as (
  update license_assignments held set disabled_plans = wanted.plans
  from (
    select kept.row_no, kept.user_id, kept.sku_id,
      array(select jsonb_array_elements_text(input.plans -> kept.sku_id::text)) as plans
    from unnest($1::int[], $2::uuid[], $3::uuid[]) kept (row_no, user_id, sku_id)
    join input_rows input using (row_no)
  ) wanted
  join license_assignments old on old.user_id = wanted.user_id and old.sku_id = wanted.sku_id
  where held.user_id = wanted.user_id and held.sku_id = wanted.sku_id and held.disabled_plans <> wanted.plans
  returning wanted.row_no, held.user_id, held.sku_id, old.disabled_plans as old_plans, held.disabled_plans as new_plans
), bumped as (
  update users set version = version + 1 where id in (select user_id from changed)
), recorded as (
  insert into audit (actor_id, actor_name, customer_id, operation, status, batch_id, row_no, user_id, before, after)
  select $5, $6, $4, 'update_customer_user_licenses', 'succeeded', $7, row_no, user_id,
    json_build_object('skuId', sku_id, 'disabledPlans', old_plans),
    json_build_object('skuId', sku_id, 'disabledPlans', new_plans)
  from changed
)
select row_no from changed`;

async function changePlans(tx: Tx, work: Work, kept: readonly Grant[]): Promise<number[]> {
  const changed = await tx.rows<{ row_no: number }>(plansSql, [
    ...columnsOf(kept),
    work.customerId,
    work.actor.id,
    work.actor.name,
    work.batchId,
  ]);
  return changed.map((row) => row.row_no);
}

async function bumpVersions(tx: Tx, userIds: string[]): Promise<void> {
  await tx.rows("update users set version = version + 1 where id = any($1)", [userIds]);
}

function columnsOf(grants: readonly Grant[]): unknown[] {
  return [grants.map((grant) => grant.rowNo), grants.map((grant) => grant.userId), grants.map((grant) => grant.skuId)];
}

/** The cause of a row for which no seat of the product is left. */
export function shortageCause(rowNo: number, skuPartNumber: string): Cause {
  return {
    code: "seat_shortage",
    field: "licenses",
    message: `Row ${rowNo}: no seat of ${skuPartNumber} is left, so the user has no license of this row. Add seats, then retry the row.`,
  };
}
