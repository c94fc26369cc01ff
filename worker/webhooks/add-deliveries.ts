import type { Queue } from "bullmq";
import { claimDeliveries } from "../../core/webhooks/carry-deliveries.ts";
import type { Database } from "../../db/open-database.ts";
import { within } from "../../db/within.ts";
import { carriedTrace } from "../job-spans.ts";

/** What a job of the queue of webhooks holds: the id of a delivery, and nothing of what it says. */
export type DeliveryTarget = { deliveryId: string };

const LIMIT_MS = 5_000;

/**
 * Puts one job into the queue for each message that is due. When a message is tried next, and whether at all, stands in the
 * database: a job is one attempt, and one that is lost comes again after a minute. One that is there still is not doubled; an
 * id of the job's own would do that as well, but also keep out the message whose job broke off.
 */
export async function addDeliveries(db: Pick<Database, "pool">, queue: Queue): Promise<void> {
  const due = await claimDeliveries(db);
  if (due.length === 0) return;
  const jobs = due.map(({ id, attempts, event, traceparent }) => ({
    name: event,
    data: { deliveryId: id },
    opts: { attempts: 1, deduplication: { id: `${id}-${attempts}` }, ...carriedTrace(traceparent) },
  }));
  await within(LIMIT_MS, queue.addBulk(jobs));
}
