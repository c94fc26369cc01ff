import type { TargetOperation } from "../../../contract/operations.ts";
import { prohibitedLocations } from "../../../licensing/license-rules.ts";
import { inputColumns } from "../work-rows/input-columns.ts";
import { takenSql, wantedNames, wantedStates } from "./wanted-states.ts";
import type { TargetCause } from "./target-refusals.ts";

const input = inputColumns("input");

/** SQL that is true of a row `input` with its user `users`, and what refuses the row then. */
type Decision = { when: string; cause: TargetCause };

const licensedSql = "exists (select from license_assignments held where held.user_id = users.id)";

const missesLocationSql = `users.usage_location is null and exists (
  select from unnest(${input.skuIds}) asked where asked not in (
    select sku_id from license_assignments held where held.user_id = users.id))`;

const prohibitedSql = `${input.usageLocation} in (${prohibitedLocations.map((code) => `'${code}'`).join(", ")})`;

const confirmsSql = `(lower(${input.displayName}) in (lower(users.display_name), lower(users.user_principal_name))
  or lower(${input.displayName}) = (select lower(name) from customers where id = $2))`;

// Where the user is gone for good, the audit still tells that it was this operation that was asked for before.
const removedSql = `exists (select from audit
  where audit.user_id = ${input.objectId} and audit.customer_id = $2 and audit.operation = 'remove_customer_user')`;

/** SQL that is true where a user who is not there is what the row asks for. */
const goneSql: Partial<Record<TargetOperation, string>> = { removeUsers: removedSql };

/** What refuses a row of each operation, once its user is found in the state that the operation is about; the first counts. */
const refusedBy: Record<TargetOperation, readonly Decision[]> = {
  updateUsers: [
    { when: takenSql(wantedNames.updateUsers), cause: "upn_taken" },
    { when: `'usage_location' = any(${input.cleared}) and ${licensedSql}`, cause: "usage_location_missing" },
    { when: `${prohibitedSql} and ${licensedSql}`, cause: "prohibited_in_location" },
  ],
  changePermissions: [],
  changeLicenses: [{ when: missesLocationSql, cause: "usage_location_missing" }],
  resetPasswords: [],
  deleteUsers: [],
  restoreUsers: [
    { when: "users.deleted_at <= $3", cause: "restore_expired" },
    { when: takenSql(wantedNames.restoreUsers), cause: "upn_taken" },
  ],
  removeUsers: [{ when: `not ${confirmsSql}`, cause: "confirmation_wrong" }],
};

const wrongState: Record<"active" | "deleted", Decision> = {
  active: { when: "users.deleted_at is not null", cause: "user_deleted" },
  deleted: { when: "users.deleted_at is null", cause: "user_active" },
};

/**
 * SQL for what is decided of a row `input` of an operation whose user is `users`: a cause of `targetRefusals`, `unchanged`,
 * the operation's plan, or null where the row was refused as it was read. `$1` is the batch, `$2` the customer, `$3` the
 * moment after which deleted users can be restored, `$4` the time.
 */
export function targetDecisionSql(operation: TargetOperation): string {
  const { of, plan, same } = wantedStates[operation];
  const gone = goneSql[operation];
  const otherName: Decision = {
    when: `${input.objectId} is not null and lower(${input.userPrincipalName}) <> lower(users.user_principal_name)`,
    cause: "other_name",
  };
  return `case
      when ${input.code} is not null then null
      ${gone === undefined ? "" : `when users.id is null and ${gone} then 'unchanged'`}
      ${whenSql({ when: "users.id is null", cause: "user_unknown" })}
      ${whenSql(otherName)}
      when ${same} then 'unchanged'
      ${[wrongState[of], ...refusedBy[operation]].map(whenSql).join("\n      ")}
      else '${plan}'
    end`;
}

const whenSql = ({ when, cause }: Decision) => `when ${when} then '${cause}'`;
