import type { Queue } from "bullmq";
import type { QueueName } from "../contract/operations.ts";
import type { BatchWatch } from "../core/batches/read/watch-batches.ts";
import type { CoreContext } from "../core/context.ts";
import type { Turns } from "../core/limits/turns.ts";
import type { Monitor } from "../monitor/monitor.ts";
import type { Readiness } from "../monitor/readiness.ts";
import type { EventHub } from "./events/event-hub.ts";
import type { StreamSlots } from "./events/stream-slots.ts";
import type { RefusalLog } from "./http/refusal-log.ts";
import type { RequestLimits } from "./http/request-limits.ts";
import type { ApiSettings } from "./settings.ts";
import type { SignIn } from "./sign-in/sign-in.ts";
import type { UploadSlots } from "./uploads/upload-slots.ts";

/** What main.ts hands to the api: the queues are worker/'s, for Bull Board and its retries alone. */
export type ServerDeps = {
  context: CoreContext;
  settings: ApiSettings;
  signIn: SignIn;
  queues: Record<QueueName, Queue>;
  /** Where the api tells of itself. */
  monitor: Monitor;
  /** Puts a failed job back into its queue with all its attempts; leaves every other job as it is. */
  retryJob(queue: Queue, jobId: string): Promise<"retried" | "job_not_found" | "job_not_failed">;
  /** The folder of the built pages, null for none; where they lie after `npm run build` unless told. */
  pagesFolder?: string | null;
  /** Silence after which an upload is refused; 30 s unless told. */
  uploadStallMs?: number;
};

/** Everything that a handler may lean on. */
export type ApiContext = ServerDeps & {
  events: EventHub;
  watch: BatchWatch;
  uploads: UploadSlots;
  streams: StreamSlots;
  /** Leaves database connections to all other requests, however many uploads are under way. */
  staging: Turns;
  limits: RequestLimits;
  readiness: Readiness;
  refusals: RefusalLog;
  uploadStallMs: number;
};
