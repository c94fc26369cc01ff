import { afterAll, beforeAll, expect, test } from "vitest";
import { changeBatch } from "../../core/batches/change-batch.ts";
import { ada, openDesk, verdicts, type Desk } from "./desk.ts";

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

test("a second table makes one row that fails and no user, also when the batch is planned anew", async () => {
  const shop = await desk.makeCustomer();
  const batch = await desk.upload(
    shop,
    "User name,Display name,City\nana,Ana,Porto\nUser name,Display name,City,Phone\nzoe,Zoë,Ulm,1\nkim,Kim,Bonn,2\n",
  );
  expect(verdicts(await desk.rows(batch.id))).toEqual(["create", "invalid second_table"]);
  expect(batch.notes).toContainEqual(expect.stringContaining("2 rows under the header of another table"));
  await changeBatch(desk.context, ada, batch.id, { mapping: { City: "department" } });
  expect(verdicts(await desk.rows(batch.id))).toEqual(["create", "invalid second_table"]);
  expect((await desk.apply(batch.id)).totals).toMatchObject({ succeeded: 1, failed: 1 });
});
