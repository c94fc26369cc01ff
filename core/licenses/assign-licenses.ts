import type { Cause } from "../../contract/codes.ts";
import type { Tx } from "../../db/in-transaction.ts";
import type { Work } from "../operations/outcome.ts";
import { chooseGrants, type Grant, type LicenseWish } from "./choose-grants.ts";
import { readSeats, takeSeats } from "./seats.ts";

/**
 * Gives each user the licenses of its wish, all or none, in row order while seats last, and gives the cause for each
 * row that was refused. `consumed` moves with the assignments under the products' locks, the last of all locks.
 *
 * Where seats abound, they are taken at the very end of the transaction (`work.seatsToTake`), so that chunks of one
 * customer wait for each other no longer than a commit takes; where a row would be refused, the lock comes first.
 */
export async function assignLicenses(
  tx: Tx,
  work: Work,
  wishes: readonly LicenseWish[],
): Promise<{ refused: Map<number, Cause>; changed: Set<number> }> {
  const skuIds = [...new Set(wishes.flatMap((wish) => wish.licenses.map((license) => license.skuId)))];
  const held = await heldLicenses(tx, wishes);
  const choose = async (locked: boolean) =>
    chooseGrants(wishes, await readSeats(tx, work.customerId, skuIds, { locked }), held);
  let choice = await choose(work.seatsFirst);
  const locked = work.seatsFirst || choice.refused.size > 0;
  if (locked && !work.seatsFirst) choice = await choose(true);
  const { grants, kept, refused, taken } = choice;
  if (locked) await takeSeats(tx, work.customerId, taken);
  else for (const [skuId, count] of taken) work.seatsToTake.set(skuId, count);
  const partNumbers = new Map(wishes.flatMap(({ licenses }) => licenses.map((one) => [one.skuId, one.skuPartNumber])));
  if (grants.length > 0) await grantLicenses(tx, work, grants, (skuId) => partNumbers.get(skuId) ?? skuId);
  const replanned = kept.length > 0 ? await changePlans(tx, work, kept) : [];
  const granted = new Set(grants.map((grant) => grant.rowNo));
  const aged = wishes.filter((wish) => !wish.fresh && granted.has(wish.rowNo)).map((wish) => wish.userId);
  if (aged.length > 0) await bumpVersions(tx, aged);
  return { refused, changed: new Set([...granted, ...replanned]) };
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
