import type { Selection } from "../../../contract/user-changes.ts";
import type { Asks } from "../../sql/asks.ts";
import { matchFilter } from "./match-filter.ts";

/**
 * SQL that is true for the selected users of a customer, of `users`. `values` holds the customer's id and nothing else; what
 * the SQL compares with is pushed onto it.
 */
export async function chosenSql(asks: Asks, customerId: string, select: Selection, values: unknown[]): Promise<string> {
  if ("userIds" in select) return `users.customer_id = $1 and users.id = any($${values.push(select.userIds)}::uuid[])`;
  const { state = "active", ...filter } = select.filter;
  return await matchFilter(asks, { customerId, state, filter }, values);
}
