import type { Overview } from "../../../../contract/overview.ts";
import { causes, type CauseCode } from "../../../../contract/codes.ts";
import { sql } from "../../../../db/sql-text.ts";
import { refusedRequestSql } from "../refused-request-sql.ts";
import type { Asks } from "../../../sql/asks.ts";
import { type Among, batchBriefSql, latestBatchesSql } from "./batch-brief.ts";

type Failures = Overview["failures"][number];
type BatchFailure = Omit<Failures["latest"][number], "createdAt"> & {
  createdAt: Date;
  code: CauseCode;
  endedAt: Date;
};

const batchesShown = 5;
/** Batches with failures whose rows are counted, from the latest on. */
const failingLooked = 2_000;

/** Gives the rows that ended failed or partial in batches that ran since `since`, by cause, over all batches. */
export async function readFailures(asks: Asks, among: Among, since: Date): Promise<Failures[]> {
  const found = await asks.rows<BatchFailure>(failuresSql(among, since));
  const byCode = new Map<CauseCode, BatchFailure[]>();
  for (const one of found) byCode.set(one.code, [...(byCode.get(one.code) ?? []), one]);
  return [...byCode]
    .map(([code, batches]) => causeView(code, batches))
    .toSorted((one, other) => other.rows - one.rows || (one.code < other.code ? -1 : 1));
}

function causeView(code: CauseCode, batches: readonly BatchFailure[]): Failures {
  const times = batches.map(({ endedAt }) => endedAt.getTime());
  return {
    code,
    title: causes[code].title,
    rows: batches.reduce((sum, { failed }) => sum + failed, 0),
    batches: batches.length,
    customers: new Set(batches.map(({ customer }) => customer.id)).size,
    firstAt: new Date(Math.min(...times)).toISOString(),
    lastAt: new Date(Math.max(...times)).toISOString(),
    latest: batches.slice(0, batchesShown).map(({ code: _code, endedAt: _endedAt, createdAt, ...batch }) => ({
      ...batch,
      createdAt: createdAt.toISOString(),
    })),
  };
}

const failuresSql = (among: Among, since: Date) => sql`
with recent as materialized (
  select batches.*, coalesce(batches.finished_at, batches.started_at) as ended_at
  from ${latestBatchesSql(among)} batches
  where batches.state in ('running', 'paused', 'finished', 'cancelled')
    and coalesce(batches.finished_at, batches.started_at) >= ${since}
    and exists (select from chunks where batch_id = batches.id and failed + partial > 0)
    and not (${sql.unsafe(refusedRequestSql)})
  order by batches.no desc limit ${failingLooked}
)
select ${batchBriefSql}, faults.code, faults.failed, batches.ended_at as "endedAt"
from recent batches join customers on customers.id = batches.customer_id
cross join lateral (
  select code, count(*)::int as failed from row_results
  where batch_id = batches.id and code is not null and state in ('failed', 'partial')
  group by code
) faults
order by batches.no desc`;
