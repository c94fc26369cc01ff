import { textFieldNames } from "../../../contract/fields.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import { columnName } from "../../sql/user-columns.ts";
import { inputColumns } from "../work-rows/input-columns.ts";
import { workColumns, workRows } from "../work-rows/work-table.ts";
import { type UndoneBatch, undoneRecordsSql } from "./undone-records-sql.ts";

const { undone } = inputColumns("input");

/**
 * SQL for inputs of an undo with what each undoes as `undo`, taken apart once for each row. It holds what is to become of the
 * user, and what the undone batch left there:
 *
 * - `undo`: `delete`, `restore` or `update`
 * - `left`: the fields that it wrote, by name; of a user that it made all that are not empty, which `filled` says. Nothing is
 *   kept of one whom nobody had changed when it was planned; `noteLeft` adds it
 * - `at`: when it made, restored or deleted the user, where it did; kept along with `left`
 * - `roles`: the directory roles that it left, where it wrote any
 * - `skus`: the products of all licenses of a user that it made
 * - `licenses`: those of other users that it gave or changed, with the service plans that are off, or null where the audit does
 *   not tell; `without`: those that it took away
 */
export function undoInputsSql(inputs: SqlText): SqlText {
  return sql`(select *, ${undone}::jsonb as undo from ${inputs} input offset 0)`;
}

/** SQL for the same of a line of `undoneRecordsSql`. */
export const undoneSql = sql`concat('{"undo":"', kind, '"', ',"left":' || left_fields::text,
  case when left_fields is not null then ',"at":' || to_json(turned_at)::text end, ',"roles":' || left_roles::text,
  case when kind = 'delete' and whole then ',"filled":true' end,
  case when kind = 'delete' then concat(',"skus":', coalesce(left_skus, '[]'))
    when coalesce(left_licenses, left_without) is not null
    then concat(',"licenses":', coalesce(left_licenses, '{}'), ',"without":', coalesce(left_without, '[]')) end, '}')::json`;

const work = workColumns("work");

/** Reads from the audit what the undone batch left of those users in the work table of whom the plan of the undo kept nothing. */
export async function noteLeft(tx: Tx, undo: { id: string; customerId: string }): Promise<void> {
  const [batch] = await tx.rows<UndoneBatch>(sql`
    select undone.id, undone.created_at as "createdAt" from batches undo join batches undone on undone.id = undo.undoes
    where undo.id = ${undo.id} and exists (select from ${workRows} work where ${unnoted})`);
  if (batch === undefined) return;
  const those = sql`(row_no, user_id) in (select ${work.rowNo}, ${work.objectId} from ${workRows} work where ${unnoted})`;
  await tx.rows(sql`
    update ${workRows} work set undone = ${undoneSql}
    from (${undoneRecordsSql(undo.customerId, batch, those)} offset 0) records
    where ${work.rowNo} = records.row_no and left_fields is not null`);
}

const unnoted = sql`not ${work.undone}::jsonb ? 'left'`;

const fields = [...textFieldNames, "accountEnabled"];
const columns = fields.map((field) => `users.${columnName(field)}`);

/** SQL for what a row `input` of an undo makes of its user. */
export const undoSql = sql`(input.undo ->> 'undo')`;

const currentSql = sql`jsonb_build_object(${sql.unsafe(fields.map((field, at) => `'${field}', ${columns[at]}`).join(", "))})`;
const filledSql = sql`num_nonnulls(${sql.unsafe(columns.join(", "))})`;
const otherFieldsSql = sql`(not ${currentSql} @> (input.undo -> 'left')
  or input.undo ? 'filled' and ${filledSql} <> (select count(*) from jsonb_object_keys(input.undo -> 'left')))`;

/** SQL for the fields of the user `users` that are no longer as the undone batch left them, by name. */
export const changedFieldsSql = sql`select key from jsonb_each(${currentSql})
  where case when input.undo -> 'left' ? key then value <> input.undo -> 'left' -> key
    else input.undo ? 'filled' and value <> 'null' end`;

/** SQL that is true where the user `users` is deleted, and the undone batch did not do it. */
export const deletedSinceSql = sql`(users.deleted_at is not null and ${undoSql} <> 'restore')`;

/** SQL that is true where the user `users` holds other roles than the undone batch left. */
export const otherRolesSql = sql`(input.undo ? 'roles' and input.undo -> 'roles' <> (
  select coalesce(jsonb_agg(held.role order by held.role), '[]') from role_assignments held
  where held.user_id = users.id))`;

/** SQL that is true where the user `users` holds other licenses than the undone batch left. */
export const otherLicensesSql = sql`case
  when input.undo ? 'skus' then array(select distinct jsonb_array_elements_text(input.undo -> 'skus')::uuid order by 1) <> array(
    select held.sku_id from license_assignments held where held.user_id = users.id order by 1)
  when input.undo ? 'licenses' then exists (
      select from jsonb_each(input.undo -> 'licenses') given left join lateral (
        select disabled_plans from license_assignments where user_id = users.id and sku_id = given.key::uuid offset 0
      ) held on true
      where held.disabled_plans is null or given.value <> 'null' and to_jsonb(held.disabled_plans) <> given.value)
    or exists (
      select from license_assignments held where held.user_id = users.id and input.undo -> 'without' ? held.sku_id::text)
  else false end`;

const turns = ["reset_customer_user_password", "delete_customer_user", "restore_customer_user"];

/** SQL that is true of an audit record that resets a user, or deletes or restores one: no field of the user tells of it. */
export const turnsSql = sql`operation = any(${turns}::text[])`;

// The records of the user `users` that tell whether it is there.
const turnsOfUserSql = sql`from audit
    where audit.user_id = users.id and status = 'succeeded' and (${turnsSql} or operation = 'create_customer_user')`;

const undoesSql = (undoId: string) => sql`(select undoes from batches where id = ${undoId})`;

/**
 * SQL for the latest such record of the user `users` where it is about one whom the undone batch made, restored or deleted and
 * is not of that batch: its operation. `undoId` is the undo.
 */
export const turnedSql = (undoId: string): SqlText => sql`case when ${undoSql} <> 'update' then (
  select case when latest.batch_id is distinct from ${undoesSql(undoId)} then latest.operation end
  from (select batch_id, operation ${turnsOfUserSql} order by at desc, id desc limit 1) latest) end`;

// Whether there is one, of all that are later than the one of that batch. A plan that was made by an earlier version of Muster does
// not know when that was.
const isTurnedSql = (undoId: string) => sql`(${undoSql} <> 'update' and exists (
  select ${turnsOfUserSql} and batch_id is distinct from ${undoesSql(undoId)}
    and at > coalesce((input.undo ->> 'at')::timestamptz, (
      select max(at) ${turnsOfUserSql} and batch_id = ${undoesSql(undoId)}), '-infinity')))`;

/** SQL that is true where the user `users` was changed between the statements of a plan, which kept nothing of it. */
export const changedMeanwhileSql = sql`(users.version <> 1 and not input.undo ? 'left')`;

/**
 * SQL that is true where the user `users` is as the undone batch left it. Each change of a user counts its version up, so that
 * one in its first version is as it was made, and nothing of it need be compared; nor where the batch left no field behind.
 */
export const asLeftSql = (undoId: string): SqlText => sql`(users.version = 1 or not ${deletedSinceSql}
  and (input.undo -> 'left' = '{}' or not ${otherFieldsSql}) and not ${otherRolesSql} and not ${otherLicensesSql}
  and not ${isTurnedSql(undoId)})`;
