import { describe, expect, it } from "vitest";
import { batchOutcome, hasOutcomes } from "../../../ui/batches/batch-outcome.ts";
import { batchFilter, readBatchSearch } from "../../../ui/batches/batch-search.ts";
import { batchTitle } from "../../../ui/batches/batch-title.ts";

const anna = { displayName: "Anna Berg", userPrincipalName: "anna@contoso.example" };
const totals = { rows: 3, pending: 0, succeeded: 0, unchanged: 0, partial: 0, failed: 0, cancelled: 0 };

describe("a batch's title says act and object", () => {
  it("of a file, also where the file has one row", () => {
    const file = { operation: "createUsers", fileName: "einkauf3.csv", person: anna, rows: 1 } as const;
    expect(batchTitle(file)).toBe("Add users · einkauf3.csv");
  });

  it("of one user by name, or by sign-in name where there is no other", () => {
    const reset = { operation: "resetPasswords", fileName: null, rows: 1 } as const;
    expect(batchTitle({ ...reset, person: anna })).toBe("Reset password · Anna Berg");
    expect(batchTitle({ ...reset, person: { ...anna, displayName: null } })).toBe(
      "Reset password · anna@contoso.example",
    );
  });

  it("of many users by their number, and while they are read by the act alone", () => {
    const many = { operation: "deleteUsers", fileName: null, person: null } as const;
    expect(batchTitle({ ...many, rows: 5 })).toBe("Delete · 5 users");
    expect(batchTitle({ ...many, rows: 0 })).toBe("Delete users");
  });
});

describe("how a batch stands", () => {
  it("is good only where no row failed or ended in part", () => {
    expect(batchOutcome({ state: "finished", totals: { ...totals, succeeded: 3 } }).look).toBe("finished");
    expect(batchOutcome({ state: "finished", totals: { ...totals, succeeded: 2, partial: 1 } })).toEqual({
      look: "partial",
      word: "Finished with 1 partial",
    });
    expect(batchOutcome({ state: "finished", totals: { ...totals, succeeded: 1, partial: 1, failed: 1 } })).toEqual({
      look: "partial",
      word: "Finished with 1 failed, 1 partial",
    });
    expect(batchOutcome({ state: "finished", totals: { ...totals, failed: 3 } }).look).toBe("failed");
  });

  it("is its state while it has not ended", () => {
    expect(batchOutcome({ state: "running", totals: { ...totals, failed: 2, pending: 1 } }).look).toBe("running");
    expect(batchOutcome({ state: "paused" }).look).toBe("paused");
  });
});

it("a batch has outcomes once it has started, and also where it was cancelled before", () => {
  const startedAt = "2026-05-04T07:15:31.004Z";
  expect(hasOutcomes({ state: "finished", startedAt })).toBe(true);
  expect(hasOutcomes({ state: "cancelled", startedAt: null })).toBe(true);
  expect(hasOutcomes({ state: "scheduled", startedAt: null })).toBe(false);
});

describe("the filters in the address", () => {
  it("are days where the agent is: the last day is within", () => {
    const { since, until } = batchFilter(readBatchSearch({ since: "2026-05-04", until: "2026-05-04" }));
    expect(since).toBe(new Date(2026, 4, 4).toISOString());
    expect(until).toBe(new Date(2026, 4, 5).toISOString());
  });

  it("leave out what cannot be read, and the page's customer wins", () => {
    const search = readBatchSearch({ since: "yesterday", state: "odd", failures: "yes", customer: "other", q: 12 });
    expect(batchFilter(search, "mine")).toMatchObject({ q: "12", customerId: "mine", hasFailures: "true" });
    expect(batchFilter(search).since).toBeUndefined();
    expect(batchFilter(search).state).toBeUndefined();
  });
});
