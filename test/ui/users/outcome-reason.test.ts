import { expect, it } from "vitest";
import { outcomeReason } from "../../../ui/users/outcome-reason.ts";

it("a reason names no row and no column", () => {
  expect(outcomeReason("Row 1,204: no seat of Visio Plan 2 is left.")).toBe("No seat of Visio Plan 2 is left.");
  expect(outcomeReason('Row 2, column "Name": is missing.')).toBe("Is missing.");
  expect(outcomeReason(null)).toBeNull();
});
