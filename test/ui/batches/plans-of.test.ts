import { expect, it } from "vitest";
import { targetOperationNames } from "../../../contract/operations.ts";
import { targetDecisionSql } from "../../../core/batches/plan/target-decisions.ts";
import { plansOf } from "../../../ui/batches/plans-of.ts";

const batch = { id: "", customerId: "", restorableSince: new Date(0), now: new Date(0) };

it("the rows of each operation can be narrowed to what the core plans for it, and to nothing foreign to it", () => {
  for (const operation of targetOperationNames) {
    const [, plan] = / else '(\w+)'\s+end$/.exec(targetDecisionSql(operation, batch).write().text) ?? [];
    expect(plansOf(operation)).toEqual(expect.arrayContaining([plan, "unchanged", "conflict", "invalid"]));
    expect(plansOf(operation)).toHaveLength(4);
  }
  expect(plansOf("createUsers")).toEqual(["create", "update", "unchanged", "restore", "conflict", "invalid"]);
});
