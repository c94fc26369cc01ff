import { expect, it } from "vitest";
import { wantedStates } from "../../../core/batches/plan/wanted-states.ts";
import { plansOf } from "../../../ui/batches/plans-of.ts";

it("the rows of each operation can be narrowed to what the core plans for it, and to nothing foreign to it", () => {
  for (const [operation, { plan }] of Object.entries(wantedStates)) {
    expect(plansOf(operation as keyof typeof wantedStates)).toEqual(
      expect.arrayContaining([plan, "unchanged", "conflict", "invalid"]),
    );
    expect(plansOf(operation as keyof typeof wantedStates)).toHaveLength(4);
  }
  expect(plansOf("createUsers")).toEqual(["create", "update", "unchanged", "restore", "conflict", "invalid"]);
});
