import { afterAll, beforeAll, expect, test } from "vitest";
import type { Activity } from "../../contract/activity.ts";
import type { User } from "../../contract/user.ts";
import { indexNames } from "../../core/directory/search/index-names.ts";
import { listActivity } from "../../core/directory/users/list-activity.ts";
import { licensed, openTestCore, person, type TestCore } from "./test-core.ts";
import { act } from "./targets.ts";

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

async function activityOf(user: User, limit = 100): Promise<Activity[]> {
  const items: Activity[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await listActivity(core.context, user, { limit, cursor });
    items.push(...page.items);
    if (page.next === null) return items;
    cursor = page.next;
  }
}

test("what was done to a user and which rows about the user failed is one list, the latest first", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
  await core.provision(tenant, [licensed("first", "SPE_E3"), licensed("ana", "SPE_E3"), person("ana.other")]);
  const ana = await core.user(tenant, "ana");
  await act(core, tenant, "updateUsers", [{ userId: ana.id, department: "Sales" }]);
  await core.provision(tenant, [person("ana", { displayName: "Somebody else" })]);
  await act(core, tenant, "changeLicenses", [{ userId: ana.id, add: [{ sku: "SPE_E3" }] }]);
  while ((await indexNames(core.context)) > 0) continue;
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
