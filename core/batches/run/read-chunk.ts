import type { CoreContext } from "../../context.ts";

/** Gives the latest run of a chunk and how many of its rows are pending; undefined where there is no such chunk. */
export async function readChunk(
  { db }: Pick<CoreContext, "db">,
  batchId: string,
  chunkNo: number,
): Promise<{ run: number; pending: number } | undefined> {
  const [chunk] = await db.sql<{ run: number; pending: number }[]>`
    select run, pending from chunks where batch_id = ${batchId} and no = ${chunkNo}`;
  return chunk;
}
