import type { Page, PageQuery } from "../../../contract/paging.ts";
import { Problem } from "../../../contract/problem.ts";
import type { UserFilter, UserSort } from "../../../contract/user-filter.ts";
import type { User } from "../../../contract/user.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import type { CoreContext } from "../../context.ts";
import { cutPage, unpackCursor } from "../../paging.ts";
import { type Asks, asksOf } from "../../sql/asks.ts";
import { filterConditions } from "./match-filter.ts";
import { matchingSql, nearOffset, readPage } from "./read-page.ts";
import { userView } from "./read-users.ts";
import { userOrder } from "./user-order.ts";

export type UserQuery = PageQuery &
  UserFilter & {
    state: "active" | "inactive";
    sort?: UserSort | undefined;
    /** Users to leave out at the beginning, where there is no cursor. */
    offset?: number | undefined;
  };

/**
 * Gives a page of the customer's users: active ones by name, deleted ones from the latest deletion on, unless `sort` says
 * otherwise.
 * @throws Problem body_invalid for a cursor of another order, or beside an offset; for an order that the users do not have
 */
export async function listUsers(context: CoreContext, customerId: string, query: UserQuery): Promise<Page<User>> {
  const { limit, cursor, offset = 0, count, state, sort, ...filter } = query;
  refuseMixed(query);
  const asks = asksOf(context.db.pool);
  const order = userOrder(sort ?? (state === "active" ? "displayName" : "-deletedAt"));
  const { key, direction, beyond, part, type } = order;
  const match = await filterConditions(asks, { customerId, state, filter });
  const [afterKey = null, afterId = null] = unpackCursor(cursor, [part, "id"]) ?? [];
  const behind =
    afterId === null
      ? sql``
      : sql`and (${key}, users.id) ${sql.unsafe(beyond)} (${afterKey}::text::${sql.unsafe(type)}, ${afterId}::uuid)`;
  // Where it is far, the users are counted to tell whether the other end is nearer.
  const total = count || offset > nearOffset ? await countUsers(asks, matchingSql(match)) : undefined;
  const { from, skipped, most } = placeOf(limit + 1, offset, total);
  const way = from === "start" ? direction : order.back;
  const records = await readPage(asks, { ...match, behind, order, way, skipped, most, total });
  const page = cutPage(records, limit, (last) => [last.place, last.id]);
  const items = page.items.map(({ place: _place, ...user }) => userView(user));
  return count && total !== undefined ? { ...page, items, total } : { ...page, items };
}

async function countUsers(asks: Asks, where: SqlText): Promise<number> {
  const [counted] = await asks.rows<{ total: number }>(sql`select count(*)::int as total from users where ${where}`);
  return counted?.total ?? 0;
}

/** Where `rows` users behind the first `offset` are found, with fewer to pass: in the far half of the list from its end. */
function placeOf(
  rows: number,
  offset: number,
  total: number | undefined,
): { from: "start" | "end"; skipped: number; most: number } {
  if (total === undefined || offset <= total / 2) return { from: "start", skipped: offset, most: rows };
  const most = Math.max(0, Math.min(rows, total - offset));
  return { from: "end", skipped: Math.max(0, total - offset - most), most };
}

function refuseMixed({ cursor, offset, state, sort }: UserQuery): void {
  if (cursor !== undefined && offset !== undefined) {
    throw new Problem("body_invalid", "A cursor and an offset are two places. Give one of them.");
  }
  if (state === "active" && sort?.endsWith("deletedAt")) {
    throw new Problem("body_invalid", "Only deleted users (state=inactive) can be sorted by deletedAt.");
  }
}
