import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { type CostReader, type Costs, noCosts, spent } from "./costs.ts";
import { peopleFile } from "./sample-people.ts";
import type { Served } from "./served.ts";

/** How long a file took to be planned, and in all; what planning it and applying it cost apart. */
export type Provisioned = { planMs: number; totalMs: number; plan: Costs; apply: Costs };

export type Customer = { id: string; domain: string };

/** Makes a customer with `seats` seats of SPE_E3 and gives its id and domain. */
export async function newCustomer(served: Served, seats: number): Promise<Customer> {
  const domain = `b${randomBytes(6).toString("hex")}.example`;
  const customer = await served.ask("/customers", {
    json: { name: domain, domains: [domain], products: [{ skuPartNumber: "SPE_E3", total: seats }] },
  });
  return { id: (customer as { id: string }).id, domain };
}

/** Uploads `count` people, applies the plan and waits for the end, over HTTP, as an agent would. */
export async function provision(served: Served, count: number, costs: CostReader = noCosts): Promise<Provisioned> {
  const { id, domain } = await newCustomer(served, count);
  // Made before the clock starts, as those of the COPY are.
  const file = [...peopleFile(domain, count)];
  const before = await costs();
  const started = performance.now();
  const batch = await served.upload(`/customers/${id}/uploads?operation=create-users`, file);
  const planMs = performance.now() - started;
  const planned = await costs();
  await served.ask(`/batches/${batch.id}/apply`, { method: "POST", headers: { prefer: "wait=60" } });
  const totals = await ended(served, batch.id);
  if (totals["succeeded"] !== count) throw new Error(`not all were created: ${JSON.stringify(totals)}`);
  const totalMs = performance.now() - started;
  return { planMs, totalMs, plan: spent(before, planned), apply: spent(planned, await costs()) };
}

/** Uploads `count` people, and gives the batch that plans to make them. */
export async function planFile(served: Served, { id, domain }: Customer, count: number): Promise<string> {
  return (await served.upload(`/customers/${id}/uploads?operation=create-users`, peopleFile(domain, count))).id;
}

/** Waits until a batch is finished, and gives its counts. */
export async function ended(served: Served, batchId: string): Promise<Record<string, number>> {
  for (;;) {
    const batch = (await served.ask(`/batches/${batchId}`)) as { state: string; totals: Record<string, number> };
    if (batch.state === "finished") return batch.totals;
    await pause(20);
  }
}
