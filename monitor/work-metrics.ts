import { Gauge } from "prom-client";
import { readWorkload } from "../core/batches/read/read-workload.ts";
import { countSeats } from "../core/directory/licenses/count-seats.ts";
import type { Database } from "../db/open-database.ts";
import { within } from "../db/within.ts";
import { holdLook } from "./hold-look.ts";
import type { Monitor } from "./monitor.ts";

const answersWithinMs = 3_000;
/** Several who watch share one look at the work, and seats are counted no more often than that. */
const workHeldMs = 2_000;
const seatsHeldMs = 60_000;

/**
 * Tells what the database knows of the work: of all processes the same. Where it does not answer, nothing of it is told:
 * every number would be a guess.
 */
export function watchWork(monitor: Monitor, db: Pick<Database, "sql">): void {
  const { registry, onPrint } = monitor;
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const batches = gauge("muster_batches", "Batches that have not ended, by state", "state");
  const chunks = gauge("muster_chunks", "Chunks of running batches that are ready for the queue, or queued", "state");
  const rows = gauge("muster_rows_waiting", "Rows of running batches that have not ended", "operation");
  const oldest = gauge(
    "muster_oldest_row_waiting_seconds",
    "How long the first of these rows has waited, pauses aside; 0 where none waits",
  );
  const workers = gauge("muster_workers_live", "Worker processes that gave a sign of life in the last ten seconds");
  const slots = gauge("muster_slots_live", "Chunks that all these workers can run at once");
  const windows = gauge(
    "muster_window_chunks",
    "Room in the queue for chunks of all files that have more of them ready, in total and taken",
    "state",
  );
  const work = [batches, chunks, rows, oldest, workers, slots, windows];
  const seats = gauge("muster_seats", "Seats of all customers, in total and assigned", "product", "state");
  const without = gauge(
    "muster_customers_without_seat",
    "Customers whose seats of a product are all assigned",
    "product",
  );

  onPrint(
    holdLook(workHeldMs, async () => {
      const told = await within(answersWithinMs, readWorkload(db)).catch(() => null);
      for (const one of work) one.reset();
      // A gauge without labels is 0 again by then.
      for (const one of [oldest, workers, slots]) if (told === null) one.remove();
      if (told === null) return;
      for (const [state, count] of Object.entries(told.batches)) batches.set({ state }, count);
      for (const [state, count] of Object.entries(told.chunks)) chunks.set({ state }, count);
      for (const [operation, count] of Object.entries(told.rowsWaiting)) rows.set({ operation }, count);
      oldest.set(told.oldestSeconds);
      workers.set(told.workers);
      slots.set(told.slots);
      for (const [state, count] of Object.entries(told.windows)) windows.set({ state }, count);
    }),
  );
  onPrint(
    holdLook(seatsHeldMs, async () => {
      const told = await within(answersWithinMs, countSeats(db)).catch(() => []);
      for (const one of [seats, without]) one.reset();
      for (const { product, total, assigned, customersWithoutSeat } of told) {
        seats.set({ product, state: "total" }, total);
        seats.set({ product, state: "assigned" }, assigned);
        without.set({ product }, customersWithoutSeat);
      }
    }),
  );
}
