import type { SortedColumn, UserSort } from "../../../contract/user-filter.ts";
import type { CursorPart } from "../../paging.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import { userColumns } from "../../sql/user-columns.ts";
import { foldedSql } from "./folded-sql.ts";

/** The order of a list of users. Those that share a key come by their ids. */
export type UserOrder = {
  /** SQL for the key, of `users`. */
  key: SqlText;
  direction: "asc" | "desc";
  /** The other direction. */
  back: "asc" | "desc";
  /** What the key of a later user is to that of an earlier one. */
  beyond: "<" | ">";
  /** What the key is in a cursor. */
  part: CursorPart;
  type: "text" | "timestamptz" | "uuid";
};

type Key = Pick<UserOrder, "key" | "part" | "type">;

const ownKeys: Partial<Record<SortedColumn, Key>> = {
  displayName: { key: sql`users.display_name collate "und-x-icu"`, part: "text", type: "text" },
  userPrincipalName: { key: sql`lower(users.user_principal_name)`, part: "text", type: "text" },
  // Ids are made in the order of time, and have an index.
  createdAt: { key: sql`users.id`, part: "id", type: "uuid" },
  // As text with its microseconds: a Date would cut them off, and the next page would begin in the wrong place.
  deletedAt: { key: sql`users.deleted_at`, part: "time", type: "timestamptz" },
};

/** How `sort` orders users. */
export function userOrder(sort: UserSort): UserOrder {
  const descending = sort.startsWith("-");
  const column = (descending ? sort.slice(1) : sort) as SortedColumn;
  const key = ownKeys[column] ?? textKey(userColumns[column as keyof typeof userColumns]);
  const [direction, back] = descending ? (["desc", "asc"] as const) : (["asc", "desc"] as const);
  return { ...key, direction, back, beyond: descending ? "<" : ">" };
}

function textKey(column: string): Key {
  return { key: foldedSql(sql.unsafe(`users.${column}`)), part: "text", type: "text" };
}
