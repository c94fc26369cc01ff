import type { Tx } from "../../db/in-transaction.ts";

/** Seats of one product that are free. */
export type FreeSeats = { skuId: string; skuPartNumber: string; free: number };

/** Seats went to another batch between a look and the lock; the same work under the lock knows better. */
export class SeatsMoved extends Error {
  override name = "SeatsMoved";
}

/**
 * Gives the free seats of the customer's products, by product; `locked` keeps them so until the transaction ends. Locks
 * are taken in the order of the products' ids.
 */
export async function readSeats(
  tx: Tx,
  customerId: string,
  skuIds: readonly string[],
  { locked }: { locked: boolean },
): Promise<Map<string, FreeSeats>> {
  const seats = await tx.rows<FreeSeats>(
    `select sku_id as "skuId", sku_part_number as "skuPartNumber", total - consumed as free
     from products where customer_id = $1 and sku_id = any($2) order by sku_id ${locked ? "for update" : ""}`,
    [customerId, skuIds],
  );
  return new Map(seats.map((seat) => [seat.skuId, seat]));
}

/**
 * Counts `taken` seats of each product as consumed, under the products' locks.
 * @throws SeatsMoved where they are not free any more; the transaction has to be undone then.
 */
export async function takeSeats(tx: Tx, customerId: string, taken: ReadonlyMap<string, number>): Promise<void> {
  if (taken.size === 0) return;
  const seats = await readSeats(tx, customerId, [...taken.keys()], { locked: true });
  for (const [skuId, count] of taken) if ((seats.get(skuId)?.free ?? 0) < count) throw new SeatsMoved();
  await tx.rows(
    `update products set consumed = consumed + seats.taken
     from unnest($2::uuid[], $3::int[]) seats (sku_id, taken)
     where products.customer_id = $1 and products.sku_id = seats.sku_id`,
    [customerId, [...taken.keys()], [...taken.values()]],
  );
}
