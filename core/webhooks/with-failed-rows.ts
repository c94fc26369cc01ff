import { mostNamedRows, type NamedRow, type WebhookMessage } from "../../contract/webhooks.ts";
import { sql } from "../../db/sql-text.ts";
import type { CoreContext } from "../context.ts";
import { asksOf } from "../sql/asks.ts";

/** A message with the first rows that failed or ended in part, as they are now, where it tells that some did. */
export async function withFailedRows({ db }: CoreContext, message: WebhookMessage): Promise<WebhookMessage> {
  const { type, data } = message;
  if (data === null || (type !== "batch.failed_in_part" && type !== "bundle.failed_in_part")) return message;
  const batches =
    "bundleId" in data
      ? sql`array(select id from batches where bundle_id = ${data.bundleId})`
      : sql`array[${data.batchId}::uuid]`;
  const failedRows = await asksOf(db.pool).rows<NamedRow>(sql`
    select results.row_no as "rowNo", results.state, results.code,
      coalesce(users.user_principal_name, rows.user_principal_name) as "userPrincipalName"
    from row_results results left join rows using (batch_id, row_no) left join users on users.id = results.user_id
    where results.batch_id = any(${batches}) and results.state in ('failed', 'partial') and results.code is not null
    order by results.row_no limit ${mostNamedRows}`);
  return { ...message, data: { ...data, failedRows } };
}
