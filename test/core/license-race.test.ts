import { afterAll, beforeAll, expect, test } from "vitest";
import type { TargetInput } from "../../contract/user-changes.ts";
import { applyBatch } from "../../core/batches/run/apply-batch.ts";
import { runOne, runReady } from "../support/run-batch.ts";
import { claimChunks } from "../../core/batches/run/claim-chunks.ts";
import { brokenInvariants } from "../support/broken-invariants.ts";
import { admin, endings, openTestCore, people, type TestCore, type TestTenant } from "./test-core.ts";
import { act, pictureOf, planTargets } from "./targets.ts";

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

const e3 = [{ sku: "SPE_E3" }];
const named = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => ({ userPrincipalName: `u${from + at}` }));

/** Starts planned batches together, runs their chunks at once, and gives how many rows ended in each way. */
async function runTogether(batchIds: string[]): Promise<Record<string, number>> {
  await Promise.all(batchIds.map((id) => applyBatch(core.context, admin, id)));
  await runReady(core.context, { atOnce: 8 });
  const counts: Record<string, number> = {};
  for (const id of batchIds) {
    for (const ending of endings(await core.rows(id))) counts[ending] = (counts[ending] ?? 0) + 1;
  }
  return counts;
}

async function crowd(seats: number): Promise<TestTenant> {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: seats }]);
  await core.provision(tenant, people(400, { usageLocation: "NL" }));
  return tenant;
}

test("eight batches that compete for a hundred seats over 400 users: a hundred are given, 300 rows name the shortage", async () => {
  const tenant = await crowd(100);
  const parts = Array.from({ length: 8 }, (_, part) => named(part * 50 + 1, 50).map((row) => ({ ...row, add: e3 })));
  const batchIds = await Promise.all(parts.map((rows) => planTargets(core, tenant, "changeLicenses", rows)));
  expect(await runTogether(batchIds)).toEqual({ succeeded: 100, "failed licenses seat_shortage": 300 });
  expect(await core.seats(tenant)).toEqual({ SPE_E3: { total: 100, consumed: 100 } });

  for (let round = 0; round < 6; round++) {
    const storm: Promise<string>[] = [];
    for (let part = 0; part < 8; part++) {
      // The parts overlap, so that batches also meet over users.
      const rows = named(part * 45 + round + 1, 80).map((row, at): TargetInput =>
        (at + round + part) % 2 === 0 ? { ...row, add: e3 } : { ...row, remove: ["SPE_E3"] },
      );
      storm.push(planTargets(core, tenant, "changeLicenses", rows));
    }
    const deleted = planTargets(core, tenant, "deleteUsers", named(round * 20 + 1, 20));
    const counts = await runTogether(await Promise.all([...storm, deleted]));
    expect(counts["succeeded"]).toBeGreaterThan(0);
    expect((await core.seats(tenant))["SPE_E3"]?.consumed).toBeLessThanOrEqual(100);
  }
  await act(core, tenant, "restoreUsers", named(1, 120));
  await core.seats(tenant);
  expect(await brokenInvariants(core.context.db)).toEqual([]);
});

test("a job that comes twice, also at the same moment, changes nothing the second time, whatever its operation", async () => {
  const tenant = await crowd(400);
  const rows = named(1, 20);
  const steps: [Parameters<typeof planTargets>[2], TargetInput[]][] = [
    ["updateUsers", rows.map((row) => ({ ...row, city: "Delft" }))],
    ["changePermissions", rows.map((row) => ({ ...row, permission: "Global admin" }))],
    ["changeLicenses", rows.map((row) => ({ ...row, add: e3 }))],
    ["resetPasswords", rows],
    ["deleteUsers", rows],
    ["restoreUsers", rows],
    ["deleteUsers", rows],
    ["removeUsers", rows.map((row) => ({ ...row, confirm: `Display ${row.userPrincipalName}` }))],
  ];
  for (const [operation, asked] of steps) {
    const id = await planTargets(core, tenant, operation, asked);
    await applyBatch(core.context, admin, id);
    const [chunk] = await claimChunks(core.context.db, 1);
    if (chunk === undefined) throw new Error("no chunk is ready");
    await Promise.all([runOne(core.context, chunk), runOne(core.context, chunk)]);
    await runOne(core.context, chunk);
    const before = await pictureOf(core, tenant);
    await runOne(core.context, chunk);
    expect([operation, await pictureOf(core, tenant)]).toEqual([operation, before]);
    expect([operation, (await core.batch(id)).totals.succeeded]).toEqual([operation, 20]);
    const records = Object.values(await core.audited(id));
    expect([operation, records.every((count) => count === 20)]).toEqual([operation, true]);
  }
});
