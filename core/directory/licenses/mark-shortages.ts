import { givesLicenses, type Operation } from "../../../contract/operations.ts";
import type { SeatNeed } from "../../../db/schema/batches.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import type { PlanScope } from "../../batches/work-rows/plan-scope.ts";
import { type LicensedBatch, wantedLicensesSql } from "./seat-needs.ts";
import { shortageTexts } from "./shortage-texts.ts";

/**
 * Marks the rows beyond the free seats `seat_shortage`, in row order, so that the agent sees before the start who will
 * stay without. A row gets all of its licenses or none, and one that is refused one product leaves the seats of the
 * others to the rows after it; a user who is restored gets back the licenses that have a seat. A run does the same, by
 * `refuseShortages` and `licensesWithoutSeat`.
 */
export async function markShortages(
  tx: Tx,
  { id, customerId, operation }: { id: string; customerId: string; operation: Operation },
  needs: readonly SeatNeed[],
  scope: PlanScope,
): Promise<void> {
  if (!givesLicenses(operation)) return;
  const batch = { id, operation };
  const dry = await named(
    tx,
    customerId,
    needs.filter((need) => need.needed > need.free),
  );
  const { asked, former } = shortageTexts[operation];
  if (asked !== undefined) await markWanted(tx, batch, dry, scope, asked);
  if (former !== undefined) await markFormer(tx, batch, dry, scope, former);
}

type ScarceProduct = SeatNeed & { name: string };

/** The products as people call them; one that the customer has no more goes by what the need calls it. */
async function named(tx: Tx, customerId: string, needs: readonly SeatNeed[]): Promise<ScarceProduct[]> {
  if (needs.length === 0) return [];
  const products = await tx.rows<{ skuId: string; name: string }>(
    sql`select sku_id as "skuId", name from products
     where customer_id = ${customerId} and sku_id = any(${needs.map(({ skuId }) => skuId)})`,
  );
  const names = new Map(products.map(({ skuId, name }) => [skuId, name]));
  return needs.map((need) => ({ ...need, name: names.get(need.skuId) ?? need.skuPartNumber }));
}

/** Takes the marks of `markShortages` off all rows of the batch; what else a row was told comes back. */
export async function unmarkShortages(tx: Tx, batch: { id: string }): Promise<void> {
  await tx.rows(
    sql`update row_results results set code = null, field = null, message = input.message
     from rows input
     where results.batch_id = ${batch.id} and results.code = 'seat_shortage' and results.state = 'pending'
       and input.batch_id = ${batch.id} and input.row_no = results.row_no`,
  );
}

/**
 * Marks rows that get none of their licenses. Each round runs one product dry: the one whose seats end first, counting only
 * rows not refused so far. From that row on, every row that wants it is refused, so there are at most as many rounds as
 * products.
 */
async function markWanted(
  tx: Tx,
  batch: LicensedBatch,
  dry: readonly ScarceProduct[],
  scope: PlanScope,
  textOf: (need: ScarceProduct) => string,
): Promise<void> {
  // In an undo, users who are restored are told by `markFormer`.
  const asking = batch.operation === "undoBatch" ? sql`results.plan = 'update'` : sql`true`;
  const wanted = wantedLicensesSql(batch, scope, sql`results.code is null and ${asking}`);
  for (let scarce = dry; scarce.length > 0;) {
    const marked = await markShortest(tx, wanted, batch, scarce, textOf);
    if (marked === undefined) break;
    scarce = scarce.filter((need) => need.skuId !== marked);
  }
}

/** SQL for licenses that rows want, each with its place among those of its product, and with the seats that are free. */
function queueSql(wanted: SqlText, scarce: readonly ScarceProduct[]): SqlText {
  const [skuIds, free] = [scarce.map(({ skuId }) => skuId), scarce.map((need) => Math.max(0, need.free))];
  return sql`(
  select sku_id, row_no, count(*) over (partition by sku_id order by row_no) as place from (${wanted}) wanted
) queue join unnest(${skuIds}::uuid[], ${free}::int[], ${scarce.map(({ name }) => name)}::text[])
  seats (sku_id, free, name) using (sku_id)`;
}

async function markShortest(
  tx: Tx,
  wanted: SqlText,
  batch: LicensedBatch,
  scarce: readonly ScarceProduct[],
  textOf: (need: ScarceProduct) => string,
): Promise<string | undefined> {
  const [first] = await tx.rows<{ skuId: string; rowNo: number }>(
    sql`select sku_id as "skuId", row_no as "rowNo" from ${queueSql(wanted, scarce)}
      where place = free + 1 order by row_no, name limit 1`,
  );
  const need = scarce.find((candidate) => candidate.skuId === first?.skuId);
  if (first === undefined || need === undefined) return undefined;
  await tx.rows(sql`
    update row_results results
    set code = 'seat_shortage', field = 'licenses', message = format(${textOf(need)}, results.row_no)
    from (${wanted}) wanted
    where results.batch_id = ${batch.id} and results.row_no = wanted.row_no
      and wanted.sku_id = ${need.skuId} and wanted.row_no >= ${first.rowNo}`);
  return need.skuId;
}

/** Marks the rows whose users will be restored without some of their former licenses, and names these. */
async function markFormer(
  tx: Tx,
  batch: LicensedBatch,
  scarce: readonly ScarceProduct[],
  scope: PlanScope,
  text: string,
): Promise<void> {
  if (scarce.length === 0) return;
  const former = wantedLicensesSql(batch, scope, sql`results.plan = 'restore'`);
  await tx.rows(sql`
    update row_results results
    set code = 'seat_shortage', field = 'licenses', message = format(${text}, results.row_no, lost.names)
    from (
      select row_no, string_agg(name, ', ' order by name) as names from ${queueSql(former, scarce)}
      where place > free group by row_no
    ) lost
    where results.batch_id = ${batch.id} and results.row_no = lost.row_no`);
}
