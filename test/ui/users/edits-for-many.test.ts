import { expect, it } from "vitest";
import type { User } from "../../../contract/user.ts";
import { changeForMany, linesForMany } from "../../../ui/users/edits-for-many.ts";

const users = (...departments: (string | null)[]) =>
  departments.map((department) => ({ department, usageLocation: "SE" }) as User);

it("what is filled in is set, what is emptied is null, and what is blank stays as it is", () => {
  expect(changeForMany({ city: " Lund ", department: null, jobTitle: " ", country: "" })).toEqual({
    department: null,
    city: "Lund",
  });
  expect(changeForMany({ jobTitle: "  " })).toBeNull();
  expect(changeForMany({})).toBeNull();
});

it("the review says what the users have now, the commonest first, and what they get", () => {
  const some = users("Sales", null, "Sales", "Legal", "IT", null, "Sales", "HR");
  expect(linesForMany({ department: null, usageLocation: "NO" }, some)).toEqual([
    { label: "Department", before: "Sales (3), Empty (2), Legal (1), others (2)", after: "" },
    { label: "Usage location", before: "Sweden (8)", after: "Norway" },
  ]);
});
