import type { Actor } from "../../actor.ts";
import type { CoreContext } from "../../context.ts";
import { type ChildTable, type ResultRow, resultLines, type ResultTable } from "../read/result-lines.ts";
import { failedRows, resultColumns } from "../read/write-results.ts";
import { isMakerSql, seenBatchSql } from "./read-bundles.ts";

const pageRows = 2000;

/**
 * Writes a file for many customers as CSV in pieces, in its own order: the rows of all its batches that the actor may see, and
 * for whoever sent it those that went into none, which are `refused`. A column that a batch got later stands behind those of
 * the file. Of each batch a page takes the rows between two numbers,
 * so that no batch is read past what is written. With `failedOnly`, only the rows that failed, ended partial or were refused:
 * a file to mend and send again.
 */
export async function* writeBundleResults(
  context: CoreContext,
  actor: Actor,
  bundleId: string,
  { failedOnly }: { failedOnly: boolean },
): AsyncIterable<string> {
  const { sql } = context.db;
  const [table] = await sql<(ResultTable & { rows: number })[]>`
    select header, columns, options ->> 'upnPattern' as "upnPattern", rows from bundles where id = ${bundleId}`;
  if (table === undefined) return;
  const children = await sql<(ChildTable & { id: string })[]>`
    select batches.id, customers.name as customer, header, columns, options ->> 'upnPattern' as "upnPattern"
    from batches join customers on customers.id = batches.customer_id
    where bundle_id = ${bundleId} and ${seenBatchSql(context, actor)} order by batches.no`;
  const { head, line } = resultLines(table, children);
  yield head;
  const ids = children.map(({ id }) => id);
  for (let after = 0; after < table.rows; after += pageRows) {
    const page = await sql<ResultRow[]>`
      select one.* from unnest(${ids}::uuid[]) with ordinality batch (id, no) cross join lateral (
        select ${sql.unsafe(resultColumns)}, (batch.no - 1)::int as child
        from row_results results left join rows using (batch_id, row_no)
        where results.batch_id = batch.id and results.row_no > ${after} and results.row_no <= ${after + pageRows}
          ${failedOnly ? sql`and ${sql.unsafe(failedRows)}` : sql``}
      ) one
      union all
      select row_no, to_json(cells), null, 'refused', code, message, null::json, null
      from refused_rows join bundles on bundles.id = bundle_id
      where bundle_id = ${bundleId} and row_no > ${after} and row_no <= ${after + pageRows} and ${isMakerSql(sql, actor)}
      order by 1`;
    yield page.map(line).join("");
  }
}
