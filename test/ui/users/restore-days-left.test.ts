import { expect, it } from "vitest";
import { restoreDaysLeft } from "../../../ui/users/restore-days-left.ts";

it("a deleted user has all days left at first, one on the last day, and none after it", () => {
  const deletedAt = "2026-11-01T12:00:00.000Z";
  const left = (now: string) => restoreDaysLeft(deletedAt, 30, Date.parse(now));
  expect([deletedAt, "2026-11-02T12:00:00.001Z", "2026-12-01T11:59:00Z", "2027-01-01T00:00:00Z"].map(left)).toEqual([
    30, 29, 1, 0,
  ]);
});
