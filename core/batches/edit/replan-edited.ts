import { quoteValue, type Cause } from "../../../contract/codes.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import type { Actor } from "../../actor.ts";
import type { CoreContext } from "../../context.ts";
import { basesOf } from "../plan/name-numbers.ts";
import { planChanged } from "../plan/plan-changed.ts";
import type { Reading, RowInput } from "../../../files/rows/row-input.ts";
import type { ReadBatchHead } from "../work-rows/batch-head.ts";
import { addStored } from "../work-rows/add-stored.ts";
import { keepInputs } from "../work-rows/keep-inputs.ts";
import { workColumns, workRows } from "../work-rows/work-table.ts";
import { rowText } from "../../sql/row-text.ts";

const input = workColumns("input");

/**
 * Rows whose cells were changed, which are in the work table as they are read now, and the names that they had before and
 * have now, in small letters.
 */
export type Edited = { table: ReadBatchHead; reading: Reading; rowNos: readonly number[]; names: readonly string[] };

/**
 * Plans changed rows of a batch that is `ready` again, with every row that has, had or would have been given one of their
 * names, before the change or after it.
 */
export async function replanEdited(
  context: CoreContext,
  tx: Tx,
  actor: Actor,
  { table, reading, rowNos, names }: Edited,
): Promise<void> {
  const built = [...names, ...names.flatMap(basesOfUpn)];
  const named = sql`rows where rows.batch_id = ${table.id} and rows.row_no <> all(${rowNos}::int[])
    and (lower(rows.user_principal_name) = any(${names}::text[]) or lower(rows.built) = any(${built}::text[]))`;
  await addStored(tx, reading, named);
  await planChanged(context, tx, { ...table, actor });
}

/** A name that comes free, or is taken, moves the numbers of those that are built like it. */
function basesOfUpn(name: string): string[] {
  const [local = "", domain = ""] = name.split("@");
  return basesOf(local).map((base) => `${base}@${domain}`);
}

/** The names that a row has, in small letters. */
export function namesOf({ values, built }: RowInput): string[] {
  return [values.userPrincipalName, built].flatMap((name) => (typeof name === "string" ? [name.toLowerCase()] : []));
}

/**
 * Says of changed rows that had failed what is wrong with them now, or that they wait for a retry; so are rows told that
 * repeated one of their names and repeat it no more.
 */
export async function recheckFailed(tx: Tx, { table, names }: Edited): Promise<void> {
  await keepInputs(tx, table.id);
  await tx.rows(
    sql`update row_results results set code = coalesce(${input.code}, 'row_changed'), field = ${input.field},
       message = case when ${input.code} is null
         then format(${changedText("it was changed after it failed")}, results.row_no) else ${input.message} end
     from ${workRows} input
     where results.batch_id = ${table.id} and results.row_no = ${input.rowNo} and results.state = 'failed'`,
  );
  const repeated = await tx.rows<{ rowNo: number; name: string; other: number }>(repeatedSql(table.id, names));
  await writeCauses(tx, table.id, new Map(repeated.map((row) => [row.rowNo, repeats(row)])));
  await tx.rows(freedSql(table.id, names));
}

// Built names are left out: these make room when they are planned.
const holdersSql = (batchId: string, names: readonly string[]) => sql`
with holders as materialized (
  select results.row_no, lower(rows.user_principal_name) as name, results.code, results.state,
    ${input.rowNo} is not null as edited
  from rows join row_results results using (batch_id, row_no)
  left join ${workRows} input on ${input.rowNo} = results.row_no
  where results.batch_id = ${batchId} and rows.built is null and lower(rows.user_principal_name) = any(${names})
)`;

/** Changed rows that are well but for their name, which an other row has; of two changed ones the first keeps it. */
const repeatedSql = (batchId: string, names: readonly string[]) => sql`${holdersSql(batchId, names)}
select ${input.rowNo} as "rowNo", ${input.userPrincipalName} as name, min(other.row_no) as other
from ${workRows} input
join holders other on other.name = lower(${input.userPrincipalName}) and other.row_no <> ${input.rowNo}
  and not (other.edited and other.row_no > ${input.rowNo})
where ${input.code} is null and ${input.built} is null
group by ${input.rowNo}, ${input.userPrincipalName}`;

/** Rows that failed for repeating a name and are the only ones that have it. */
const freedSql = (batchId: string, names: readonly string[]) => sql`${holdersSql(batchId, names)}
update row_results results set code = 'row_changed', field = null,
  message = format(${changedText("a row that had this name before was changed")}, results.row_no)
from (
  select min(row_no) as row_no from holders group by name
  having count(*) = 1 and bool_and(code = 'duplicate_in_file' and state = 'failed' and not edited)
) freed
where results.batch_id = ${batchId} and results.row_no = freed.row_no`;

function repeats({ rowNo, name, other }: { rowNo: number; name: string; other: number }): Cause {
  return {
    code: "duplicate_in_file",
    field: "userPrincipalName",
    message: `Row ${rowNo}: ${quoteValue(name)} is already in row ${other}. Give this person another name.`,
  };
}

function changedText(why: string): string {
  return rowText(`${why}. Retry it, and it is planned again.`);
}

async function writeCauses(tx: Tx, batchId: string, causes: ReadonlyMap<number, Cause>): Promise<void> {
  const all = [...causes.values()];
  const told = sql`unnest(${[...causes.keys()]}::int[], ${all.map(({ code }) => code)}::text[],
    ${all.map(({ field }) => field)}::text[], ${all.map(({ message }) => message)}::text[])`;
  await tx.rows(sql`
    update row_results results set code = cause.code, field = cause.field, message = cause.message
    from ${told} cause (row_no, code, field, message)
    where results.batch_id = ${batchId} and results.row_no = cause.row_no and results.state = 'failed'`);
}
