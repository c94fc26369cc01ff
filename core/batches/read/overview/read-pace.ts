import type { Pace } from "../../../../contract/overview.ts";
import type { Actor } from "../../../actor.ts";
import { readableCustomers } from "../../../access/authority/readable-customers.ts";
import type { CoreContext } from "../../../context.ts";

/** Rows that ended in a span of time. */
export type SpanRecord = Omit<Pace["spans"][number], "at"> & { at: Date };

const minuteSeconds = 60;

/** Counts the rows that ended in each minute of the last `hours`, by outcome, at the customers that the actor may read. */
export async function readPace(context: CoreContext, actor: Actor, hours: number): Promise<Pace> {
  const { sql } = context.db;
  const readable = await readableCustomers(context, actor, "grant");
  const since = new Date(context.now().getTime() - hours * 3_600_000);
  const spans = await sql<SpanRecord[]>`
    select date_bin('1 minute', runs.ended_at, 'epoch') as at, sum(runs.succeeded)::int as succeeded,
      sum(runs.unchanged)::int as unchanged, sum(runs.partial)::int as partial, sum(runs.failed)::int as failed
    from chunk_runs runs join batches on batches.id = runs.batch_id
    where runs.ended_at >= ${since}
      ${readable === "all" ? sql`` : sql`and batches.customer_id = any(${[...readable]}::uuid[])`}
    group by 1 order by 1`;
  return { seconds: minuteSeconds, spans: spans.map(spanView) };
}

/** A span as the contract has it. */
export function spanView({ at, ...ended }: SpanRecord): Pace["spans"][number] {
  return { ...ended, at: at.toISOString() };
}
