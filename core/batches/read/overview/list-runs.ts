import type { Batch } from "../../../../contract/batch.ts";
import type { RunsOfBatch } from "../../../../contract/overview.ts";
import { actorNameSql } from "../../../audit/actor-name-sql.ts";
import type { CoreContext } from "../../../context.ts";
import { type SpanRecord, spanView } from "./read-pace.ts";

type Start = { at: Date; by: string };

const spansAtMost = 120;

/** Gives the runs of a batch, the first and its retries, with the rows that ended in each, and its pace in up to 120 spans. */
export async function listRuns(
  context: CoreContext,
  batch: Pick<Batch, "id" | "createdBy" | "createdAt">,
): Promise<RunsOfBatch> {
  const { sql } = context.db;
  const retries = await sql<Start[]>`
    select at, ${sql.unsafe(actorNameSql)} as by from audit
    where batch_id = ${batch.id} and operation = 'retry_batch' and status = 'succeeded' and at >= ${batch.createdAt}
    order by at, id`;
  const ended = await sql<SpanRecord[]>`
    select ended_at as at, sum(succeeded)::int as succeeded, sum(unchanged)::int as unchanged,
      sum(partial)::int as partial, sum(failed)::int as failed
    from chunk_runs where batch_id = ${batch.id} group by ended_at order by ended_at`;
  const starts = [{ at: new Date(batch.createdAt), by: batch.createdBy }, ...retries];
  return { ...inSpans(ended), runs: starts.map((start, at) => runOf(start, starts[at + 1], ended, at + 1)) };
}

function runOf(
  start: Start,
  next: Start | undefined,
  ended: readonly SpanRecord[],
  no: number,
): RunsOfBatch["runs"][number] {
  const own = ended.filter(({ at }) => at >= start.at && (next === undefined || at < next.at));
  return {
    no,
    by: start.by,
    startedAt: start.at.toISOString(),
    endedAt: own.at(-1)?.at.toISOString() ?? null,
    ...sumOf(own),
  };
}

function inSpans(ended: readonly SpanRecord[]): Pick<RunsOfBatch, "seconds" | "spans"> {
  const [first, last] = [ended[0], ended.at(-1)];
  if (first === undefined || last === undefined) return { seconds: 1, spans: [] };
  const seconds = Math.max(1, Math.ceil((last.at.getTime() - first.at.getTime()) / 1000 / spansAtMost));
  const groups = new Map<number, SpanRecord[]>();
  for (const one of ended) {
    const begin = Math.floor(one.at.getTime() / 1000 / seconds) * seconds * 1000;
    groups.set(begin, [...(groups.get(begin) ?? []), one]);
  }
  return { seconds, spans: [...groups].map(([begin, some]) => spanView({ at: new Date(begin), ...sumOf(some) })) };
}

function sumOf(some: readonly SpanRecord[]): Omit<SpanRecord, "at"> {
  const sums = { succeeded: 0, unchanged: 0, partial: 0, failed: 0 };
  for (const one of some) {
    sums.succeeded += one.succeeded;
    sums.unchanged += one.unchanged;
    sums.partial += one.partial;
    sums.failed += one.failed;
  }
  return sums;
}
