import { describe, expect, it } from "vitest";
import { grantDaysLeft } from "../../../ui/agents/grant-days-left.ts";
import { emptyGrant, grantBody, isWhole } from "../../../ui/agents/grant-draft.ts";

const now = new Date("2026-05-01T12:00:00Z");

it.each([
  ["2026-05-01T13:00:00Z", 0],
  ["2026-05-02T11:59:59Z", 0],
  ["2026-05-02T12:00:00Z", 1],
  ["2026-05-31T12:00:00Z", 30],
  ["2026-04-01T12:00:00Z", 0],
])("a grant that ends %s has %i whole days left", (endsAt, days) => {
  expect(grantDaysLeft(endsAt, now)).toBe(days);
});

describe("the form for a grant", () => {
  it("can be sent once holder, customer and role are there, and names one holder", () => {
    const customer = { id: "c", name: "Contoso" };
    expect(isWhole({ ...emptyGrant, customer, role: "directoryReader" })).toBe(false);
    const whole = { ...emptyGrant, customer, role: "directoryReader" as const };
    const agent = { kind: "agent" as const, id: "a", name: "Noor" };
    expect(isWhole({ ...whole, holder: agent })).toBe(true);
    expect(grantBody({ ...whole, holder: agent })).toEqual({ agentId: "a", role: "directoryReader", days: 365 });
    const group = { kind: "group" as const, id: "g", name: "Night shift" };
    expect(grantBody({ ...whole, holder: group })).toEqual({ groupId: "g", role: "directoryReader", days: 365 });
  });
});
