import { recordsSql } from "../../../audit/records-sql.ts";
import { workColumns, workRows } from "../../work-rows/work-table.ts";
import { sql, type SqlText } from "../../../../db/sql-text.ts";
import type { Who } from "../../../actor.ts";
import { holdTargets } from "./hold-targets.ts";
import type { Operate } from "../../work-rows/outcome.ts";

/**
 * Removes deleted users for good, with all that is kept of them but the audit trail. Users who are gone already end
 * `unchanged`.
 *
 * Causes: user_gone where the user is no longer deleted, changed_meanwhile.
 */
export const removeUsers: Operate = async (tx, work) => {
  const ended = await holdTargets(tx, work, "removeUsers", "remove");
  work.onStep("remove");
  await tx.rows(removeSql(goingSql, work));
  return ended;
};

const input = workColumns("input");

const goingSql = sql`select ${input.userId} as id, ${input.rowNo} from ${workRows} input`;

/** SQL that removes the users of `going` (`id`, `row_no`) with all that hangs on them. */
export const removeSql = (
  going: SqlText,
  { actor, batchId }: { actor: Pick<Who, "id" | "name">; batchId: string | null },
) => sql`
with going as (${going}), licenses as (
  delete from former_licenses where user_id in (select id from going)
), passwords as (
  delete from temporary_passwords where user_id in (select id from going)
), removed as (
  delete from users using going where users.id = going.id
  returning going.row_no, users.id, users.customer_id, users.user_principal_name, users.display_name, users.deleted_at
)
${recordsSql("remove_customer_user", {
  actor,
  customer: sql`customer_id`,
  batch: sql`${batchId}::uuid`,
  row: sql`row_no`,
  user: sql`id`,
  before: sql`json_build_object('userPrincipalName', user_principal_name, 'displayName', display_name,
    'deletedAt', deleted_at)`,
})}
from removed returning id`;
