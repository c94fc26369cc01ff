import { describe, expect, it } from "vitest";
import { auditChanges, readableChanges } from "../../../ui/audit/audit-changes.ts";
import { auditFilter } from "../../../ui/audit/audit-filter.ts";
import { formatTime } from "../../../ui/kit/format.ts";
import { texts } from "../../../ui/kit/texts.ts";
import { operationWords, recordWords } from "../../../ui/audit/operation-words.ts";

describe("what a record of the audit changed", () => {
  it("is told field by field, before and after, under the words of the form", () => {
    const before = { department: "Sales", city: null, roles: ["a"], displayName: "Anna" };
    const after = { department: "Finance", city: "Lund", roles: ["a", "b"], displayName: "Anna" };
    expect(auditChanges({ before, after, productNames: {} })).toEqual([
      { field: "Department", before: "Sales", after: "Finance" },
      { field: "City", before: null, after: "Lund" },
      { field: "Roles", before: "a", after: "a, b" },
    ]);
  });

  it("is told in words: yes and no, and times as everywhere", () => {
    const changes = auditChanges({
      before: { accountEnabled: true, endsAt: "2027-02-27T01:17:36.308Z" },
      after: { accountEnabled: false, endsAt: "2027-03-01T08:00:00.123456+00:00" },
      productNames: {},
    });
    expect(changes[0]).toEqual({ field: "Sign-in allowed", before: texts.common.yes, after: texts.common.no });
    expect(changes[1]).toMatchObject({
      before: formatTime("2027-02-27T01:17:36.308Z"),
      after: formatTime("2027-03-01T08:00:00.123Z"),
    });
  });

  it("is all that one side tells where there is no other", () => {
    expect(auditChanges({ before: null, after: { endsAt: "2027-01-01", days: 30 }, productNames: {} })).toEqual([
      { field: "Ends at", before: null, after: "2027-01-01" },
      { field: "Days", before: null, after: "30" },
    ]);
    expect(auditChanges({ before: { name: "x" }, after: null, productNames: {} })).toEqual([
      { field: "Name", before: "x", after: null },
    ]);
    expect(auditChanges({ before: null, after: null, productNames: {} })).toEqual([]);
  });
});

it("products go by their names, wherever a record calls them by part numbers", () => {
  const productNames = { SPE_E3: "Microsoft 365 E3", VISIOCLIENT: "Visio Plan 2" };
  const [before, after] = [{ licenses: ["SPE_E3"] }, { licenses: ["SPE_E3", "VISIOCLIENT", "GONE"] }];
  expect(auditChanges({ before, after, productNames })).toEqual([
    { field: "Licenses", before: "Microsoft 365 E3", after: "Microsoft 365 E3, Visio Plan 2, GONE" },
  ]);
  expect(auditChanges({ before: null, after: { skuPartNumber: "SPE_E3" }, productNames })).toEqual([
    { field: "Product", before: null, after: "Microsoft 365 E3" },
  ]);
});

it("the changes of a line name no ids, and roles by their labels", () => {
  const agentId = "01890000-0000-7000-8000-000000000000";
  const after = { grantId: agentId, agentId, role: "globalAdministrator", days: 30 };
  expect(readableChanges({ before: null, after, productNames: {} })).toEqual([
    { field: "Role", before: null, after: "Global Administrator" },
    { field: "Days", before: null, after: "30" },
  ]);
});

describe("the filter of an audit", () => {
  it("takes both days whole, where the agent is", () => {
    const { since, until } = auditFilter({ from: "2026-05-31", to: "2026-05-31" });
    expect(Date.parse(until ?? "") - Date.parse(since ?? "")).toBe(86_400_000);
    expect(new Date(since ?? "").getHours()).toBe(0);
  });

  it("leaves out what the address does not name, and a day that is none", () => {
    expect(auditFilter({ agent: "token:environment", from: "yesterday" })).toEqual({ agentId: "token:environment" });
  });
});

it("the record of a new or restored user tells what else the user got", () => {
  const told = [{}, { added: ["SPE_E3"] }, { roles: ["globalAdmin"], added: ["SPE_E3"] }].map((after) =>
    recordWords({ operation: "create_customer_user", after }),
  );
  expect(told).toEqual(["Created", "Created with licenses", "Created with a permission and licenses"]);
  const restored = { operation: "restore_customer_user", after: { added: ["SPE_E3"] } };
  expect(recordWords(restored)).toBe("Restored with licenses");
});

it("an operation that nobody gave words to keeps its own name", () => {
  expect([operationWords("make_grant"), operationWords("paint_the_fence")]).toEqual(["Grant given", "paint_the_fence"]);
});
