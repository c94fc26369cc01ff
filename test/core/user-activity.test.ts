import { afterAll, beforeAll, expect, test } from "vitest";
import type { Activity } from "../../contract/activity.ts";
import type { User } from "../../contract/user.ts";
import { indexNames } from "../../core/search/index-names.ts";
import { listActivity } from "../../core/users/list-activity.ts";
import { licensed, openDesk, person, type Desk } from "./desk.ts";
import { act } from "./targets.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

async function activityOf(user: User, limit = 100): Promise<Activity[]> {
  const items: Activity[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await listActivity(desk.context, user, { limit, cursor });
    items.push(...page.items);
    if (page.next === null) return items;
    cursor = page.next;
  }
}

test("what was done to a user and which rows about the user failed is one list, the latest first", async () => {
  const shop = await desk.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
  await desk.provision(shop, [licensed("first", "SPE_E3"), licensed("ana", "SPE_E3"), person("ana.other")]);
  const ana = await desk.user(shop, "ana");
  await act(desk, shop, "updateUsers", [{ userId: ana.id, department: "Sales" }]);
  await desk.provision(shop, [person("ana", { displayName: "Somebody else" })]);
  await act(desk, shop, "changeLicenses", [{ userId: ana.id, add: [{ sku: "SPE_E3" }] }]);
  while ((await indexNames(desk.context)) > 0) continue;
  const told = (await activityOf(ana)).map(({ kind, operation, status, code }) => [kind, operation, status, code]);
  expect(told.filter(([kind]) => kind === "audit")).toEqual([
    ["audit", "update_customer_user", "succeeded", null],
    ["audit", "create_customer_user", "succeeded", null],
  ]);
  expect(told.filter(([kind]) => kind === "row")).toEqual([
    ["row", "changeLicenses", "failed", "seat_shortage"],
    ["row", "createUsers", "failed", "user_exists"],
    ["row", "createUsers", "partial", "seat_shortage"],
  ]);
  const all = await activityOf(ana);
  expect(all.map(({ at }) => at)).toEqual(
    all
      .map(({ at }) => at)
      .toSorted()
      .toReversed(),
  );
  for (const limit of [1, 2]) expect(await activityOf(ana, limit)).toEqual(all);
});
