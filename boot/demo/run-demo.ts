import { createReadStream } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { Batch } from "../../contract/batch.ts";
import { systemActor } from "../../core/actor.ts";
import { unrestricted } from "../../core/access/authority/authority.ts";
import { applyBatch } from "../../core/batches/run/apply-batch.ts";
import { getBatch } from "../../core/batches/read/get-batch.ts";
import { listBatches } from "../../core/batches/read/list-batches.ts";
import { listCauses } from "../../core/batches/read/list-causes.ts";
import type { CoreContext } from "../../core/context.ts";
import { createCustomer } from "../../core/directory/customers/create-customer.ts";
import { listCustomers } from "../../core/directory/customers/read-customers.ts";
import { progressBar } from "../../cli/progress-bar.ts";
import { submitUpload } from "../../core/batches/submit/submit-upload.ts";
import { demoCustomer, demoPeopleFile } from "./demo-customer.ts";

export type DemoDoor = {
  address: string;
  signIn: { email: string; password: string | null };
  print: (text: string) => void;
  /** Aborts when the process is to stop: the demo then leaves its batch to the next start. */
  stop: AbortSignal;
};

const barMs = 100;

/**
 * Provisions the shipped sample of 500 people for a sample customer, with a progress bar, and prints the outcome by
 * cause and where to look next. Where the sample is there already, says so and shows how it stands.
 */
export async function runDemo(context: CoreContext, door: DemoDoor): Promise<void> {
  const { print } = door;
  const found = await findDemo(context);
  if (found === null) {
    const batch = await provision(context, door);
    await printOutcome(context, batch, print);
  } else {
    print(`\nThe sample customer ${demoCustomer.name} is here from an earlier run; nothing was created again.\n`);
    await printOutcome(context, found, print);
  }
  printDoors(door);
}

async function findDemo(context: CoreContext): Promise<Batch | null> {
  const domain = demoCustomer.domains[0] ?? "";
  const customers = await listCustomers(context, unrestricted, { q: domain, limit: 1, count: false });
  const customerId = customers.items[0]?.id;
  if (customerId === undefined) return null;
  const batches = await listBatches(context, unrestricted, { customerId, limit: 1, count: false });
  return batches.items[0] ?? null;
}

async function provision(context: CoreContext, { print, stop }: DemoDoor): Promise<Batch> {
  const customer = await createCustomer(context, systemActor, demoCustomer);
  print(`\nSample customer: ${customer.name} (${customer.domains.map((domain) => domain.name).join(", ")})\n`);
  const { batchId } = await submitUpload(context, systemActor, {
    customerId: customer.id,
    operation: "createUsers",
    fileName: "people.csv",
    bytes: createReadStream(demoPeopleFile),
    options: { onExisting: "skip", onDeleted: "ask" },
  });
  const planned = await expectBatch(context, batchId);
  print(`Plan of people.csv, ${planned.totals.rows} rows: ${counts(planned.plan)}\n`);
  for (const seat of planned.seats.filter(({ needed, free }) => needed > free)) {
    print(`  ${seat.skuPartNumber}: ${seat.needed} seats needed, ${seat.free} free\n`);
  }
  await applyBatch(context, systemActor, batchId, { planVersion: planned.planVersion });
  return await watch(context, batchId, print, stop);
}

async function watch(
  context: CoreContext,
  batchId: string,
  print: DemoDoor["print"],
  stop: AbortSignal,
): Promise<Batch> {
  for (;;) {
    const batch = await expectBatch(context, batchId);
    const { rows, pending } = batch.totals;
    print(`\r${progressBar(rows === 0 ? 1 : (rows - pending) / rows)} ${rows - pending} of ${rows} rows`);
    if (batch.state === "finished" || stop.aborted) {
      print("\n");
      return batch;
    }
    await pause(barMs);
  }
}

async function printOutcome(context: CoreContext, batch: Batch, print: DemoDoor["print"]): Promise<void> {
  print(`\nBatch ${batch.no} is ${batch.state}: ${counts(batch.totals, ["rows"])}\n`);
  for (const cause of await listCauses(context, batch.id)) {
    print(`  ${String(cause.rows).padStart(4)} ${cause.state.padEnd(8)} ${cause.code.padEnd(20)} ${cause.title}\n`);
  }
}

function printDoors({ address, signIn, print }: DemoDoor): void {
  const password = signIn.password ?? "the one you set, or the one the first start printed";
  print(`
Sign in      ${address}/
             ${signIn.email}, password: ${password}
Bull Board   ${address}/queues
API docs     ${address}/docs

Muster keeps serving; Ctrl-C stops it.
`);
}

function counts(sums: Record<string, number>, without: readonly string[] = []): string {
  const parts = Object.entries(sums).filter(([name, rows]) => rows > 0 && !without.includes(name));
  return parts.length === 0 ? "nothing" : parts.map(([name, rows]) => `${rows} ${name}`).join(", ");
}

async function expectBatch(context: CoreContext, batchId: string): Promise<Batch> {
  const batch = await getBatch(context, batchId);
  if (batch === null) throw new Error("The demo's batch is gone.");
  return batch;
}
