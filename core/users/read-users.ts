import { textFieldNames } from "../../contract/fields.ts";
import { directoryRoleNames } from "../../contract/permissions.ts";
import type { Page, PageQuery } from "../../contract/paging.ts";
import type { User } from "../../contract/user.ts";
import type { UserFilter } from "../../contract/user-filter.ts";
import type { CoreContext } from "../context.ts";
import { cutPage, unpackCursor, type CursorPart } from "../paging.ts";
import { userColumns } from "../sql/user-columns.ts";
import { matchFilter } from "./match-filter.ts";

export type UserQuery = PageQuery &
  UserFilter & {
    state: "active" | "inactive";
    sort?: "displayName" | "-displayName" | "deletedAt" | undefined;
  };

/** A user as `userFields` select it. */
export type UserRecord = Omit<User, "deletedAt" | "createdAt" | "permission" | "state"> & {
  deletedAt: Date | null;
  createdAt: Date;
  roles: string[];
  exactDeletedAt: string | null;
};

/** Gives one user of the customer, active or deleted, or null where there is none. */
export async function getUser(context: CoreContext, customerId: string, userId: string): Promise<User | null> {
  const { sql } = context.db;
  const [record] = await sql<UserRecord[]>`
    select ${userFields(context)} from users where id = ${userId} and customer_id = ${customerId}`;
  return record === undefined ? null : userView(record);
}

/** Gives a page of the customer's users: active ones by name, deleted ones by default from the latest deletion on. */
export async function listUsers(context: CoreContext, customerId: string, query: UserQuery): Promise<Page<User>> {
  const { limit, cursor, count, state, sort, ...filter } = query;
  const { pool } = context.db;
  const order = orders[sort ?? (state === "active" ? "displayName" : "deletedAt")];
  const values: unknown[] = [];
  const where = matchFilter(customerId, state, filter, values);
  const place = unpackCursor(cursor, [order.part, "id"]);
  const placed = place === null ? [] : place;
  const after =
    place === null
      ? ""
      : `and (${order.key}, users.id) ${order.beyond} (${order.place(values.length + 1)}, $${values.length + 2}::uuid)`;
  const { rows } = await pool.query<UserRecord>(
    `select ${userFieldsSql} from users where ${where} ${after}
     order by ${order.key} ${order.direction}, users.id ${order.direction} limit ${limit + 1}`,
    [...values, ...placed],
  );
  const page = cutPage(rows, limit, (last) => [
    order.part === "time" ? (last.exactDeletedAt ?? "") : last.displayName,
    last.id,
  ]);
  const items = page.items.map(userView);
  if (!count) return { ...page, items };
  const counted = await pool.query<{ total: number }>(
    `select count(*)::int as total from users where ${where}`,
    values,
  );
  return { ...page, items, total: counted.rows[0]?.total ?? 0 };
}

type Order = {
  key: string;
  direction: "asc" | "desc";
  /** What the key of a later user is to that of an earlier one. */
  beyond: "<" | ">";
  part: CursorPart;
  /** SQL for the key in a cursor, which is the parameter `no`. */
  place: (no: number) => string;
};

const byName = {
  key: 'users.display_name collate "und-x-icu"',
  part: "text",
  place: (no: number) => `$${no}::text collate "und-x-icu"`,
} as const;

const orders: Record<NonNullable<UserQuery["sort"]>, Order> = {
  displayName: { ...byName, direction: "asc", beyond: ">" },
  "-displayName": { ...byName, direction: "desc", beyond: "<" },
  deletedAt: {
    key: "users.deleted_at",
    direction: "desc",
    beyond: "<",
    part: "time",
    // As text with its microseconds: a Date would cut them off, and the next page would begin in the wrong place.
    place: (no) => `$${no}::text::timestamptz`,
  },
};

const texts = textFieldNames.map((field) => `users.${userColumns[field]} as "${field}"`).join(", ");

const userFieldsSql = `users.id, users.customer_id as "customerId", ${texts}, users.account_enabled as "accountEnabled",
  users.version, users.created_at as "createdAt", users.deleted_at as "deletedAt",
  users.deleted_at::text as "exactDeletedAt",
  coalesce((select array_agg(role order by role) from role_assignments where user_id = users.id), '{}') as roles,
  coalesce((
    select json_agg(json_build_object('skuId', held.sku_id, 'skuPartNumber', products.sku_part_number,
      'disabledPlans', held.disabled_plans) order by products.sku_part_number)
    from license_assignments held
    join products on products.customer_id = held.customer_id and products.sku_id = held.sku_id
    where held.user_id = users.id), '[]') as licenses`;

/** The columns of a user, of `users`. */
export function userFields({ db }: CoreContext) {
  return db.sql.unsafe(userFieldsSql);
}

/** A user as the contract has it. */
export function userView(record: UserRecord): User {
  const { roles, deletedAt, createdAt, exactDeletedAt: _exact, ...user } = record;
  const held = directoryRoleNames.filter((role) => roles.includes(role));
  return {
    ...user,
    state: deletedAt === null ? "active" : "inactive",
    deletedAt: deletedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    permission: held.length === 0 ? "user" : held,
  };
}
