import type { Batch, BatchState } from "../../../contract/batch.ts";
import type { CauseCode } from "../../../contract/codes.ts";
import type { Operation } from "../../../contract/operations.ts";
import type { Page, PageQuery } from "../../../contract/paging.ts";
import type { Authority } from "../../access/authority/authority.ts";
import { mayReadSql } from "../../access/authority/may-read-sql.ts";
import type { CoreContext } from "../../context.ts";
import { cutPage, unpackCursor } from "../../paging.ts";
import { namedBySql } from "./named-by-sql.ts";
import { refusedRequestSql } from "./refused-request-sql.ts";
import { batchFields, batchView, type BatchRecord } from "./batch-view.ts";

export type BatchFilter = PageQuery & {
  customerId?: string | undefined;
  /** The file for many customers that they are parts of. */
  bundleId?: string | undefined;
  state?: BatchState | undefined;
  operation?: Operation | undefined;
  /** Who made the batch. */
  agentId?: string | undefined;
  /** When the batch was made: from `since` on, and before `until`; ISO times. */
  since?: string | undefined;
  until?: string | undefined;
  /** Whether rows failed or ended in part. */
  hasFailures?: boolean | undefined;
  /** A cause by which rows of the batch failed or ended in part. */
  code?: CauseCode | undefined;
  /** Whether requests for one user that were refused at once are listed too. */
  refused?: boolean | undefined;
  /** A part of the file's name, or the number of the batch. */
  q?: string | undefined;
};

/** Gives a page of the batches that `authority` may see, the newest first. */
export async function listBatches(
  context: CoreContext,
  authority: Authority,
  filter: BatchFilter,
): Promise<Page<Batch>> {
  const { sql } = context.db;
  const [before = null] = unpackCursor(filter.cursor, ["number"]) ?? [];
  const where = sql`${mayReadSql(context, authority, sql`batches.customer_id`, "grant")}
    ${filter.customerId === undefined ? sql`` : sql`and batches.customer_id = ${filter.customerId}`}
    ${filter.bundleId === undefined ? sql`` : sql`and batches.bundle_id = ${filter.bundleId}`}
    ${filter.state === undefined ? sql`` : sql`and batches.state = ${filter.state}`}
    ${filter.operation === undefined ? sql`` : sql`and batches.operation = ${filter.operation}`}
    ${filter.agentId === undefined ? sql`` : sql`and batches.actor_id = ${filter.agentId}`}
    ${filter.since === undefined ? sql`` : sql`and batches.created_at >= ${new Date(filter.since)}`}
    ${filter.until === undefined ? sql`` : sql`and batches.created_at < ${new Date(filter.until)}`}
    ${
      filter.hasFailures === undefined
        ? sql``
        : sql`and ${filter.hasFailures} = exists (
            select from chunks where batch_id = batches.id and (chunks.failed > 0 or chunks.partial > 0))`
    }
    ${filter.refused === true ? sql`` : sql`and not (${sql.unsafe(refusedRequestSql)})`}
    ${
      filter.code === undefined
        ? sql``
        : sql`and exists (select from row_results where batch_id = batches.id and code = ${filter.code}
            and state in ('failed', 'partial'))`
    }
    and ${namedBySql(sql, "batches", filter.q)}`;
  const records = await sql<BatchRecord[]>`
    select ${batchFields(sql)} from batches join customers on customers.id = batches.customer_id
    where ${where} ${before === null ? sql`` : sql`and batches.no < ${before}`}
    order by batches.no desc limit ${filter.limit + 1}`;
  const page = cutPage(records, filter.limit, (last) => [last.no]);
  const now = context.now();
  const items = page.items.map((record) => batchView(record, now));
  if (!filter.count) return { ...page, items };
  const [counted] = await sql<{ total: number }[]>`select count(*)::int as total from batches where ${where}`;
  return { ...page, items, total: counted?.total ?? 0 };
}
