import { sql, type SqlText } from "../../../db/sql-text.ts";
import { inputColumns } from "../work-rows/input-columns.ts";
import {
  type ComparedBatch,
  type Decision,
  type PlannedOperation,
  planSql,
  wantedStates,
  type WantedState,
} from "./wanted-states.ts";

const input = inputColumns("input");

const wrongState: Record<WantedState["of"], readonly Decision[]> = {
  active: [{ when: sql`users.deleted_at is not null`, cause: "user_deleted" }],
  deleted: [{ when: sql`users.deleted_at is null`, cause: "user_active" }],
  either: [],
};

/**
 * SQL for what is decided of a row `input` of an operation whose user is `users`: a cause of `targetRefusals`, `unchanged`,
 * the operation's plan, or null where the row was refused as it was read.
 */
export function targetDecisionSql(operation: PlannedOperation, batch: ComparedBatch): SqlText {
  const { of, same, gone, missing = "user_unknown", refusedBy } = wantedStates[operation];
  const otherName: Decision = {
    when: sql`${input.objectId} is not null and lower(${input.userPrincipalName}) <> lower(users.user_principal_name)`,
    cause: "other_name",
  };
  return sql`case
      when ${input.code} is not null then null
      ${gone === undefined ? sql`` : sql`when users.id is null and ${gone(batch)} then 'unchanged'`}
      ${whenSql({ when: sql`users.id is null`, cause: missing })}
      ${whenSql(otherName)}
      when ${same(batch)} then 'unchanged'
      ${sql.join([...wrongState[of], ...refusedBy(batch)].map(whenSql), "\n      ")}
      else ${planSql(operation)}
    end`;
}

const whenSql = ({ when, cause }: Decision) => sql`when ${when} then ${sql.unsafe(`'${cause}'`)}`;
