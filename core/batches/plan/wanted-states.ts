import type { RowPlan } from "../../../contract/batch.ts";
import type { TargetOperation } from "../../../contract/operations.ts";
import { inputColumns } from "../work-rows/input-columns.ts";
import { sameLicensesSql, sameRolesSql } from "../work-rows/matches-sql.ts";
import { comparedFields, sameFieldsSql, userColumns } from "../../sql/user-columns.ts";

/** Which users an operation is about, and what they are like once it is done. */
export type WantedState = {
  /** Users who are there, or those who are deleted. */
  of: "active" | "deleted";
  plan: RowPlan;
  /** SQL that is true where the user `users` is in all that the row `input` asks for; `$1` is the batch, `$4` the time. */
  same: string;
};

const input = inputColumns("input");

const clearedSql = comparedFields
  .map((field) => userColumns[field])
  .map((column) => `('${column}' <> all (${input.cleared}) or users.${column} is null)`)
  .join(" and ");

const sameUserSql = `${sameFieldsSql("input", "users")}
  and (${input.newName} is null or ${input.newName} = users.user_principal_name)
  and (${input.cleared} = '{}' or (${clearedSql}))`;

const notRemovedSql = `not exists (
  select from license_assignments held where held.user_id = users.id and held.sku_id = any(${input.removedSkuIds}))`;

// The same file once more is no wish for other passwords: those of the first time are there to be handed out.
const sameFileSql = `exists (
  select from temporary_passwords kept
  join batches earlier on earlier.id = kept.batch_id
  join batches this on this.id = $1 and this.file_hash = earlier.file_hash and this.operation = earlier.operation
  where kept.user_id = users.id and earlier.id <> this.id and kept.expires_at > $4)`;

/** SQL for the username that the user `users` is to have by the row `input`, null where it stays; of operations that give names. */
export const wantedNames = {
  updateUsers: input.newName,
  restoreUsers: `coalesce(${input.newName}, users.user_principal_name)`,
} as const;

/** SQL that is true where an active user other than `users` has the username that the SQL expression `name` gives. */
export function takenSql(name: string): string {
  return `exists (
    select from users other
    where lower(other.user_principal_name) = lower(${name}) and other.deleted_at is null and other.id <> users.id)`;
}

/** The wanted state of each operation on users who are there already. */
export const wantedStates: Record<TargetOperation, WantedState> = {
  updateUsers: { of: "active", plan: "update", same: sameUserSql },
  changePermissions: { of: "active", plan: "update", same: sameRolesSql("input", "users") },
  changeLicenses: {
    of: "active",
    plan: "update",
    same: `${sameLicensesSql("input", "users")} and ${notRemovedSql}`,
  },
  resetPasswords: { of: "active", plan: "reset", same: sameFileSql },
  deleteUsers: { of: "active", plan: "delete", same: "users.deleted_at is not null" },
  restoreUsers: {
    of: "deleted",
    plan: "restore",
    same: `users.deleted_at is null
      and (${input.newName} is null or lower(${input.newName}) = lower(users.user_principal_name))`,
  },
  removeUsers: { of: "deleted", plan: "remove", same: "false" },
};
