import { sql } from "../../../db/sql-text.ts";

/** SQL for the columns of a `QueuedChunk`, of a chunk `claimed` and its batch `live`. */
export const queuedColumnsSql = sql`claimed.batch_id as "batchId", live.no as "batchNo", claimed.no as "chunkNo", claimed.run,
  live.operation, live.customer_id as "customerId", claimed.row_from as "rowFrom", claimed.row_to as "rowTo", claimed.pending,
  live.traceparent,
  coalesce((select name from domains where customer_id = live.customer_id and is_default), '') as domain`;
