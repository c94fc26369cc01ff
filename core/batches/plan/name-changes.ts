import { fieldLabel, type FieldName, textFieldNames } from "../../../contract/fields.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import { actorNameSql } from "../../audit/actor-name-sql.ts";
import { inputsSql, type PlanScope } from "../work-rows/plan-scope.ts";
import {
  changedFieldsSql,
  deletedSinceSql,
  otherLicensesSql,
  otherRolesSql,
  turnedSql,
  turnsSql,
  undoInputsSql,
} from "./left-by-batch.ts";
import { daySql, quotedNameSql, refusalsSql, refusalTextSql } from "./refusals.ts";
import { targetRefusals } from "./target-refusals.ts";

const fields: FieldName[] = [...textFieldNames, "accountEnabled", "permission", "licenses"];
const things = [...fields, "deleted", "reset", "turned"];
const labels = [...fields.map(fieldLabel), "State (deleted)", "Password", "State (deleted and restored)"];
// No column of a row is about these.
const unseen = ["deleted", "reset", "turned"];

/**
 * Says of the rows of an undo that were planned `changed_since` which values are no longer those that the undone batch left,
 * who changed one of them last and on which day.
 */
export async function nameChanges(tx: Tx, batchId: string, scope: PlanScope): Promise<void> {
  await tx.rows(nameSql(batchId, scope));
}

const sentenceSql = sql.unsafe(
  refusalTextSql({ who: quotedNameSql("who"), what: "what", by: "by_whom", day: daySql("at") }),
);
const refusedSql = sql.unsafe(refusalsSql({ changed_since: targetRefusals.changed_since }));

/** What of an audit record is about one of the things in `differing`. */
const aboutSql = sql`case
  when operation in ('add_user_member', 'remove_user_member') then 'permission' = any(differing)
  when operation = 'update_customer_user_licenses' or after -> 'added' is not null and 'licenses' = any(differing)
    then 'licenses' = any(differing)
  when operation = 'reset_customer_user_password' then 'reset' = any(differing)
  when ${turnsSql} then differing && '{deleted,turned}'
  when before is not null and after is not null then exists (
    select from unnest(differing) thing where before::jsonb -> thing is distinct from after::jsonb -> thing)
  else false end`;

const nameSql = (batchId: string, scope: PlanScope) => sql`
with kept as materialized (
  select results.row_no, results.user_id, users.user_principal_name as who, array(
      ${changedFieldsSql}
      union all select 'permission' where ${otherRolesSql}
      union all select 'licenses' where ${otherLicensesSql}
      union all select 'deleted' where ${deletedSinceSql}
      union all select case turned when 'reset_customer_user_password' then 'reset' else 'turned' end
        where turned is not null and not ${deletedSinceSql}
    ) as differing
  from row_results results
  cross join lateral ${undoInputsSql(sql`(select * from ${inputsSql(scope, batchId)} one where one.row_no = results.row_no)`)} input
  join users on users.id = results.user_id
  cross join lateral (select ${turnedSql(batchId)} as turned offset 0) latest
  where results.batch_id = ${batchId} and results.code = 'changed_since' and results.state = 'failed'
), named as (
  select row_no, who, told.what, told.field, last.at, last.by_whom
  from kept cross join lateral (
    select string_agg(label, ', ' order by place) as what, (array_agg(name order by place))[1] as field
    from unnest(${things}::text[], ${labels}::text[]) with ordinality thing (name, label, place)
    where name = any(differing)
  ) told left join lateral (
    select at, ${sql.unsafe(actorNameSql)} as by_whom from audit
    where audit.user_id = kept.user_id and status = 'succeeded'
      and audit.batch_id is distinct from (select undoes from batches where id = ${batchId}) and ${aboutSql}
    order by at desc, id desc limit 1
  ) last on true
)
update row_results results
set field = case when named.field = any(${unseen}) then results.field else named.field end, message = named.message
from (select named.row_no, named.field, ${sentenceSql} as message from named cross join ${refusedSql}) named
where results.batch_id = ${batchId} and results.row_no = named.row_no`;
