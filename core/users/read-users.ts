import { textFieldNames } from "../../contract/fields.ts";
import { directoryRoleNames } from "../../contract/permissions.ts";
import type { Page, PageQuery } from "../../contract/paging.ts";
import type { User } from "../../contract/user.ts";
import type { CoreContext } from "../context.ts";
import { cutPage, unpackCursor } from "../paging.ts";
import { userColumns } from "../sql/user-columns.ts";

export type UserFilter = PageQuery & {
  state: "active" | "inactive";
  /** The beginning of a name or sign-in name, or any part of one. */
  q?: string | undefined;
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
export async function listUsers(context: CoreContext, customerId: string, filter: UserFilter): Promise<Page<User>> {
  const { sql } = context.db;
  const order = filter.sort ?? (filter.state === "active" ? "displayName" : "deletedAt");
  const q = filter.q?.trim().toLowerCase() ?? "";
  const where = sql`users.customer_id = ${customerId}
    and ${filter.state === "active" ? sql`users.deleted_at is null` : sql`users.deleted_at is not null`}
    ${
      q === ""
        ? sql``
        : sql`and (position(${q} in lower(users.display_name)) > 0
      or position(${q} in lower(users.user_principal_name)) > 0)`
    }`;
  const place = unpackCursor(filter.cursor, [order === "deletedAt" ? "time" : "text", "id"]);
  const [key, id] = place ?? [];
  const name = sql`users.display_name collate "und-x-icu"`;
  const [after, sorted] =
    order === "deletedAt"
      ? [
          sql`and (users.deleted_at, users.id) < (${key ?? ""}::text::timestamptz, ${id ?? ""}::uuid)`,
          sql`users.deleted_at desc, users.id desc`,
        ]
      : order === "displayName"
        ? [sql`and (${name}, users.id) > (${key ?? ""} collate "und-x-icu", ${id ?? ""}::uuid)`, sql`${name}, users.id`]
        : [
            sql`and (${name}, users.id) < (${key ?? ""} collate "und-x-icu", ${id ?? ""}::uuid)`,
            sql`${name} desc, users.id desc`,
          ];
  const records = await sql<UserRecord[]>`
    select ${userFields(context)} from users
    where ${where} ${place === null ? sql`` : after}
    order by ${sorted} limit ${filter.limit + 1}`;
  // A Date would cut the microseconds off, and the next page would begin in the wrong place; so would a parameter that
  // postgres.js takes for a timestamp, hence the text in between.
  const page = cutPage(records, filter.limit, (last) => [
    order === "deletedAt" ? (last.exactDeletedAt ?? "") : last.displayName,
    last.id,
  ]);
  const items = page.items.map(userView);
  if (!filter.count) return { ...page, items };
  const [counted] = await sql<{ total: number }[]>`select count(*)::int as total from users where ${where}`;
  return { ...page, items, total: counted?.total ?? 0 };
}

/** The columns of a user, of `users`. */
export function userFields(context: CoreContext) {
  const { sql } = context.db;
  const texts = textFieldNames.map((field) => `users.${userColumns[field]} as "${field}"`).join(", ");
  return sql`users.id, users.customer_id as "customerId", ${sql.unsafe(texts)}, users.account_enabled as "accountEnabled",
    users.version, users.created_at as "createdAt", users.deleted_at as "deletedAt",
    users.deleted_at::text as "exactDeletedAt",
    coalesce((select array_agg(role order by role) from role_assignments where user_id = users.id), '{}') as roles,
    coalesce((
      select json_agg(json_build_object('skuId', held.sku_id, 'skuPartNumber', products.sku_part_number,
        'disabledPlans', held.disabled_plans) order by products.sku_part_number)
      from license_assignments held
      join products on products.customer_id = held.customer_id and products.sku_id = held.sku_id
      where held.user_id = users.id), '[]') as licenses`;
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
