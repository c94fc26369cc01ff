import type { Queue } from "bullmq";
import { Gauge } from "prom-client";
import { askDatabase } from "../db/ask-database.ts";
import type { Database } from "../db/open-database.ts";
import { within } from "../db/within.ts";
import type { Monitor } from "./monitor.ts";

const answersWithinMs = 3_000;
const name = "muster_store_up";

/** Tells whether this process reaches its database and its queue; where two of its parts say so, once. */
export function watchStores(
  { registry, onPrint }: Monitor,
  db: Pick<Database, "sql">,
  queue: Pick<Queue, "isPaused">,
): void {
  if (registry.getSingleMetric(name) !== undefined) return;
  const up = new Gauge({
    name,
    help: "1 where this process reaches the store: the database, or the queue on Redis or Postgres",
    labelNames: ["store"],
    registers: [registry],
  });
  const stores = { database: () => askDatabase(db), queue: () => queue.isPaused() };
  onPrint(async () => {
    await Promise.all(
      Object.entries(stores).map(async ([store, ask]) => {
        const answers = within<unknown>(answersWithinMs, ask());
        up.set(
          { store },
          await answers.then(
            () => 1,
            () => 0,
          ),
        );
      }),
    );
  });
}
