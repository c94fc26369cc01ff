import { operations, type TargetOperation } from "../../../contract/operations.ts";
import { prohibitedLocations } from "../../../licensing/license-rules.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import { inputColumns } from "../work-rows/input-columns.ts";
import { sameLicensesSql, sameRolesSql } from "../work-rows/matches-sql.ts";
import { comparedFields, sameFieldsSql, userColumns } from "../../sql/user-columns.ts";
import { asLeftSql, changedMeanwhileSql, undoSql } from "./left-by-batch.ts";
import type { TargetCause } from "./target-refusals.ts";

/** SQL that is true of a row `input` with its user `users`, and what refuses the row then. */
export type Decision = { when: SqlText; cause: TargetCause };

/** What the plan and the run of a batch know when they compare its rows with their users. */
export type ComparedBatch = { id: string; customerId: string; restorableSince: Date; now: Date };

/** The operations whose rows are compared with users who are there already. */
export type PlannedOperation = TargetOperation | "undoBatch";

/** Which users an operation is about, what they are like once it is done, and what refuses a row about one of them. */
export type WantedState = {
  /** Users who are there, those who are deleted, or each row by itself. */
  of: "active" | "deleted" | "either";
  /** SQL that is true where the user `users` is in all that the row `input` asks for. */
  same: (batch: ComparedBatch) => SqlText;
  /** What refuses a row whose user is in the state that the operation is about; the first counts. */
  refusedBy: (batch: ComparedBatch) => readonly Decision[];
  /** SQL for the username that the user `users` is to have by the row, null where it stays; of operations that give names. */
  name?: SqlText;
  /** SQL that is true where a user who is not there is what the row asks for. */
  gone?: (batch: ComparedBatch) => SqlText;
  /** What refuses a row whose user is not there; `user_unknown` unless told. */
  missing?: TargetCause;
};

const input = inputColumns("input");

const clearedSql = sql.join(
  comparedFields
    .map((field) => sql.unsafe(userColumns[field]))
    .map((column) => sql`('${column}' <> all (${input.cleared}) or users.${column} is null)`),
  " and ",
);

const sameUserSql = sql`${sameFieldsSql("input", "users")}
  and (${input.newName} is null or ${input.newName} = users.user_principal_name)
  and (${input.cleared} = '{}' or (${clearedSql}))`;

const notRemovedSql = sql`(${input.removedSkuIds} = '{}' or not exists (
  select from license_assignments held where held.user_id = users.id and held.sku_id = any(${input.removedSkuIds})))`;

// The same file once more is no wish for other passwords: those of the first time are there to be handed out.
const sameFileSql = ({ id, now }: ComparedBatch) => sql`exists (
  select from temporary_passwords kept
  join batches earlier on earlier.id = kept.batch_id
  join batches this on this.id = ${id} and this.file_hash = earlier.file_hash and this.operation = earlier.operation
  where kept.user_id = users.id and earlier.id <> this.id and kept.expires_at > ${now})`;

const licensedSql = sql`exists (select from license_assignments held where held.user_id = users.id)`;

const missesLocationSql = sql`users.usage_location is null and exists (
  select from unnest(${input.skuIds}) asked where asked not in (
    select sku_id from license_assignments held where held.user_id = users.id))`;

const prohibitedCodes = sql.unsafe(prohibitedLocations.map((code) => `'${code}'`).join(", "));
const prohibitedSql = sql`${input.usageLocation} in (${prohibitedCodes})`;

const confirmsSql = ({
  customerId,
}: ComparedBatch) => sql`(lower(${input.displayName}) in (lower(users.display_name), lower(users.user_principal_name))
  or lower(${input.displayName}) = (select lower(name) from customers where id = ${customerId}))`;

// Where the user is gone for good, the audit still tells that it was this operation that was asked for before.
const removedSql = ({ customerId }: ComparedBatch) => sql`exists (select from audit
  where audit.user_id = ${input.objectId} and audit.customer_id = ${customerId} and audit.operation = 'remove_customer_user')`;

const restoredName = sql`coalesce(${input.newName}, users.user_principal_name)`;

/** SQL that is true where an active user other than `users` has the username that the SQL expression `name` gives. */
export function takenSql(name: SqlText): SqlText {
  return sql`exists (
    select from users other
    where lower(other.user_principal_name) = lower(${name}) and other.deleted_at is null and other.id <> users.id)`;
}

const undoneNameSql = sql`coalesce(${input.newName}, case when ${undoSql} = 'restore' then users.user_principal_name end)`;

// What the row puts back may be the location itself, or the licenses that need one.
const lacksLocationSql = sql`${undoSql} = 'update'
  and (${input.usageLocation} is null and users.usage_location is null and ${input.skuIds} <> '{}'
    or 'usage_location' = any(${input.cleared}) and exists (
      select from license_assignments held
      where held.user_id = users.id and held.sku_id <> all(${input.removedSkuIds})))`;

/** The wanted state of each operation on users who are there already. */
export const wantedStates: Record<PlannedOperation, WantedState> = {
  updateUsers: {
    of: "active",
    same: () => sameUserSql,
    name: input.newName,
    refusedBy: () => [
      { when: takenSql(input.newName), cause: "upn_taken" },
      { when: sql`'usage_location' = any(${input.cleared}) and ${licensedSql}`, cause: "usage_location_missing" },
      { when: sql`${prohibitedSql} and ${licensedSql}`, cause: "prohibited_in_location" },
    ],
  },
  changePermissions: { of: "active", same: () => sameRolesSql("input", "users"), refusedBy: () => [] },
  changeLicenses: {
    of: "active",
    same: () => sql`${sameLicensesSql("input", "users")} and ${notRemovedSql}`,
    refusedBy: () => [{ when: missesLocationSql, cause: "usage_location_missing" }],
  },
  resetPasswords: { of: "active", same: sameFileSql, refusedBy: () => [] },
  deleteUsers: { of: "active", same: () => sql`users.deleted_at is not null`, refusedBy: () => [] },
  restoreUsers: {
    of: "deleted",
    same: () => sql`users.deleted_at is null
      and (${input.newName} is null or lower(${input.newName}) = lower(users.user_principal_name))`,
    name: restoredName,
    refusedBy: ({ restorableSince }) => [
      { when: sql`users.deleted_at <= ${restorableSince}`, cause: "restore_expired" },
      { when: takenSql(restoredName), cause: "upn_taken" },
    ],
  },
  removeUsers: {
    of: "deleted",
    same: () => sql`false`,
    gone: removedSql,
    refusedBy: (batch) => [{ when: sql`not ${confirmsSql(batch)}`, cause: "confirmation_wrong" }],
  },
  undoBatch: {
    of: "either",
    same: () => sql`case ${undoSql}
      when 'delete' then users.deleted_at is not null
      when 'restore' then users.deleted_at is null
      else users.deleted_at is null and ${sameUserSql} and ${sameRolesSql("input", "users")}
        and ${sameLicensesSql("input", "users")} and ${notRemovedSql} end`,
    name: undoneNameSql,
    gone: () => sql`${undoSql} = 'delete'`,
    missing: "removed_for_good",
    refusedBy: ({ id, restorableSince }) => [
      { when: changedMeanwhileSql, cause: "changed_meanwhile" },
      { when: sql`not ${asLeftSql(id)}`, cause: "changed_since" },
      { when: sql`${undoSql} = 'restore' and users.deleted_at <= ${restorableSince}`, cause: "restore_expired" },
      { when: takenSql(undoneNameSql), cause: "upn_taken" },
      { when: lacksLocationSql, cause: "usage_location_missing" },
    ],
  },
};

/** SQL for what a row `input` of the operation is planned as, where nothing is in its way. */
export function planSql(operation: PlannedOperation): SqlText {
  if (operation === "undoBatch") return undoSql;
  const [plan] = operations[operation].plans;
  return sql.unsafe(`'${plan}'`);
}
