import type { Tx } from "../../../db/in-transaction.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import { inputTable, type PlanScope } from "../work-rows/plan-scope.ts";
import { workRows } from "../work-rows/work-table.ts";
import { inputColumns } from "../work-rows/input-columns.ts";
import { holdersSql } from "./holders-sql.ts";

const input = inputColumns("input");

/** Rows up to which the statistics of the temporary tables are not worth their time. */
const fewRows = 1000;
/** Names up to which the other rows are looked through for those like them, and not all of them noted. */
const fewNames = 20;

const tablesSql = [
  sql`set local client_min_messages = warning`,
  sql`create temporary table if not exists built_names (
     row_no int not null, base text collate "C" not null, display_name text, well boolean not null
   ) on commit delete rows`,
  sql`create temporary table if not exists file_names (
     name text collate "C" primary key, row_no int not null, given boolean not null
   ) on commit delete rows`,
  sql`create temporary table if not exists open_names (
     base text collate "C", row_no int, display_name text, well boolean not null, primary key (base, row_no)
   ) on commit delete rows`,
];

/**
 * Fills the transaction's own tables `file_names`, with every name that stands in the file or was built for one of its
 * rows, and `open_names`, with the rows whose built name is not simply theirs: others want it, somebody has it, or a
 * user has the same display name. Gives how many names were built; the tables are there only where that is more than none.
 */
export async function findOpenNames(
  tx: Tx,
  batch: { id: string; customerId: string },
  restorableSince: Date,
  scope: PlanScope,
): Promise<number> {
  const [some] = await tx.rows<{ some: boolean }>(
    sql`select exists (select from ${builtInputsSql(batch.id, scope)}) as some`,
  );
  if (some?.some !== true) return 0;
  for (const table of tablesSql) await tx.rows(table);
  return await fillTables(tx, batch, restorableSince, scope);
}

async function fillTables(
  tx: Tx,
  batch: { id: string; customerId: string },
  restorableSince: Date,
  scope: PlanScope,
): Promise<number> {
  const [counted] = await tx.rows<{ built: number }>(builtSql(batch.id, scope));
  const built = counted?.built ?? 0;
  if (built > fewRows) await tx.rows(sql`analyze built_names`);
  await tx.rows(givenSql(batch.id, scope));
  if (scope.rows === "some") await tx.rows(othersSql(batch.id, built > fewNames ? sql`` : likeBuiltSql));
  await tx.rows(basesSql);
  if (built > fewRows) await tx.rows(sql`analyze file_names`);
  await tx.rows(openNamesSql(batch.customerId, restorableSince));
  if (built > fewRows) await tx.rows(sql`analyze open_names`);
  return built;
}

/** SQL for the inputs that the plan is about and for which `condition` holds, from the table's name on. */
function thoseSql(batchId: string, scope: PlanScope, condition: SqlText): SqlText {
  const { table, where } = inputTable(scope, batchId);
  return sql`${table} input where ${where} and ${condition}`;
}

const builtInputsSql = (batchId: string, scope: PlanScope) => thoseSql(batchId, scope, sql`${input.built} is not null`);

const builtSql = (batchId: string, scope: PlanScope) => sql`
with copied as (
  insert into built_names
  select ${input.rowNo}, lower(${input.built}), ${input.displayName}, ${input.code} is null
  from ${builtInputsSql(batchId, scope)}
  returning 1
) select count(*)::int as built from copied`;

const givenSql = (batchId: string, scope: PlanScope) => sql`
insert into file_names
select lower(${input.userPrincipalName}), min(${input.rowNo}), true
from ${thoseSql(batchId, scope, sql`${input.built} is null and ${input.userPrincipalName} is not null`)}
group by 1`;

const othersSql = (batchId: string, like: SqlText) => sql`
insert into file_names
select lower(user_principal_name), min(row_no), true from rows
where batch_id = ${batchId} and user_principal_name is not null
  and not exists (select from ${workRows} input where ${input.rowNo} = rows.row_no) ${like}
group by 1 on conflict (name) do nothing`;

/** Names that begin like one that was built: with its number, it may be the same. */
const likeBuiltSql = sql`and exists (
  select from built_names where starts_with(lower(user_principal_name), left(split_part(base, '@', 1), 50)))`;

const basesSql = sql`
insert into file_names select base, min(row_no), false from built_names group by 1 on conflict (name) do nothing`;

const openNamesSql = (customerId: string, restorableSince: Date) => sql`
insert into open_names
select built.base, built.row_no, built.display_name, built.well
from built_names built
join (select base, count(*) as times from built_names group by base) bases on bases.base = built.base
join file_names on file_names.name = built.base
left join lateral (
  select true as taken from ${holdersSql(sql`built.base`, restorableSince)} holders limit 1
) holder on true
left join lateral (
  select true as known from users
  where customer_id = ${customerId} and deleted_at is null and display_name collate "und-x-icu" = built.display_name
    -- Asked once: a customer without users is spared a probe a row.
    and (select exists (select from users where customer_id = ${customerId} and deleted_at is null))
  limit 1
) person on true
where bases.times > 1 or file_names.given or holder.taken or person.known`;
