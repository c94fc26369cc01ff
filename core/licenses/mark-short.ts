import type { Operation } from "../../contract/operations.ts";
import type { SeatNeed } from "../../db/schema/batches.ts";
import type { Tx } from "../../db/in-transaction.ts";
import { inputsSql, type PlanScope } from "../batches/work-rows/plan-scope.ts";
import { inputColumns } from "../inputs/input-columns.ts";

const input = inputColumns("input");

/** SQL for the planned rows of the batch `$1` that are to get licenses, a line for each that the user does not hold yet. */
export const wantedSql = (scope: PlanScope) => `
select results.row_no, wanted.sku_id
from row_results results
join ${inputsSql(scope)} input using (row_no)
cross join lateral unnest(${input.skuIds}) wanted (sku_id)
where results.batch_id = $1 and results.state = 'pending' and results.plan in ('create', 'update', 'restore')
  and (results.user_id is null or not exists (
    select from license_assignments held where held.user_id = results.user_id and held.sku_id = wanted.sku_id))`;

/**
 * Marks the rows beyond the free seats `seat_shortage`, in row order, so that the agent sees before the start who will
 * stay without. A row gets all of its licenses or none, and one that is refused one product leaves the seats of the
 * others to the rows after it; a user who is restored gets back the licenses that have a seat.
 */
export async function markShort(
  tx: Tx,
  batch: { id: string; customerId: string; operation: Operation },
  needs: readonly SeatNeed[],
  scope: PlanScope,
): Promise<void> {
  const dry = await named(
    tx,
    batch.customerId,
    needs.filter((need) => need.needed > need.free),
  );
  if (batch.operation === "restoreUsers") return await markFormer(tx, batch.id, dry, scope);
  const wanted = wantedSql(scope);
  // Each round runs one product dry: the one whose seats end first, counting only rows not refused so far. From that
  // row on, every row that wants it is refused, so there are at most as many rounds as products.
  for (let short = dry; short.length > 0;) {
    const marked = await markShortest(tx, wanted, batch, short);
    if (marked === undefined) break;
    short = short.filter((need) => need.skuId !== marked);
  }
}

type ShortProduct = SeatNeed & { name: string };

/** The products as people call them; one that the customer has no more goes by what the need calls it. */
async function named(tx: Tx, customerId: string, needs: readonly SeatNeed[]): Promise<ShortProduct[]> {
  if (needs.length === 0) return [];
  const products = await tx.rows<{ skuId: string; name: string }>(
    `select sku_id as "skuId", name from products where customer_id = $1 and sku_id = any($2)`,
    [customerId, needs.map(({ skuId }) => skuId)],
  );
  const names = new Map(products.map(({ skuId, name }) => [skuId, name]));
  return needs.map((need) => ({ ...need, name: names.get(need.skuId) ?? need.skuPartNumber }));
}

/** Takes the marks of `markShort` off all rows of the batch; what else a row was told comes back. */
export async function unmarkShort(tx: Tx, batch: { id: string }): Promise<void> {
  await tx.rows(
    `update row_results results set code = null, field = null, message = ${input.message}
     from rows input
     where results.batch_id = $1 and results.code = 'seat_shortage' and results.state = 'pending'
       and input.batch_id = $1 and ${input.rowNo} = results.row_no`,
    [batch.id],
  );
}

async function markShortest(
  tx: Tx,
  wanted: string,
  { id: batchId, operation }: { id: string; operation: Operation },
  short: ShortProduct[],
): Promise<string | undefined> {
  const [first] = await tx.rows<{ skuId: string; rowNo: number }>(
    `select sku_id as "skuId", row_no as "rowNo" from (
       select wanted.sku_id, wanted.row_no,
         count(*) over (partition by wanted.sku_id order by wanted.row_no) as place
       from (${wanted} and results.code is null) wanted
     ) queue join unnest($2::uuid[], $3::int[]) seats (sku_id, free) using (sku_id)
     where place = free + 1 order by row_no limit 1`,
    [batchId, short.map((need) => need.skuId), short.map((need) => Math.max(0, need.free))],
  );
  const need = short.find((candidate) => candidate.skuId === first?.skuId);
  if (first === undefined || need === undefined) return undefined;
  await tx.rows(
    `update row_results results
     set code = 'seat_shortage', field = 'licenses', message = 'Row ' || results.row_no || ': ' || $4
     from (${wanted} and results.code is null) wanted
     where results.batch_id = $1 and results.row_no = wanted.row_no and wanted.sku_id = $2 and wanted.row_no >= $3`,
    [batchId, need.skuId, first.rowNo, shortageText(need, operation)],
  );
  return need.skuId;
}

/** Marks the rows whose users will be restored without some of their former licenses, and names these. */
async function markFormer(tx: Tx, batchId: string, short: readonly ShortProduct[], scope: PlanScope): Promise<void> {
  if (short.length === 0) return;
  await tx.rows(
    `update row_results results
     set code = 'seat_shortage', field = 'licenses', message = 'Row ' || results.row_no || ': no seat is left for '
       || lost.names || '. The user will be restored without; add seats, then retry.'
     from (
       select row_no, string_agg(name, ', ' order by name) as names
       from (
         select results.row_no, seats.name, seats.free,
           count(*) over (partition by former.sku_id order by results.row_no) as place
         from row_results results ${scope.rows === "some" ? `join ${inputsSql(scope)} input using (row_no)` : ""}
         join former_licenses former on former.user_id = results.user_id
         join unnest($2::uuid[], $3::text[], $4::int[]) seats (sku_id, name, free) on seats.sku_id = former.sku_id
         where results.batch_id = $1 and results.state = 'pending' and results.plan = 'restore'
       ) queue where place > free group by row_no
     ) lost
     where results.batch_id = $1 and results.row_no = lost.row_no`,
    [
      batchId,
      short.map((need) => need.skuId),
      short.map((need) => need.name),
      short.map((need) => Math.max(0, need.free)),
    ],
  );
}

function shortageText(need: ShortProduct, operation: Operation): string {
  const then =
    operation === "createUsers" ? "All else will be carried out without the licenses" : "Nothing will be done";
  return (
    `no seat of ${need.name} is left here. ${need.needed} are needed in all, ${need.free} are free. ` +
    `${then}; add seats, then retry.`
  );
}
