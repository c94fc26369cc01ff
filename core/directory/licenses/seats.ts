import { DatabaseFault } from "../../../db/faults.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";

/** Seats of one product that are free. */
export type FreeSeats = { skuId: string; name: string; free: number };

/** Seats went to somebody else; the same work, that locks them before it gives them away, knows better. */
export class SeatsMoved extends Error {
  override name = "SeatsMoved";
}

/** Gives the free seats of all of the customer's products and keeps them so until the transaction ends. */
export async function holdSeats(tx: Tx, customerId: string): Promise<FreeSeats[]> {
  return await tx.rows<FreeSeats>(
    sql`select sku_id as "skuId", name, total - consumed as free
     from products where customer_id = ${customerId} order by sku_id for update`,
  );
}

/** More seats than there are, and a product that is gone. */
const refused = new Set(["23514", "22012"]);

/**
 * Counts `taken` seats of each product as consumed, under the products' locks, which are taken in the order of their ids.
 * The table itself refuses to give more than there are. One statement, which may go out with the commit.
 * @throws SeatsMoved where they are not free any more; the transaction has to be undone then.
 */
export async function takeSeats(tx: Tx, customerId: string, taken: ReadonlyMap<string, number>): Promise<void> {
  if (taken.size === 0) return;
  await take(tx, customerId, sql`unnest(${[...taken.keys()]}::uuid[], ${[...taken.values()]}::int[])`);
}

/** SQL that notes for `takeNotedSeats` how many seats of each product the transaction takes, a JSON object or null. */
export function noteSeatsSql(taken: SqlText): SqlText {
  return sql`set_config('muster.seats_taken', coalesce(${taken}::text, '{}'), true)`;
}

/** Counts seats as `takeSeats` does, those that an earlier statement of the transaction has noted. @throws SeatsMoved as it does */
export async function takeNotedSeats(tx: Tx, customerId: string): Promise<void> {
  await take(
    tx,
    customerId,
    sql`(select key::uuid, value::int from json_each_text(current_setting('muster.seats_taken')::json))`,
  );
}

async function take(tx: Tx, customerId: string, seats: SqlText): Promise<void> {
  try {
    await tx.rows(takeSql(customerId, seats));
  } catch (error) {
    throw error instanceof DatabaseFault && refused.has(error.sqlstate) ? new SeatsMoved() : error;
  }
}

// Where a product is gone, the statement fails by a division by zero.
const takeSql = (customerId: string, seats: SqlText) => sql`
with asked as materialized (
  select * from ${seats} seats (sku_id, taken)
), held as (
  select sku_id from products where customer_id = ${customerId} and sku_id in (select sku_id from asked)
  order by sku_id for update
), counted as (
  update products set consumed = consumed + asked.taken from asked join held using (sku_id)
  where products.customer_id = ${customerId} and products.sku_id = asked.sku_id
  returning products.sku_id
)
select 1 / (count(*) = (select count(*) from asked))::int from counted`;
