import { textFieldNames } from "../../../contract/fields.ts";
import { directoryRoleNames } from "../../../contract/permissions.ts";
import type { User } from "../../../contract/user.ts";
import type { CoreContext } from "../../context.ts";
import { userColumns } from "../../sql/user-columns.ts";

/** A user as `userFields` select it. */
export type UserRecord = Omit<User, "deletedAt" | "createdAt" | "permission" | "state"> & {
  deletedAt: Date | null;
  createdAt: Date;
  roles: string[];
};

/** Gives one user of the customer, active or deleted, or null where there is none. */
export async function getUser(context: CoreContext, customerId: string, userId: string): Promise<User | null> {
  const { sql } = context.db;
  const [record] = await sql<UserRecord[]>`
    select ${userFields(context)} from users where id = ${userId} and customer_id = ${customerId}`;
  return record === undefined ? null : userView(record);
}

const texts = textFieldNames.map((field) => `users.${userColumns[field]} as "${field}"`).join(", ");

/** SQL for the columns of a user, of `users`. */
export const userFieldsSql = `users.id, users.customer_id as "customerId", ${texts}, users.account_enabled as "accountEnabled",
  users.version, users.created_at as "createdAt", users.deleted_at as "deletedAt",
  coalesce((select array_agg(role order by role) from role_assignments where user_id = users.id), '{}') as roles,
  coalesce((
    select json_agg(json_build_object('skuId', held.sku_id, 'skuPartNumber', products.sku_part_number,
      'name', products.name,       'disabledPlans', held.disabled_plans) order by products.sku_part_number)
    from license_assignments held
    join products on products.customer_id = held.customer_id and products.sku_id = held.sku_id
    where held.user_id = users.id), '[]') as licenses`;

/** The columns of a user, of `users`. */
export function userFields({ db }: CoreContext) {
  return db.sql.unsafe(userFieldsSql);
}

/** A user as the contract has it. */
export function userView(record: UserRecord): User {
  const { roles, deletedAt, createdAt, ...user } = record;
  const held = directoryRoleNames.filter((role) => roles.includes(role));
  return {
    ...user,
    state: deletedAt === null ? "active" : "inactive",
    deletedAt: deletedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    permission: held.length === 0 ? "user" : held,
  };
}
