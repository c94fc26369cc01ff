import type { Batch, BatchOptions, BatchState, RowPlan } from "../../../contract/batch.ts";
import type { Approval, BrakeLimits, Hits } from "../../../contract/brakes.ts";
import type { FieldName } from "../../../contract/fields.ts";
import type { Operation } from "../../../contract/operations.ts";
import type { Database } from "../../../db/open-database.ts";
import type { SeatNeed } from "../../../db/schema/batches.ts";
import { brakeOf, type FileHits, type ReadApproval } from "../plan/brake-of.ts";
import { approvalSql, limitsSql, looserAskedSql, ofFileSql } from "../plan/read-braked.ts";
import { onePersonSql } from "./person-sql.ts";

/** A batch as one query gives it; progress is the sum of the chunks. */
export type BatchRecord = {
  id: string;
  no: number;
  customerId: string;
  customerName: string;
  bundleId: string | null;
  operation: Operation;
  source: Batch["source"];
  fileName: string | null;
  person: Batch["person"];
  encoding: string | null;
  delimiter: string | null;
  sheets: Batch["sheets"];
  header: string[];
  columns: (FieldName | null)[];
  options: BatchOptions;
  notes: string[];
  state: BatchState;
  stoppedCode: string | null;
  stoppedMessage: string | null;
  planVersion: number;
  plan: Record<RowPlan, number>;
  seats: SeatNeed[];
  hits: Hits;
  limits: BrakeLimits | null;
  looserAsked: boolean;
  ofFile: FileHits | null;
  approval: ReadApproval | null;
  createdBy: string;
  createdById: string;
  createdAt: Date;
  startAt: Date | null;
  startedAt: Date | null;
  pausedAt: Date | null;
  pausedMs: number;
  finishedAt: Date | null;
  totals: Batch["totals"];
  sameFileAs: Batch["sameFileAs"];
  undoes: Batch["undoes"];
  undoneBy: Batch["undoneBy"];
};

/**
 * The columns of a `BatchRecord`, for a query over `batches` joined with `customers`. `columns` goes as JSON, because
 * postgres.js gives a null in a `text[]` as the word NULL.
 */
export function batchFields(sql: Database["sql"]) {
  return sql`
    batches.id, batches.no, batches.customer_id as "customerId", customers.name as "customerName", batches.bundle_id as "bundleId", batches.operation,
    batches.source, batches.file_name as "fileName", batches.encoding, batches.delimiter, batches.sheets, batches.header,
    to_json(batches.columns) as columns, batches.options, batches.notes, batches.state, batches.stopped_code as "stoppedCode",
    batches.stopped_message as "stoppedMessage", batches.plan_version as "planVersion", batches.plan, batches.seats,
    batches.hits, ${sql.unsafe(approvalSql)} as approval, ${sql.unsafe(limitsSql)} as limits,
    ${sql.unsafe(looserAskedSql)} as "looserAsked",
    case when batches.started_at is null then ${sql.unsafe(ofFileSql)} end as "ofFile",
    batches.actor_name as "createdBy", batches.actor_id as "createdById", batches.created_at as "createdAt", batches.start_at as "startAt",
    batches.started_at as "startedAt", batches.paused_at as "pausedAt", batches.paused_ms as "pausedMs", batches.finished_at as "finishedAt",
    ${sql.unsafe(onePersonSql)} as person,
    (select json_build_object('rows', coalesce(sum(pending + succeeded + unchanged + partial + failed + cancelled), 0),
        'pending', coalesce(sum(pending), 0), 'succeeded', coalesce(sum(succeeded), 0),
        'unchanged', coalesce(sum(unchanged), 0), 'partial', coalesce(sum(partial), 0),
        'failed', coalesce(sum(failed), 0), 'cancelled', coalesce(sum(cancelled), 0))
      from chunks where batch_id = batches.id) as totals,
    (select json_build_object('batchId', earlier.id, 'no', earlier.no, 'by', earlier.actor_name,
        'at', to_char(earlier.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'state', earlier.state)
      from batches earlier
      where earlier.customer_id = batches.customer_id and earlier.file_hash = batches.file_hash
        and earlier.no < batches.no and earlier.state <> 'rejected'
      order by earlier.no desc limit 1) as "sameFileAs",
    (select json_build_object('batchId', undone.id, 'no', undone.no) from batches undone
      where undone.id = batches.undoes) as undoes,
    (select json_build_object('batchId', undo.id, 'no', undo.no, 'state', undo.state,
        'retriedSince', coalesce(batches.started_at > undo.created_at, false)) from batches undo
      where undo.undoes = batches.id order by undo.state = 'cancelled', undo.no desc limit 1) as "undoneBy"`;
}

/** The batch as the contract has it. `now` is what the rate of a running batch is reckoned by. */
export function batchView(record: BatchRecord, now: Date): Batch {
  const { stoppedCode, stoppedMessage, startAt, startedAt, pausedAt, pausedMs, finishedAt, createdAt, ...more } =
    record;
  const { hits: _, limits: __, looserAsked: ___, ofFile: ____, approval, ...batch } = more;
  return {
    ...batch,
    unknownColumns: record.header.filter(
      (label, at) => record.source === "upload" && record.columns[at] === null && label !== "",
    ),
    stopped: stoppedCode === null ? null : { code: stoppedCode, message: stoppedMessage ?? "" },
    brake: brakeOf(record),
    approval: approval === null ? null : approvalView(approval),
    createdAt: createdAt.toISOString(),
    startAt: startAt?.toISOString() ?? null,
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
    ...progress(record, (finishedAt ?? pausedAt ?? now).getTime() - pausedMs),
    links: batchLinks(record.id, record.customerId),
  };
}

/** The question of a batch as the contract has it. */
export function approvalView({ asker, askedAt, planVersion, why, startAt, retry, decision }: ReadApproval): Approval {
  const retriedRows = retry?.rows ?? null;
  return { askedBy: asker.name, askedById: asker.id, askedAt, planVersion, why, startAt, retriedRows, decision };
}

/** `untilMs` is when the work on the batch would have come as far as it is, had it never been paused. */
function progress(record: BatchRecord, untilMs: number): Pick<Batch, "rowsPerSecond" | "etaSeconds"> {
  if (record.startedAt === null) return { rowsPerSecond: null, etaSeconds: null };
  const seconds = (untilMs - record.startedAt.getTime()) / 1000;
  const { succeeded, unchanged, partial, pending } = record.totals;
  // Rows that the plan failed cost no time and say nothing of the pace.
  const planned = record.plan.conflict + record.plan.invalid;
  const ended = succeeded + unchanged + partial + Math.max(0, record.totals.failed - planned);
  const rate = seconds > 0 && ended > 0 ? ended / seconds : null;
  const left = record.state === "running" && rate !== null ? pending / rate : null;
  return {
    rowsPerSecond: rate === null ? null : Math.round(rate * 10) / 10,
    etaSeconds: left === null ? null : Math.round(left * 10) / 10,
  };
}

function batchLinks(id: string, customerId: string): Record<string, string> {
  const self = `/v1/batches/${id}`;
  return {
    self,
    rows: `${self}/rows`,
    causes: `${self}/causes`,
    results: `${self}/results.csv`,
    failed: `${self}/failed.csv`,
    customer: `/v1/customers/${customerId}`,
  };
}
