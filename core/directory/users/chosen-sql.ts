import type { Selection } from "../../../contract/user-changes.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import type { Asks } from "../../sql/asks.ts";
import { matchFilter } from "./match-filter.ts";

/** SQL that is true for the selected users of a customer, of `users`. */
export async function chosenSql(asks: Asks, customerId: string, select: Selection): Promise<SqlText> {
  if ("userIds" in select) {
    return sql`users.customer_id = ${customerId} and users.id = any(${select.userIds}::uuid[])`;
  }
  const { state = "active", ...filter } = select.filter;
  return await matchFilter(asks, { customerId, state, filter });
}
