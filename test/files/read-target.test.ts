import { expect, test } from "vitest";
import type { TargetOperation } from "../../contract/operations.ts";
import { readTarget } from "../../files/rows/read-target.ts";
import { unusedNotes } from "../../files/columns/unused-columns.ts";
import { readingOf, visio, e3 } from "./readings.ts";

const id = "5f9c6f4a-7c5c-4b5e-9d53-0d8f8e1f2a3b";

function read(operation: TargetOperation, header: string[], cells: string[]) {
  return readTarget(1, cells, readingOf(header, { operation }), operation);
}

test("a user is found by object ID in any case, or by a name that gets the default domain", () => {
  expect(read("deleteUsers", ["Object ID [objectId] Required"], [` ${id.toUpperCase()} `])).toMatchObject({
    problem: null,
    target: { objectId: id },
    values: {},
  });
  expect(read("deleteUsers", ["User name"], ["anna"]).values).toEqual({
    userPrincipalName: "anna@contoso.example",
  });
});

test("a user of a domain that the customer no longer has is looked for all the same", () => {
  expect(read("deleteUsers", ["User name"], ["anna@former.example"])).toMatchObject({
    problem: null,
    values: { userPrincipalName: "anna@former.example" },
  });
});

test("beside an object ID a name is the one to give, where the operation gives names, and is checked like one", () => {
  const header = ["Object ID", "User name"];
  expect(read("updateUsers", header, [id, "eva"])).toMatchObject({
    problem: null,
    values: {},
    target: { objectId: id, newName: "eva@contoso.example" },
  });
  expect(read("restoreUsers", header, [id, "eva@former.example"]).problem?.code).toBe("domain_unverified");
  expect(read("deleteUsers", header, [id, "eva"])).toMatchObject({
    values: { userPrincipalName: "eva@contoso.example" },
    target: { newName: null },
  });
});

test.each<[TargetOperation, string[], string[], string]>([
  ["deleteUsers", ["User name"], [" "], "required_missing"],
  ["deleteUsers", ["Object ID"], ["17"], "value_invalid"],
  ["updateUsers", ["User name", "New user name"], ["a", "b c"], "upn_invalid"],
  ["updateUsers", ["User name", "Job title"], ["a", "x".repeat(129)], "value_too_long"],
  ["updateUsers", ["User name", "City"], ["a", "De\u0000lft"], "control_character"],
  ["updateUsers", ["User name", "Display name"], ["a", "(CLEAR)"], "required_missing"],
  ["updateUsers", ["User name", "Block sign in"], ["a", "perhaps"], "value_invalid"],
  ["changePermissions", ["User name", "Permission"], ["a", "Emperor"], "permission_unknown"],
  ["changePermissions", ["User name", "Permission"], ["a", ""], "required_missing"],
  ["changeLicenses", ["User name", "Add licenses"], ["a", "NO_SUCH"], "sku_unknown"],
  ["changeLicenses", ["User name", "Remove licenses"], ["a", "NO_SUCH"], "sku_unknown"],
  ["changeLicenses", ["User name", "Add licenses"], ["a", ""], "required_missing"],
  ["removeUsers", ["User name", "Display name"], ["a", ""], "required_missing"],
])("%s with %o of %o is wrong: %s", (operation, header, cells, code) => {
  expect(read(operation, header, cells).problem?.code).toBe(code);
});

test("blank cells leave, and the mark clears", () => {
  const input = read("updateUsers", ["User name", "City", "Department", "Sign-in allowed"], ["a", "(clear)", "", "no"]);
  expect(input).toMatchObject({ problem: null, accountEnabled: false, target: { cleared: ["city"] } });
  expect(input.values).toEqual({ userPrincipalName: "a@contoso.example" });
});

test("licenses are added and removed by any of their names", () => {
  const header = ["User name", "Licenses", "Remove licenses"];
  expect(read("changeLicenses", header, ["a", "Microsoft 365 E3", "VISIOCLIENT"])).toMatchObject({
    problem: null,
    licenses: [{ skuId: e3.skuId }],
    target: { removed: [visio.skuId] },
  });
});

test("columns that an operation takes nothing from are named", () => {
  const header = ["User name", "Department", "Status update", "Shoe size"];
  expect(unusedNotes(readingOf(header, { operation: "deleteUsers" })).join()).toContain('"Department"');
  expect(unusedNotes(readingOf(header, { operation: "deleteUsers" })).join()).not.toContain("Status");
  expect(unusedNotes(readingOf(header, { operation: "updateUsers" }))).toEqual([]);
  expect(unusedNotes(readingOf(header))).toEqual([]);
});
