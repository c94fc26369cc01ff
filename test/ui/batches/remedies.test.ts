import { describe, expect, it } from "vitest";
import { causeCodes, mayRetry } from "../../../contract/codes.ts";
import { canPlanAgain, remediesOf } from "../../../ui/batches/remedies.ts";

const totals = { rows: 2, pending: 2, succeeded: 0, unchanged: 0, partial: 0, failed: 0, cancelled: 0 };
const plan = { operation: "createUsers", source: "upload", state: "ready", totals } as const;
const cause = (code: (typeof causeCodes)[number], field: string | null = null) => ({
  code,
  example: { rowNo: 1, field, message: null },
});

describe("remedies", () => {
  it("no retry is offered for licenses that their publisher assigns: the same row ends the same way", () => {
    expect(mayRetry("managed_by_publisher")).toBe(false);
    expect(mayRetry("seat_shortage")).toBe(true);
  });

  it("a missing username is built, any other missing value is looked for in the columns", () => {
    expect(remediesOf(cause("required_missing", "userPrincipalName"), plan)).toEqual(["pattern", "columns"]);
    expect(remediesOf(cause("required_missing", "displayName"), plan)).toEqual(["columns"]);
  });

  it("rows that came without a file have no columns to map", () => {
    for (const code of causeCodes) {
      expect(remediesOf(cause(code), { ...plan, source: "json" })).not.toContain("columns");
    }
  });

  it("options that only new users have are offered for no other operation", () => {
    for (const code of causeCodes) {
      const offered = remediesOf(cause(code, "userPrincipalName"), { ...plan, operation: "deleteUsers" });
      expect(offered).not.toEqual(expect.arrayContaining(["location"]));
      expect(offered).not.toEqual(expect.arrayContaining(["pattern"]));
    }
  });

  it("once a batch has done something only seats are offered, which a retry then finds", () => {
    const done = { ...plan, state: "finished", totals: { ...totals, pending: 0, succeeded: 1, failed: 1 } } as const;
    expect(canPlanAgain(done)).toBe(false);
    expect(causeCodes.filter((code) => remediesOf(cause(code), done).length > 0)).toEqual(["seat_shortage"]);
  });

  it("a batch whose rows all failed can be planned by other columns and options", () => {
    const failed = { ...plan, state: "finished", totals: { ...totals, pending: 0, failed: 2 } } as const;
    expect(canPlanAgain(failed)).toBe(true);
    expect(canPlanAgain({ ...failed, operation: "undoBatch" })).toBe(false);
    expect(canPlanAgain({ ...failed, state: "cancelled" })).toBe(false);
  });
});
