import type { CauseCount } from "../../../contract/batch.ts";
import { causes } from "../../../contract/codes.ts";
import type { CoreContext } from "../../context.ts";

/** Gives the causes that a batch's rows carry, the commonest first, each with its first row as the example. */
export async function listCauses(context: CoreContext, batchId: string): Promise<CauseCount[]> {
  const counted = await context.db.sql<Omit<CauseCount, "title">[]>`
    select grouped.code, grouped.state, grouped.rows,
      json_build_object('rowNo', example.row_no, 'field', example.field, 'message', example.message) as example
    from (
      select code, state, count(*)::int as rows, min(row_no) as first_row
      from row_results where batch_id = ${batchId} and code is not null group by code, state
    ) grouped
    join row_results example on example.batch_id = ${batchId} and example.row_no = grouped.first_row
    order by grouped.rows desc, grouped.code, grouped.state`;
  return counted.map((cause) => ({ ...cause, title: causes[cause.code].title }));
}
