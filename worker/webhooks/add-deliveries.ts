import type { Queue } from "bullmq";
import { claimDeliveries } from "../../core/webhooks/carry-deliveries.ts";
import type { Database } from "../../db/open-database.ts";
import { within } from "../../db/within.ts";

/** What a job of the queue of webhooks holds: the id of a delivery, and nothing of what it says. */
export type DeliveryTarget = { deliveryId: string };

const LIMIT_MS = 5_000;

/**
 * Puts one job into the queue for each message that is due. When a message is tried next, and whether at all, stands in the
 * database: a job is one attempt, and one that is lost comes again after a minute.
 */
export async function addDeliveries(db: Pick<Database, "pool">, queue: Queue): Promise<void> {
  const due = await claimDeliveries(db);
  if (due.length === 0) return;
  const jobs = due.map(({ id, event }) => ({ name: event, data: { deliveryId: id }, opts: { attempts: 1 } }));
  await within(LIMIT_MS, queue.addBulk(jobs));
}
