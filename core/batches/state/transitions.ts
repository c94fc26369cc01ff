import type { BatchState } from "../../../contract/batch.ts";
import type { ChunkState } from "../../../contract/chunk.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";

/** A change of state: from any of `from`, or from nothing where that is empty, to `to`. */
export type Transition<State> = {
  from: readonly State[];
  to: State;
  /** The state instead, where no row of the chunk is pending. */
  toWithoutPending?: State;
  /** When it happens. */
  when: string;
  /** SQL for the columns that always change along with the state. */
  set?: SqlText;
};

const notStopped = sql`stopped_code = null, stopped_message = null`;

/** All that can happen to the state of a batch. `docs/states.md` is drawn from this. */
export const batchTransitions = {
  upload: { from: [], to: "staging", when: "an upload begins" },
  submit: {
    from: [],
    to: "ready",
    when: "rows come as JSON, by a selection of users or in a file for many customers, and are planned at once",
  },
  plan: { from: ["staging"], to: "ready", when: "the file is whole and all its rows are planned" },
  reject: {
    from: ["staging"],
    to: "rejected",
    when: "the file cannot be read or broke off, or the process that read it is gone",
    set: sql`finished_at = now()`,
  },
  ask: {
    from: ["ready"],
    to: "awaiting_approval",
    when: "an agent applies a plan that needs the yes of a second agent, or its start has come and it needs one by then",
  },
  approve: {
    from: ["awaiting_approval"],
    to: "ready",
    when: "a second agent approves it; the plan starts, or is scheduled, in the same moment",
  },
  refuse: {
    from: ["awaiting_approval"],
    to: "ready",
    when: "a second agent refuses it, or whoever asked takes the question back",
  },
  askRetry: {
    from: ["finished", "cancelled"],
    to: "awaiting_approval",
    when: "an agent retries rows, which needs the yes of a second agent",
  },
  putBack: {
    from: ["awaiting_approval"],
    to: "finished",
    when: "that retry is approved, and begins in the same moment; or it is refused, taken back or cancelled",
  },
  putBackCancelled: { from: ["awaiting_approval"], to: "cancelled", when: "the same, of a batch that was cancelled" },
  start: {
    from: ["ready"],
    to: "running",
    when: "an agent applies the plan",
    set: sql`start_at = null, started_at = now(), ${notStopped}`,
  },
  schedule: {
    from: ["ready"],
    to: "scheduled",
    when: "an agent applies the plan for later",
    set: sql`started_at = null, ${notStopped}`,
  },
  unschedule: {
    from: ["scheduled"],
    to: "ready",
    when: "an agent takes its start away, or sets another; or its start has come, and it needs a yes first",
    set: sql`start_at = null`,
  },
  begin: { from: ["scheduled"], to: "running", when: "its start has come", set: sql`started_at = now()` },
  pause: { from: ["running"], to: "paused", when: "an agent pauses it", set: sql`paused_at = now()` },
  stop: {
    from: ["running"],
    to: "paused",
    when: "the agent for whom it runs has lost the authority for it",
    set: sql`paused_at = now()`,
  },
  trip: {
    from: ["running"],
    to: "paused",
    when: "one cause makes most of the rows fail of the last runs of chunks that have 100 rows between them, in all batches of the same file; seats that run short do not count",
    set: sql`paused_at = now()`,
  },
  resume: {
    from: ["paused"],
    to: "running",
    when: "an agent resumes it",
    set: sql`paused_at = null, resumed_at = now(), ${notStopped}, accepted_causes = array_remove(array_append(accepted_causes, stopped_code), null),
      paused_ms = paused_ms + extract(epoch from now() - coalesce(paused_at, now())) * 1000`,
  },
  finish: {
    from: ["running"],
    to: "finished",
    when: "no chunk of it is ready or queued any more",
    set: sql`finished_at = now()`,
  },
  retry: {
    from: ["finished", "cancelled"],
    to: "running",
    when: "an agent retries rows, and some of them are pending again",
    set: sql`started_at = now(), paused_ms = 0, finished_at = null`,
  },
  reopen: {
    from: ["finished"],
    to: "ready",
    when: "all its rows failed, and an agent changes its columns or options",
    set: sql`start_at = null, started_at = null, finished_at = null`,
  },
  cancel: {
    from: ["staging", "ready", "awaiting_approval", "scheduled", "running", "paused"],
    to: "cancelled",
    when: "an agent cancels it",
    set: sql`finished_at = now()`,
  },
  expire: {
    from: ["ready", "awaiting_approval"],
    to: "cancelled",
    when: "nobody applied or approved the plan in time, and its rows are removed",
  },
} as const satisfies Record<string, Transition<BatchState>>;

/** All that can happen to the state of a chunk. `docs/states.md` is drawn from this. */
export const chunkTransitions = {
  cut: { from: [], to: "planned", when: "its batch is planned" },
  startQueued: {
    from: ["planned"],
    to: "queued",
    toWithoutPending: "done",
    when: "its batch of a few rows is made and applied by one request, which puts it into the queue",
    set: sql`run = run + 1, queued_at = now()`,
  },
  start: { from: ["planned"], to: "ready", toWithoutPending: "done", when: "its batch is applied, now or for later" },
  unschedule: { from: ["ready", "done"], to: "planned", when: "the batch is scheduled no more" },
  claim: {
    from: ["ready"],
    to: "queued",
    when: "its batch is running and has room in the queue",
    set: sql`run = run + 1, queued_at = now()`,
  },
  putBack: {
    from: ["queued"],
    to: "ready",
    when: "its job is lost, or its batch was paused or stopped before the run",
  },
  end: {
    from: ["queued", "done"],
    to: "ready",
    toWithoutPending: "done",
    when: "a run of it ends, the same run a second time too; a retry may have made rows pending meanwhile",
  },
  retry: { from: ["done"], to: "ready", when: "an agent retries rows of it" },
  retryJob: {
    from: ["done"],
    to: "queued",
    when: "an agent retries its job in Bull Board",
    set: sql`queued_at = now()`,
  },
  reopen: { from: ["done"], to: "planned", when: "its batch is a plan again, because all rows had failed" },
  cancel: { from: ["planned", "ready", "queued"], to: "done", when: "its batch is cancelled" },
  expire: {
    from: ["planned"],
    to: "done",
    when: "nobody applied its batch in time, and the rows are removed",
    set: sql`cancelled = cancelled + pending, pending = 0`,
  },
} as const satisfies Record<string, Transition<ChunkState>>;

/** The state of a batch that has just been written. */
export type FirstBatchState = (typeof batchTransitions)["upload" | "submit"]["to"];

export type BatchMove = Exclude<keyof typeof batchTransitions, "upload" | "submit">;
export type ChunkMove = Exclude<keyof typeof chunkTransitions, "cut">;
