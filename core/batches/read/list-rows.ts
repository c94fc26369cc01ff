import type { Row, RowPlan, RowState, RowStep } from "../../../contract/batch.ts";
import { chunkJobId } from "../../../contract/chunk.ts";
import type { Cause, CauseCode } from "../../../contract/codes.ts";
import { type Operation, operations, type QueueName } from "../../../contract/operations.ts";
import type { Page, PageQuery } from "../../../contract/paging.ts";
import type { Database } from "../../../db/open-database.ts";
import { sql as text } from "../../../db/sql-text.ts";
import type { CoreContext } from "../../context.ts";
import { cutPage, unpackCursor } from "../../paging.ts";
import { chunkOfSql } from "../plan/cut-chunks.ts";
import { matchRows, type RowMatch } from "./match-rows.ts";
import { personSql } from "./person-sql.ts";

export type RowFilter = PageQuery & RowMatch;

type RowRecord = {
  rowNo: number;
  cells: string[] | null;
  plan: RowPlan;
  state: RowState;
  step: RowStep | null;
  code: CauseCode | null;
  field: string | null;
  message: string | null;
  otherProblems: Cause[] | null;
  userId: string | null;
  person: Row["person"];
  attempts: number;
  chunkNo: number;
  /** Of the chunk, where a job has taken the row up or will. */
  run: number | null;
};

/** Gives a page of a batch's rows, in row order, with the plan and the outcome of each. */
export async function listRows(context: CoreContext, batchId: string, filter: RowFilter): Promise<Page<Row>> {
  const { sql } = context.db;
  const [after = 0] = unpackCursor(filter.cursor, ["number"]) ?? [];
  const where = matchRows(sql, batchId, filter);
  const [records, head] = await Promise.all([
    sql<RowRecord[]>`
      ${selectRows(sql)} where ${where} and results.row_no > ${after}
      order by results.row_no limit ${filter.limit + 1}`,
    readHead(context, batchId),
  ]);
  const page = cutPage(records, filter.limit, (last) => [last.rowNo]);
  const items = page.items.map(rowViewer(batchId, head));
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
  return records.map(rowViewer(batchId, await readHead(context, batchId)));
}

function selectRows(sql: Database["sql"]) {
  return sql`
    select results.row_no as "rowNo", to_json(rows.cells) as cells, results.plan, results.state, results.step,
      results.code, results.field, results.message, ${sql.unsafe(otherProblemsSql)} as "otherProblems",
      results.user_id as "userId", results.attempts, chunks.no as "chunkNo",
      case when chunks.run > 0 and (results.attempts > 0 or results.state = 'pending') then chunks.run end as run,
      ${sql.unsafe(personSql)} as person
    from row_results results left join rows using (batch_id, row_no)
    join batches on batches.id = results.batch_id left join users on users.id = results.user_id
    left join lateral ${sql.unsafe(chunkSql)} chunks on true`;
}

const chunkSql = chunkOfSql(text`results.batch_id`, "results.row_no").constant();

/** SQL for what else is wrong with the values of a row; a row that fails by something else fails by that. */
export const otherProblemsSql = "case when results.code = rows.code then rows.other_problems end";

type Head = { header: string[]; columns: (string | null)[]; queue: QueueName };

async function readHead(context: CoreContext, batchId: string): Promise<Head> {
  const [head] = await context.db.sql<(Omit<Head, "queue"> & { operation: Operation })[]>`
    select header, to_json(columns) as columns, operation from batches where id = ${batchId}`;
  return { header: [], columns: [], ...head, queue: operations[head?.operation ?? "createUsers"].queue };
}

/** Rows as the contract has them. A row that is older than a column has a blank there. */
function rowViewer(batchId: string, { header, columns, queue }: Head): (record: RowRecord) => Row {
  const labels = uniqueLabels(header);
  const columnOf = (field: string | null) => (field === null ? null : (header[columns.indexOf(field)] ?? null));
  return ({ cells, chunkNo, run, otherProblems, ...row }) => {
    const width = cells === null ? 0 : Math.max(cells.length, labels.length);
    const input = Array.from({ length: width }, (_, at) => [labels[at] ?? `Column ${at + 1}`, cells?.[at] ?? ""]);
    return {
      ...row,
      input: Object.fromEntries(input) as Record<string, string>,
      column: columnOf(row.field),
      otherProblems: (otherProblems ?? []).map((problem) => ({ ...problem, column: columnOf(problem.field) })),
      job: run === null ? null : { queue, jobId: chunkJobId({ batchId, chunkNo, run }) },
    };
  };
}

/** Labels that can be keys: a blank header gets its place, a repeated one a number. */
export function uniqueLabels(header: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return header.map((label, at) => {
    const base = label === "" ? `Column ${at + 1}` : label;
    const times = (seen.get(base) ?? 0) + 1;
    seen.set(base, times);
    return times === 1 ? base : `${base} (${times})`;
  });
}
