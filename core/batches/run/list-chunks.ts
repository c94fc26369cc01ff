import type { Batch } from "../../../contract/batch.ts";
import { type Chunk, chunkJobId } from "../../../contract/chunk.ts";
import { operations } from "../../../contract/operations.ts";
import type { Page, PageQuery } from "../../../contract/paging.ts";
import type { CoreContext } from "../../context.ts";
import { cutPage, unpackCursor } from "../../paging.ts";

/** Gives a page of the chunks of a batch, in the order of their rows, each with the job of its latest run. */
export async function listChunks(
  { db: { sql } }: CoreContext,
  { id: batchId, operation }: Pick<Batch, "id" | "operation">,
  query: Omit<PageQuery, "count">,
): Promise<Page<Chunk>> {
  const [after = 0] = unpackCursor(query.cursor, ["number"]) ?? [];
  const chunks = await sql<Omit<Chunk, "job">[]>`
    select no, row_from as "rowFrom", row_to as "rowTo", state, run, json_build_object('pending', pending,
      'succeeded', succeeded, 'unchanged', unchanged, 'partial', partial, 'failed', failed,
      'cancelled', cancelled) as totals
    from chunks where batch_id = ${batchId} and no > ${after} order by no limit ${query.limit + 1}`;
  const { items, ...page } = cutPage(chunks, query.limit, (last) => [last.no]);
  const { queue } = operations[operation];
  const jobOf = ({ no: chunkNo, run }: Pick<Chunk, "no" | "run">) =>
    run === 0 ? null : { queue, jobId: chunkJobId({ batchId, chunkNo, run }) };
  return { ...page, items: items.map((chunk) => ({ ...chunk, job: jobOf(chunk) })) };
}
