import { afterAll, beforeAll, expect, test } from "vitest";
import { previewRetry } from "../../core/batches/run/preview-retry.ts";
import { changeProduct } from "../../core/directory/customers/change-customer.ts";
import { admin, e3, licensed, openTestCore, person, refusal, type TestCore, type TestTenant } from "./test-core.ts";
import { pictureOf, retryRows } from "./targets.ts";

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

async function wholePicture(tenant: TestTenant, batchId: string): Promise<unknown> {
  const batch = await core.batch(batchId);
  return [await pictureOf(core, tenant), batch, await core.rows(batchId)];
}

test("before a retry the agent sees how many rows go on and how many find no seat, and nothing is done", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
  await core.provision(tenant, [person("old", { displayName: "Old name" })]);
  const names = ["a", "b", "c", "d", "e", "f"];
  const batch = await core.provision(tenant, [
    ...names.map((name) => licensed(name, "SPE_E3")),
    person("old", { displayName: "New name" }),
    person("bad", { usageLocation: "Atlantis" }),
  ]);
  expect(batch.totals).toMatchObject({ succeeded: 1, partial: 5, failed: 2 });
  await changeProduct(core.context, admin, tenant.id, e3.skuId, { total: 4 });
  await core.deleteUser(tenant, "old", 40);
  const before = await wholePicture(tenant, batch.id);
  const preview = await previewRetry(core.context, admin, batch.id, {});
  expect(preview.rows).toBe(7);
  expect(preview.goOn).toEqual([
    { step: "licenses", rows: 3 },
    { step: null, rows: 1 },
  ]);
  expect(preview.stay.map(({ code, rows }) => [code, rows])).toEqual([
    ["seat_shortage", 2],
    ["country_unknown", 1],
  ]);
  expect(await wholePicture(tenant, batch.id)).toEqual(before);
  const chosen = await previewRetry(core.context, admin, batch.id, { codes: ["country_unknown"] });
  expect([chosen.rows, chosen.goOn, chosen.stay.length]).toEqual([1, [], 1]);
  const rows = await retryRows(core, batch.id);
  expect(rows.map(({ state }) => state).toSorted()).toEqual(
    [...Array.from({ length: 5 }, () => "succeeded"), "failed", "partial", "partial"].toSorted(),
  );
});

test("a plan that was never started has nothing to retry", async () => {
  const tenant = await core.makeCustomer();
  const { id } = await core.plan(tenant, [person("a")]);
  expect(await refusal(previewRetry(core.context, admin, id, {}))).toBe("batch_state");
});
