import { afterAll, beforeAll, expect, test } from "vitest";
import { changeBatch } from "../../core/batches/edit/change-batch.ts";
import { admin, openTestCore, plansOf, type TestCore } from "./test-core.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

test("a second table makes one row that fails and no user, also when the batch is planned anew", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.upload(
    tenant,
    "User name,Display name,City\nana,Ana,Porto\nUser name,Display name,City,Phone\nzoe,Zoë,Ulm,1\nkim,Kim,Bonn,2\n",
  );
  expect(plansOf(await core.rows(batch.id))).toEqual(["create", "invalid second_table"]);
  expect(batch.notes).toContainEqual(expect.stringContaining("2 rows under the header of another table"));
  await changeBatch(core.context, admin, batch.id, { mapping: { City: "department" } });
  expect(plansOf(await core.rows(batch.id))).toEqual(["create", "invalid second_table"]);
  expect((await core.apply(batch.id)).totals).toMatchObject({ succeeded: 1, failed: 1 });
});
