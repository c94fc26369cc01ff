import { sql, type SqlText } from "../../../db/sql-text.ts";
import type { Asks } from "../../sql/asks.ts";
import { userFieldsSql, type UserRecord } from "./read-users.ts";
import type { UserOrder } from "./user-order.ts";

/** A user of a page, and the key of its place in the order. */
export type PlacedUser = UserRecord & { place: string };

/** Users that stand side by side in a list. */
export type Stretch = {
  /** SQL for the users of the list, of `users`: for all that there may be, and for what it is narrowed by. */
  all: SqlText;
  narrowed: readonly SqlText[];
  /** Whether many may match, whatever Postgres expects. */
  perhapsMany: boolean;
  /** SQL for those behind the page before. */
  behind: SqlText;
  order: UserOrder;
  /** The direction in which the list is read. */
  way: "asc" | "desc";
  /** How many users to pass, and how many to give at most. */
  skipped: number;
  most: number;
  /** How many users the whole list has, where that is known. */
  total: number | undefined;
};

/** So many users are sorted at once. Of more, those of a page are looked for in the order of the list first. */
const fewUsers = 5_000;
/** In the order of the list, so many users are looked at for a page: enough where one in a hundred matches. */
const mostPassed = 20_000;
/** Users that a page may lie behind and still be looked for in order. */
export const nearOffset = 1_000;

/**
 * Gives the users of a stretch, in the order of the list.
 *
 * Postgres takes those who match for spread evenly over the order. Where many do, it looks for a page in this order, and
 * passes a million users where those who match stand last. So it does that for a part of the list only.
 */
export async function readPage(asks: Asks, stretch: Stretch): Promise<PlacedUser[]> {
  if (stretch.narrowed.length === 0) return await readUsers(asks, stretch, inOrderSql(stretch));
  if (stretch.skipped <= nearOffset && (await areMany(asks, stretch))) {
    const found = await readUsers(asks, stretch, nextSql(stretch));
    if (found.length === stretch.most) return found;
  }
  return await readUsers(asks, stretch, sortedSql(stretch));
}

/** SQL for those who match, of `users`. */
export function matchingSql({ all, narrowed }: Pick<Stretch, "all" | "narrowed">): SqlText {
  return sql.join([all, ...narrowed], " and ");
}

async function areMany(asks: Asks, stretch: Stretch): Promise<boolean> {
  if (stretch.total !== undefined) return stretch.total > fewUsers;
  return stretch.perhapsMany || (await estimate(asks, stretch)) > fewUsers;
}

/** How many users Postgres expects to match, by its statistics: it takes no look at them. */
async function estimate(asks: Asks, stretch: Stretch): Promise<number> {
  const [row] = await asks.rows<{ "QUERY PLAN": { Plan: { "Plan Rows": number } }[] }>(
    sql`explain (format json) select from users where ${matchingSql(stretch)}`,
  );
  return row?.["QUERY PLAN"][0]?.Plan["Plan Rows"] ?? 0;
}

// The whole users are looked up once it is known which they are: those before the page are passed in the index.
async function readUsers(asks: Asks, { order }: Stretch, ids: SqlText): Promise<PlacedUser[]> {
  const direction = sql.unsafe(order.direction);
  return await asks.rows<PlacedUser>(sql`
    select ${sql.unsafe(userFieldsSql)}, (${order.key})::text as place
    from (${ids}) page join users on users.id = page.id
    order by ${order.key} ${direction}, users.id ${direction}`);
}

function inOrderSql({ all, behind, order, ...stretch }: Stretch): SqlText {
  return sql`select users.id from users where ${all} ${behind} ${cutSql(order.key, sql`users.id`, stretch)}`;
}

/** SQL for a part of what is read, in the order of the list. */
function cutSql(key: SqlText, id: SqlText, { way, skipped, most }: Pick<Stretch, "way" | "skipped" | "most">): SqlText {
  const direction = sql.unsafe(way);
  return sql`order by ${key} ${direction}, ${id} ${direction} limit ${most} offset ${skipped}`;
}

/** Those who match among the next users of the list. */
function nextSql({ all, narrowed, behind, order, ...stretch }: Stretch): SqlText {
  const next = { ...stretch, skipped: 0, most: mostPassed };
  return sql`select users.id from (
      select users.*, ${order.key} as place from users where ${all} ${behind} ${cutSql(order.key, sql`users.id`, next)}
    ) users where ${sql.join(narrowed, " and ")} ${cutSql(sql`users.place`, sql`users.id`, stretch)}`;
}

/** Those of all who match, who are found before they are sorted. */
function sortedSql(stretch: Stretch): SqlText {
  const { behind, order } = stretch;
  return sql`with matching as materialized (
      select users.id, ${order.key} as place from users where ${matchingSql(stretch)} ${behind}
    ) select id from matching ${cutSql(sql`place`, sql`id`, stretch)}`;
}
