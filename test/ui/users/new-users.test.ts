import { describe, expect, it } from "vitest";
import {
  byOnDeleted,
  changed,
  emptyNewUsers,
  freeInList,
  mended,
  namesake,
  type NewPerson,
  takenAway,
  userInputOf,
  withAnother,
} from "../../../ui/users/new-users.ts";
import { placedRefusal, stepOf } from "../../../ui/users/user-form.ts";

const usual = { domain: "contoso.example", usageLocation: "SE" };
const draft = emptyNewUsers(usual);
const [first] = draft.people as [NewPerson];
const ana = changed(first, { givenName: "Ana", surname: "Broz", local: "ana.broz" });

const person = (key: string, onDeleted: NewPerson["onDeleted"]) => ({ ...ana, key, onDeleted });

describe("a new user", () => {
  it("has the display name of both names, until somebody writes another or empties it again", () => {
    expect(ana.displayName).toBe("Ana Broz");
    const own = changed(ana, { displayName: "Ana B." });
    expect(changed(own, { surname: "Berg" }).displayName).toBe("Ana B.");
    expect(changed(changed(own, { displayName: "" }), { surname: "Berg" }).displayName).toBe("Ana Berg");
  });

  it("follows the suggested username until somebody writes another", () => {
    expect(changed(first, { local: "a", ownLocal: false }).ownLocal).toBe(false);
    expect(changed(first, { local: "a" }).ownLocal).toBe(true);
    expect(changed(ana, { local: "" }).ownLocal).toBe(false);
  });

  it("forgets what was chosen about a deleted namesake once the name is another, and what was refused once it is mended", () => {
    const restored = changed(ana, { onDeleted: "restore" });
    expect(changed(restored, { surname: "Berg" }).onDeleted).toBe("restore");
    expect(changed(restored, { local: "ana.berg" }).onDeleted).toBe("ask");
    const refused = { ...ana, refusal: { field: "userPrincipalName", code: "upn_taken", message: "taken" } };
    expect(changed(refused, { local: "other" }).refusal).toBeNull();
  });

  it("is asked for without the fields that are empty", () => {
    const input = changed(ana, { more: { city: " Lund ", department: " " }, permission: "custom", roles: [] });
    expect(userInputOf(input, undefined)).toEqual({
      userPrincipalName: "ana.broz@contoso.example",
      displayName: "Ana Broz",
      givenName: "Ana",
      surname: "Broz",
      usageLocation: "SE",
      city: "Lund",
    });
    const blocked = userInputOf(changed(ana, { accountEnabled: false, permission: "global" }), [{ sku: "SPE_E3" }]);
    expect(blocked).toMatchObject({
      accountEnabled: false,
      permission: ["globalAdmin"],
      licenses: [{ sku: "SPE_E3" }],
    });
  });
});

describe("a list of new users", () => {
  const licenses = { products: { e3: true }, plansOff: {} };
  const two = withAnother({ ...draft, people: [{ ...ana, licenses, usageLocation: "NL", domain: "other.example" }] });

  it("keeps domain, location and licenses for the next one, and nothing else", () => {
    expect(two.people[1]).toMatchObject({ domain: "other.example", usageLocation: "NL", licenses, displayName: "" });
    expect([two.at, two.step]).toEqual([1, "info"]);
  });

  it("gives nobody a name that another one of it has", () => {
    const [one, other] = two.people as [NewPerson, NewPerson];
    expect(freeInList("ana.broz", other, two.people)).toBe("ana.broz2");
    expect(freeInList("ana.broz", one, two.people)).toBe("ana.broz");
    const same = { ...other, local: "ANA.broz" };
    expect(namesake(same, [one, same])).toBe(one);
    expect(namesake(one, [one])).toBeUndefined();
  });

  it("shows the same one when another is taken away, and never becomes empty", () => {
    const three = withAnother(two);
    expect(takenAway(three, "1")).toMatchObject({ at: 1, people: [{ key: "2" }, { key: "3" }] });
    expect(takenAway(three, "3").at).toBe(1);
    expect(takenAway(takenAway(two, "1"), "2").people).toHaveLength(1);
  });

  it("has those whom the server refused alone once the others are made, at the step of the first one's fault", () => {
    const refusal = { field: "licenses", code: "sku_unknown", message: "unknown" };
    expect(mended({ ...two, running: [{ batchId: "b", keys: ["1", "2"] }] }, new Map([["2", refusal]]))).toMatchObject({
      people: [{ key: "2", refusal, ownLocal: true }],
      at: 0,
      step: "licenses",
      running: [],
      earlier: ["b"],
    });
  });

  it("asks for those who are restored apart, because that is said of a whole batch", () => {
    const groups = byOnDeleted([person("1", "ask"), person("2", "restore"), person("3", "create")]);
    expect(groups.map(({ onDeleted, people }) => [onDeleted, people.map(({ key }) => key)])).toEqual([
      ["create", ["1", "3"]],
      ["restore", ["2"]],
    ]);
    expect(byOnDeleted([person("1", "ask")])).toMatchObject([{ onDeleted: "ask" }]);
  });
});

const placed = (code: string, field: string | null, message = "no") => placedRefusal({ code, field, message });

it("a refusal stands at the field where it can be mended, and in the words of the form", () => {
  expect(placed("user_exists", null).field).toBe("userPrincipalName");
  expect(placed("seat_shortage", "skus").field).toBe("licenses");
  expect(placed("value_too_long", "city").field).toBe("city");
  expect(placed("changed_meanwhile", "userPrincipalName").field).toBeNull();
  expect(placed("forbidden", null, "forbidden: needs User Administrator").message).toBe("Needs User Administrator");
  expect(["userPrincipalName", "licenses", "permission", null].map(stepOf)).toEqual([
    "info",
    "licenses",
    "permissions",
    "review",
  ]);
});
