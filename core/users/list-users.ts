import type { Page, PageQuery } from "../../contract/paging.ts";
import { Problem } from "../../contract/problem.ts";
import type { UserFilter, UserSort } from "../../contract/user-filter.ts";
import type { User } from "../../contract/user.ts";
import type { CoreContext } from "../context.ts";
import { cutPage, unpackCursor } from "../paging.ts";
import { asksOf } from "../sql/asks.ts";
import { matchFilter } from "./match-filter.ts";
import { userFieldsSql, userView, type UserRecord } from "./read-users.ts";
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
  const { key, direction, beyond, part, type } = userOrder(sort ?? (state === "active" ? "displayName" : "-deletedAt"));
  const values: unknown[] = [];
  const where = await matchFilter(asks, { customerId, state, filter }, values);
  const place = unpackCursor(cursor, [part, "id"]) ?? [];
  const [keyNo, idNo] = [values.length + 1, values.length + 2];
  const behind =
    place.length === 0 ? "" : `and (${key}, users.id) ${beyond} ($${keyNo}::text::${type}, $${idNo}::uuid)`;
  // The whole users are looked up once it is known which they are: those before the page are passed in the index.
  const records = await asks.rows<UserRecord & { place: string }>(
    `select ${userFieldsSql}, (${key})::text as place
     from (
       select users.id from users where ${where} ${behind}
       order by ${key} ${direction}, users.id ${direction} limit ${limit + 1} offset ${offset}
     ) page join users on users.id = page.id
     order by ${key} ${direction}, users.id ${direction}`,
    [...values, ...place],
  );
  const page = cutPage(records, limit, (last) => [last.place, last.id]);
  const items = page.items.map(({ place: _place, ...user }) => userView(user));
  if (!count) return { ...page, items };
  const [counted] = await asks.rows<{ total: number }>(
    `select count(*)::int as total from users where ${where}`,
    values,
  );
  return { ...page, items, total: counted?.total ?? 0 };
}

function refuseMixed({ cursor, offset, state, sort }: UserQuery): void {
  if (cursor !== undefined && offset !== undefined) {
    throw new Problem("body_invalid", "A cursor and an offset are two places. Give one of them.");
  }
  if (state === "active" && sort?.endsWith("deletedAt")) {
    throw new Problem("body_invalid", "Only deleted users (state=inactive) can be sorted by deletedAt.");
  }
}
