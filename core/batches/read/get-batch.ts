import type { Batch } from "../../../contract/batch.ts";
import type { CoreContext } from "../../context.ts";
import { batchFields, batchView, type BatchRecord } from "./batch-view.ts";

/** Gives a batch with its plan and progress, or null where there is none. */
export async function getBatch(context: CoreContext, batchId: string): Promise<Batch | null> {
  const { sql } = context.db;
  const [record] = await sql<BatchRecord[]>`
    select ${batchFields(sql)} from batches join customers on customers.id = batches.customer_id
    where batches.id = ${batchId}`;
  return record === undefined ? null : batchView(record, context.now());
}
