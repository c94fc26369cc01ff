import { expect, it } from "vitest";
import type { Product } from "../../../contract/customer.ts";
import type { User } from "../../../contract/user.ts";
import { editedForm, editLines, editRequests, withEdit } from "../../../ui/users/user-edits.ts";

const e3 = "05e9a617-0261-4cee-bb44-138d3ef5d965";
const products: Product[] = [
  {
    skuId: e3,
    skuPartNumber: "SPE_E3",
    name: "Microsoft 365 E3",
    total: 5,
    active: 5,
    warning: 0,
    suspended: 0,
    consumed: 1,
    available: 4,
    servicePlans: [],
    publisherAddress: null,
  },
];
const user = {
  id: "01890000-0000-7000-8000-000000000001",
  customerId: "01890000-0000-7000-8000-000000000002",
  userPrincipalName: "ana@contoso.example",
  displayName: "Ana Broz",
  givenName: "Ana",
  surname: "Broz",
  department: "Sales",
  city: null,
  usageLocation: "SE",
  accountEnabled: true,
  state: "active",
  permission: ["userManagementAdmin", "passwordAdmin"],
  licenses: [],
  version: 3,
} as unknown as User;

it("a form that nobody has changed asks for nothing", () => {
  expect(editRequests(user, editedForm(user, {}), products)).toEqual({
    fields: null,
    licenses: null,
    permission: null,
  });
  expect(editLines(user, editedForm(user, {}), products)).toEqual([]);
});

it("only what differs is kept: what is typed and taken back is no change", () => {
  const once = withEdit(user, {}, { surname: "Berg" });
  expect(once).toEqual({ surname: "Berg" });
  expect(withEdit(user, once, { surname: "Broz" })).toEqual({});
  const more = withEdit(user, {}, { more: { ...editedForm(user, {}).more, city: "Lund" } });
  expect(more).toEqual({ more: { city: "Lund" } });
});

it("what somebody else changes meanwhile is not brought back by the changes of this form", () => {
  const edits = withEdit(user, {}, { more: { ...editedForm(user, {}).more, city: "Lund" } });
  const moved = { ...user, department: "Finance", surname: "Other" };
  expect(editRequests(moved, editedForm(moved, edits), products).fields).toEqual({ city: "Lund" });
});

it("a field that is emptied becomes empty, a new name is a rename, and the review says before and after", () => {
  const edits = withEdit(
    user,
    {},
    {
      local: "ana.berg",
      accountEnabled: false,
      usageLocation: "NL",
      permission: "user",
      more: { ...editedForm(user, {}).more, department: "" },
      licenses: { products: { [e3]: true }, plansOff: {} },
    },
  );
  const form = editedForm(user, edits);
  expect(editRequests(user, form, products)).toEqual({
    fields: {
      userPrincipalName: "ana.berg@contoso.example",
      accountEnabled: false,
      usageLocation: "NL",
      department: null,
    },
    licenses: { add: [{ sku: "Microsoft 365 E3" }] },
    permission: "user",
  });
  const lines = new Map(editLines(user, form, products).map(({ key, before, after }) => [key, [before, after]]));
  expect(lines.get("userPrincipalName")).toEqual(["ana@contoso.example", "ana.berg@contoso.example"]);
  expect(lines.get("department")).toEqual(["Sales", ""]);
  expect(lines.get("usageLocation")).toEqual(["Sweden", "Netherlands"]);
  expect([...lines.keys()].toSorted()).toEqual(
    ["accountEnabled", "department", "licenses", "permission", "usageLocation", "userPrincipalName"].toSorted(),
  );
});

it("roles in another order are the same roles", () => {
  const form = editedForm(user, { roles: ["passwordAdmin", "userManagementAdmin"] });
  expect(editRequests(user, form, products).permission).toBeNull();
});
