import type { Database } from "../../../db/open-database.ts";

/** Seats of one product over all customers who have it. */
export type SeatCount = { product: string; total: number; assigned: number; customersWithoutSeat: number };

const productsAtMost = 200;

/**
 * Counts seats by part number, of the 200 products with the most seats; those that a publisher assigns are not ours to
 * count. The seats of some hundred large customers are more than an `int` holds.
 */
export async function countSeats({ sql }: Pick<Database, "sql">): Promise<SeatCount[]> {
  return await sql<SeatCount[]>`
    select sku_part_number as product, sum(total)::float8 as total, sum(consumed)::float8 as assigned,
      count(*) filter (where consumed = total)::int as "customersWithoutSeat"
    from products where publisher_address is null and total > 0
    group by sku_part_number order by sum(total) desc, sku_part_number limit ${productsAtMost}`;
}
