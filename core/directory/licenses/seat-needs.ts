import { givesLicenses, type LicensedOperation, type Operation, operations } from "../../../contract/operations.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import type { SeatNeed } from "../../../db/schema/batches.ts";
import { inputsSql, type PlanScope, wholeBatch } from "../../batches/work-rows/plan-scope.ts";
import { inputColumns } from "../../batches/work-rows/input-columns.ts";

type Batch = { id: string; customerId: string; operation: Operation };

/** A batch whose rows give licenses. */
export type LicensedBatch = { id: string; operation: LicensedOperation };

const input = inputColumns("input");

/**
 * Gives the seats that the planned rows of a batch need, by product, against those that are free once the batch has freed its
 * own. Operations that give no licenses need none.
 */
export async function countNeeds(tx: Tx, batch: Batch, scope: PlanScope): Promise<SeatNeed[]> {
  const { id, customerId, operation } = batch;
  return givesLicenses(operation) ? await tx.rows<SeatNeed>(needsOfSql({ id, operation }, customerId, scope)) : [];
}

/** SQL for the lines that `countNeeds` gives. */
export function needsOfSql({ id, operation }: LicensedBatch, customerId: string, scope: PlanScope): SqlText {
  if (operation === "changeLicenses") {
    const needs = needsSql(customerId, countedSql(askedSql(sql`planned`, operation)), { freed: freedSql });
    return sql`with planned as (${plannedSql(id, scope)}) ${needs}`;
  }
  if (operation === "undoBatch") {
    const wanted = wantedLicensesSql({ id, operation }, scope);
    return sql`with planned as (${plannedSql(id, scope, changedSql)})
      ${needsSql(customerId, countedSql(wanted), { freed: freedSql, owned: false })}`;
  }
  // A former license may be one that the customer has no more.
  return needsSql(customerId, countedSql(wantedLicensesSql({ id, operation }, scope)), {
    owned: operation !== "restoreUsers",
  });
}

/** Gives how many of the licenses that a batch is to give are for these rows, by product. */
export async function countWanted(
  tx: Tx,
  { id, operation }: Batch,
  rowNos: readonly number[],
): Promise<Map<string, number>> {
  if (!givesLicenses(operation)) return new Map();
  const wanted = wantedLicensesSql({ id, operation }, wholeBatch, sql`results.row_no = any(${rowNos})`);
  const counted = await tx.rows<{ skuId: string; rows: number }>(
    sql`select sku_id as "skuId", rows::int from (${countedSql(wanted)}) counted`,
  );
  return new Map(counted.map(({ skuId, rows }) => [skuId, rows]));
}

/** Gives the seats that a batch needs which needed those on record, and needs `moves` more, or fewer, by product. */
export async function moveNeeds(tx: Tx, batch: Batch, moves: ReadonlyMap<string, number>): Promise<SeatNeed[]> {
  return await tx.rows<SeatNeed>(movedSql(batch, moves));
}

/**
 * SQL for the licenses that the planned rows of the batch are to give, those for which `only` holds of their `results`: a
 * line (`row_no`, `sku_id`) for each that the user does not hold, or had before it was deleted.
 */
export function wantedLicensesSql({ id, operation }: LicensedBatch, scope: PlanScope, only = sql`true`): SqlText {
  const { licenses } = operations[operation];
  switch (licenses) {
    case "asked":
      return askedSql(sql`(${plannedSql(id, scope, only)})`, operation);
    case "former":
      return formerSql(id, scope, only);
    // A row gives either, by what it is planned as.
    case "undone":
      return sql`${askedSql(sql`(${plannedSql(id, scope, sql`${only} and ${changedSql}`)})`, operation)}
        union all ${formerSql(id, scope, only)}`;
    default:
      return licenses satisfies never;
  }
}

const heldSql = (userId: SqlText, skuId: SqlText) =>
  sql`exists (select from license_assignments held where held.user_id = ${userId} and held.sku_id = ${skuId})`;

const plannedSql = (batchId: string, scope: PlanScope, only = sql`true`) => sql`
  select results.row_no, results.user_id, ${input.skuIds}, ${input.removedSkuIds}
  from row_results results join ${inputsSql(scope, batchId)} input using (row_no)
  where results.batch_id = ${batchId} and results.state = 'pending' and results.plan in ('create', 'update', 'restore')
    and ${only}`;

// Who is restored asks for no license by the row.
const changedSql = sql`results.plan = 'update'`;

// Where every row has its user, nothing else is asked: with an `or`, Postgres would look up each license by itself.
const askedSql = (planned: SqlText, operation: Operation) => sql`
  select planned.row_no, wanted.sku_id from ${planned} planned cross join lateral unnest(planned.sku_ids) wanted (sku_id)
  where (${operation === "createUsers" ? sql`planned.user_id is null or ` : sql``}not ${heldSql(sql`planned.user_id`, sql`wanted.sku_id`)})`;

const freedSql = sql`
  select freed.sku_id, count(*) as rows from planned cross join lateral unnest(planned.removed_sku_ids) freed (sku_id)
  where ${heldSql(sql`planned.user_id`, sql`freed.sku_id`)} group by freed.sku_id`;

const formerSql = (batchId: string, scope: PlanScope, only: SqlText) => sql`
  select results.row_no, former.sku_id
  from row_results results ${scope.rows === "some" ? sql`join ${inputsSql(scope, batchId)} input using (row_no)` : sql``}
  join former_licenses former on former.user_id = results.user_id
  where results.batch_id = ${batchId} and results.state = 'pending' and results.plan = 'restore' and ${only}`;

const countedSql = (wanted: SqlText) => sql`select sku_id, count(*) as rows from (${wanted}) wanted group by sku_id`;

/**
 * SQL for the seats needed of the products of the customer: `asked` gives them (`sku_id`, `rows`), several lines of a
 * product are added up; `freed` gives those that the batch frees itself. Products that the customer has no more are
 * left out where `owned` says so.
 */
function needsSql(
  customerId: string,
  asked: SqlText,
  { freed, owned = true }: { freed?: SqlText; owned?: boolean } = {},
): SqlText {
  return sql`
select asked.sku_id as "skuId", coalesce(product.sku_part_number, asked.sku_id::text) as "skuPartNumber", asked.needed,
  (coalesce(product.total - product.consumed, 0)${freed === undefined ? sql`` : sql` + coalesce(freed.rows, 0)`})::int as free
from (
  select sku_id, sum(rows)::int as needed from (${asked}) lines group by sku_id having sum(rows) > 0
) asked
${owned ? sql`join` : sql`left join`} products product on product.customer_id = ${customerId} and product.sku_id = asked.sku_id
${freed === undefined ? sql`` : sql`left join (${freed}) freed on freed.sku_id = asked.sku_id`}
order by 2`;
}

const movedSql = ({ id, customerId }: Batch, moves: ReadonlyMap<string, number>) =>
  needsSql(
    customerId,
    sql`
    select (need ->> 'skuId')::uuid as sku_id, (need ->> 'needed')::int as rows
    from batches, jsonb_array_elements(seats) need where id = ${id}
    union all select * from unnest(${[...moves.keys()]}::uuid[], ${[...moves.values()]}::int[])`,
  );

/**
 * SQL for the seats that rows need on which the same statement decides, and which it calls `decided`: their `decision`, their `sku_ids`, and the
 * users that they are about, `active_id` and `deleted_id`. New users are counted by their choice of licenses, of which there
 * are few; who exists may hold some of them already.
 */
export function decidedNeedsSql(customerId: string): SqlText {
  return needsSql(customerId, decidedLinesSql);
}

const givenTo = sql`case decision when 'update' then active_id else deleted_id end`;
const decidedLinesSql = sql`
  select sku_id, rows from (
    select sku_ids, count(*) as rows from decided where decision = 'create' group by sku_ids
  ) choices cross join lateral unnest(sku_ids) choice (sku_id)
  union all
  select sku_id, 1 from decided cross join lateral unnest(sku_ids) choice (sku_id)
  where decision in ('update', 'restore') and not ${heldSql(givenTo, sql`choice.sku_id`)}`;
