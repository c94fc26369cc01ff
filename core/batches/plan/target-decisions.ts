import { operations, type TargetOperation } from "../../../contract/operations.ts";
import { inputColumns } from "../work-rows/input-columns.ts";
import { type Decision, wantedStates } from "./wanted-states.ts";

const input = inputColumns("input");

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
  const { of, same, gone, refusedBy } = wantedStates[operation];
  const [plan] = operations[operation].plans;
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
      ${[wrongState[of], ...refusedBy].map(whenSql).join("\n      ")}
      else '${plan}'
    end`;
}

const whenSql = ({ when, cause }: Decision) => `when ${when} then '${cause}'`;
