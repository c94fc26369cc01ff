import { afterAll, beforeAll, expect, it } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import type { Product } from "../../contract/customer.ts";
import { brokenInvariants } from "../support/broken-invariants.ts";
import { startApp, type TestApp } from "../support/app.ts";

const seats = 100;
const batches = 8;
const perBatch = 50;

let app: TestApp;
let customer: { id: string; domain: string };
beforeAll(async () => {
  app = await startApp();
  customer = await app.makeCustomer([{ skuPartNumber: "SPE_E3", total: seats }]);
  const lines = Array.from({ length: batches * perBatch }, (_, at) => `u${at},User ${at},NL`);
  const made = await app.upload(
    customer.id,
    `User name,Display name,Usage location\n${lines.join("\n")}\n`,
    "&apply=true",
  );
  await app.finished(made.id);
});
afterAll(() => app.close());

/** One change of licenses for the users from `from` on, as a batch that starts at once. */
async function change(from: number, count: number, what: object): Promise<Batch> {
  const rows = Array.from({ length: count }, (_, at) => ({
    userPrincipalName: `u${from + at}@${customer.domain}`,
    ...what,
  }));
  const json = { operation: "changeLicenses", rows };
  return (await app.request<Batch>(`/v1/customers/${customer.id}/batches`, { json })).body;
}

async function consumed(): Promise<number | undefined> {
  const { body } = await app.request<{ items: Product[] }>(`/v1/customers/${customer.id}/products`);
  return body.items[0]?.consumed;
}

async function ended(begun: Batch[]): Promise<{ succeeded: number; failed: number; unchanged: number }> {
  const done = await Promise.all(begun.map(({ id }) => app.finished(id)));
  const sum = (state: "succeeded" | "failed" | "unchanged") => done.reduce((all, { totals }) => all + totals[state], 0);
  return { succeeded: sum("succeeded"), failed: sum("failed"), unchanged: sum("unchanged") };
}

it("eight batches at once over the queue share a hundred seats: a hundred are given, 300 rows name the shortage", async () => {
  const add = { add: [{ sku: "SPE_E3" }] };
  const begun = await Promise.all(Array.from({ length: batches }, (_, at) => change(at * perBatch, perBatch, add)));
  expect(await ended(begun)).toEqual({ succeeded: seats, failed: batches * perBatch - seats, unchanged: 0 });
  const causes = await Promise.all(
    begun.map(async ({ id }) => (await app.request<{ items: object[] }>(`/v1/batches/${id}/causes`)).body.items),
  );
  expect(new Set(causes.flat().map((cause) => (cause as { code: string }).code))).toEqual(new Set(["seat_shortage"]));
  expect(await consumed()).toBe(seats);

  // Taken away and given in a storm, of users whom the batches share, the numbers still agree.
  for (let round = 0; round < 3; round++) {
    const storm = Array.from({ length: batches }, (_, at) =>
      change(at * 45 + round, 60, (at + round) % 2 === 0 ? add : { remove: ["SPE_E3"] }),
    );
    await ended(await Promise.all(storm));
    expect(await consumed()).toBeLessThanOrEqual(seats);
    expect(await brokenInvariants(app.db)).toEqual([]);
  }
});
