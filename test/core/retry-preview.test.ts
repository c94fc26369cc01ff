import { afterAll, beforeAll, expect, test } from "vitest";
import { previewRetry } from "../../core/batches/preview-retry.ts";
import { changeProduct } from "../../core/customers/change-customer.ts";
import { ada, e3, licensed, openDesk, person, refusal, type Desk, type Shop } from "./desk.ts";
import { pictureOf, retryRows } from "./targets.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

async function wholePicture(shop: Shop, batchId: string): Promise<unknown> {
  const batch = await desk.batch(batchId);
  return [await pictureOf(desk, shop), batch, await desk.rows(batchId)];
}

test("before a retry the agent sees how many rows go on and how many find no seat, and nothing is done", async () => {
  const shop = await desk.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
  await desk.provision(shop, [person("old", { displayName: "Old name" })]);
  const names = ["a", "b", "c", "d", "e", "f"];
  const batch = await desk.provision(shop, [
    ...names.map((name) => licensed(name, "SPE_E3")),
    person("old", { displayName: "New name" }),
    person("bad", { usageLocation: "Atlantis" }),
  ]);
  expect(batch.totals).toMatchObject({ succeeded: 1, partial: 5, failed: 2 });
  await changeProduct(desk.context, ada, shop.id, e3.skuId, { total: 4 });
  await desk.deleteUser(shop, "old", 40);
  const before = await wholePicture(shop, batch.id);
  const preview = await previewRetry(desk.context, ada, batch.id, {});
  expect(preview.rows).toBe(7);
  expect(preview.goOn).toEqual([
    { step: "licenses", rows: 3 },
    { step: null, rows: 1 },
  ]);
  expect(preview.stay.map(({ code, rows }) => [code, rows])).toEqual([
    ["seat_shortage", 2],
    ["country_unknown", 1],
  ]);
  expect(await wholePicture(shop, batch.id)).toEqual(before);
  const chosen = await previewRetry(desk.context, ada, batch.id, { codes: ["country_unknown"] });
  expect([chosen.rows, chosen.goOn, chosen.stay.length]).toEqual([1, [], 1]);
  const rows = await retryRows(desk, batch.id);
  expect(rows.map(({ state }) => state).toSorted()).toEqual(
    [...Array.from({ length: 5 }, () => "succeeded"), "failed", "partial", "partial"].toSorted(),
  );
});

test("a plan that was never started has nothing to retry", async () => {
  const shop = await desk.makeCustomer();
  const { id } = await desk.plan(shop, [person("a")]);
  expect(await refusal(previewRetry(desk.context, ada, id, {}))).toBe("batch_state");
});
