import type { TakenNames } from "../../../contract/name-check.ts";
import type { Selection } from "../../../contract/user-changes.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import type { CoreContext } from "../../context.ts";
import { giveFreeNames, type WantedName } from "../../batches/plan/free-names.ts";
import { asksOf } from "../../sql/asks.ts";
import { chosenSql } from "./chosen-sql.ts";
import { lookForHolders } from "./look-for-holders.ts";

type Taken = Omit<TakenNames["items"][number], "suggestion">;

const mostTaken = 10_000;

/**
 * Lists the deleted users of a selection whose sign-in names somebody else has by now, each with a name that is free right
 * now: the former one with a number behind it. At most 10,000 of them, and how many there are.
 */
export async function listTakenNames(context: CoreContext, customerId: string, select: Selection): Promise<TakenNames> {
  const asks = asksOf(context.db.pool);
  const where = await chosenSql(asks, customerId, select);
  const rows = await asks.rows<Taken & { total: number }>(takenSql(customerId, where));
  const names = await giveFreeNames(wantedOf(rows), new Set(), lookForHolders(context));
  const suggestions = new Map(names.map(({ rowNo, name }) => [rowNo, name]));
  return {
    total: rows[0]?.total ?? 0,
    items: rows.map(({ total: _total, ...user }, at) => ({ ...user, suggestion: suggestions.get(at) ?? null })),
  };
}

/** The former names, each once with those who had it. */
function wantedOf(rows: readonly Taken[]): WantedName[] {
  const wanted = new Map<string, WantedName & { rowNos: number[] }>();
  for (const [at, { userPrincipalName }] of rows.entries()) {
    const name = userPrincipalName.toLowerCase();
    const [local = "", domain = ""] = name.split("@");
    const one = wanted.get(name) ?? { local, domain, rowNos: [] };
    one.rowNos.push(at);
    wanted.set(name, one);
  }
  return [...wanted.values()];
}

const takenSql = (customerId: string, where: SqlText) => sql`
select users.id as "userId", users.display_name as "displayName", users.user_principal_name as "userPrincipalName",
  case when other.customer_id = ${customerId} then other.display_name end as holder, count(*) over ()::int as total
from users join users other on lower(other.user_principal_name) = lower(users.user_principal_name)
  and other.deleted_at is null
where ${where} and users.deleted_at is not null
order by users.display_name, users.id limit ${mostTaken}`;
