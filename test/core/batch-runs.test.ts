import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunsOfBatch } from "../../contract/overview.ts";
import { retryBatch } from "../../core/batches/run/retry-batch.ts";
import { changeProduct } from "../../core/directory/customers/change-customer.ts";
import { listRuns } from "../../core/batches/read/overview/list-runs.ts";
import { readPace } from "../../core/batches/read/overview/read-pace.ts";
import { runBatch } from "../support/run-batch.ts";
import { admin, e3, licensed, openTestCore, person, type TestCore } from "./test-core.ts";

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

const counts = ({ succeeded, unchanged, partial, failed }: RunsOfBatch["runs"][number]) => [
  succeeded,
  unchanged,
  partial,
  failed,
];

test("each retry is a run beside the earlier ones, with the rows that ended in it", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
  await core.provision(tenant, [person("old")]);
  const { id } = await core.provision(tenant, [
    licensed("a", "SPE_E3"),
    licensed("b", "SPE_E3"),
    licensed("c", "SPE_E3"),
    person("old"),
    person("bad", { usageLocation: "Atlantis" }),
  ]);
  const first = await listRuns(core.context, await core.batch(id));
  // A row that the plan refused never ran.
  expect(first.runs.map(counts)).toEqual([[1, 1, 2, 0]]);
  await changeProduct(core.context, admin, tenant.id, e3.skuId, { total: 2 });
  await retryBatch(core.context, admin, id, {});
  const batch = await runBatch(core.context, id);
  const { runs, spans, seconds } = await listRuns(core.context, batch);
  expect(runs.map(({ no, by }) => [no, by])).toEqual([
    [1, "Ada Agent"],
    [2, "Ada Agent"],
  ]);
  expect(runs.map(counts)).toEqual([
    [1, 1, 2, 0],
    [1, 0, 1, 0],
  ]);
  expect(seconds).toBe(1);
  const ended = spans.reduce((sum, span) => sum + span.succeeded + span.unchanged + span.partial + span.failed, 0);
  expect(ended).toBe(6);
  const pace = await readPace(core.context, admin, 24);
  expect(pace.spans.reduce((sum, { partial }) => sum + partial, 0)).toBe(3);
});

test("a batch that never ran has its first run, and nothing ended in it", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.plan(tenant, [person("a")]);
  const found = await listRuns(core.context, batch);
  expect(found).toMatchObject({ spans: [], runs: [{ no: 1, endedAt: null, succeeded: 0 }] });
});
