import type { Row, RowPlan, RowState, RowStep } from "../../contract/batch.ts";
import type { CauseCode } from "../../contract/codes.ts";
import type { Page, PageQuery } from "../../contract/paging.ts";
import type { Database } from "../../db/open-database.ts";
import type { CoreContext } from "../context.ts";
import { cutPage, unpackCursor } from "../paging.ts";

export type RowFilter = PageQuery & {
  state?: RowState | undefined;
  plan?: RowPlan | undefined;
  code?: CauseCode | undefined;
};

type RowRecord = {
  rowNo: number;
  cells: string[] | null;
  plan: RowPlan;
  state: RowState;
  step: RowStep | null;
  code: CauseCode | null;
  field: string | null;
  message: string | null;
  userId: string | null;
  person: Row["person"];
  attempts: number;
};

/** Gives a page of a batch's rows, in row order, with the plan and the outcome of each. */
export async function listRows(context: CoreContext, batchId: string, filter: RowFilter): Promise<Page<Row>> {
  const { sql } = context.db;
  const [after = 0] = unpackCursor(filter.cursor, ["number"]) ?? [];
  // Failed and partial rows always have a cause; saying so lets Postgres use the index of the few that do.
  const failing = filter.state === "failed" || filter.state === "partial" || filter.plan === "invalid";
  const where = sql`results.batch_id = ${batchId}
    ${filter.state === undefined ? sql`` : sql`and results.state = ${filter.state}`}
    ${filter.plan === undefined ? sql`` : sql`and results.plan = ${filter.plan}`}
    ${filter.code === undefined ? sql`` : sql`and results.code = ${filter.code}`}
    ${failing ? sql`and results.code is not null` : sql``}`;
  const [records, head] = await Promise.all([
    sql<RowRecord[]>`
      ${selectRows(sql)} where ${where} and results.row_no > ${after}
      order by results.row_no limit ${filter.limit + 1}`,
    readHead(context, batchId),
  ]);
  const page = cutPage(records, filter.limit, (last) => [last.rowNo]);
  const items = page.items.map(rowViewer(head));
  if (!filter.count) return { ...page, items };
  const [counted] = await sql<
    { total: number }[]
  >`select count(*)::int as total from row_results results where ${where}`;
  return { ...page, items, total: counted?.total ?? 0 };
}

/** Gives some rows of a batch, in row order. */
export async function readRows(context: CoreContext, batchId: string, rowNos: readonly number[]): Promise<Row[]> {
  const { sql } = context.db;
  const records = await sql<RowRecord[]>`
    ${selectRows(sql)} where results.batch_id = ${batchId} and results.row_no = any(${[...rowNos]}::int[])
    order by results.row_no`;
  return records.map(rowViewer(await readHead(context, batchId)));
}

function selectRows(sql: Database["sql"]) {
  return sql`
    select results.row_no as "rowNo", to_json(rows.cells) as cells, results.plan, results.state, results.step,
      results.code, results.field, results.message, results.user_id as "userId", results.attempts,
      ${sql.unsafe(personSql)} as person
    from row_results results left join rows using (batch_id, row_no)
    join batches on batches.id = results.batch_id left join users on users.id = results.user_id`;
}

// A new user is whom the row names, though another may have the name; in a row that removes one, the name is what was typed.
const personSql = `json_build_object(
  'displayName', case batches.operation
    when 'createUsers' then coalesce(rows.display_name, users.display_name)
    when 'removeUsers' then users.display_name
    else coalesce(users.display_name, rows.display_name) end,
  'userPrincipalName', coalesce(users.user_principal_name, rows.user_principal_name))`;

type Head = { header: string[]; columns: (string | null)[] };

async function readHead(context: CoreContext, batchId: string): Promise<Head> {
  const [head] = await context.db.sql<Head[]>`
    select header, to_json(columns) as columns from batches where id = ${batchId}`;
  return head ?? { header: [], columns: [] };
}

/** Rows as the contract has them. A row that is older than a column has a blank there. */
function rowViewer({ header, columns }: Head): (record: RowRecord) => Row {
  const labels = uniqueLabels(header);
  return ({ cells, ...row }) => {
    const width = cells === null ? 0 : Math.max(cells.length, labels.length);
    const input = Array.from({ length: width }, (_, at) => [labels[at] ?? `Column ${at + 1}`, cells?.[at] ?? ""]);
    return {
      ...row,
      input: Object.fromEntries(input) as Record<string, string>,
      column: row.field === null ? null : (header[columns.indexOf(row.field)] ?? null),
    };
  };
}

/** Labels that can be keys: a blank header gets its place, a repeated one a number. */
function uniqueLabels(header: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return header.map((label, at) => {
    const base = label === "" ? `Column ${at + 1}` : label;
    const times = (seen.get(base) ?? 0) + 1;
    seen.set(base, times);
    return times === 1 ? base : `${base} (${times})`;
  });
}
