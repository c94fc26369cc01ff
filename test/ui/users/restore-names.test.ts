import { expect, it } from "vitest";
import { namedUsers, repeatedNames, restoreRows, shownNames } from "../../../ui/users/restore-names.ts";

const user = (userId: string, suggestion: string | null) => ({
  userId,
  displayName: userId,
  userPrincipalName: "ana@shop.example",
  holder: "Ana",
  suggestion,
});
const taken = { total: 3, items: [user("a", "ana2@shop.example"), user("b", "ana3@shop.example"), user("c", null)] };

it("users whose names are taken get the name that is suggested, or the one typed, or are left out", () => {
  const users = namedUsers(taken, { b: " anna@shop.example ", c: null });
  expect(users.map(({ name }) => name)).toEqual(["ana2@shop.example", " anna@shop.example ", null]);
  expect(restoreRows(["x", "a", "b", "c"], users)).toEqual([
    { userId: "x" },
    { userId: "a", newUserPrincipalName: "ana2@shop.example" },
    { userId: "b", newUserPrincipalName: "anna@shop.example" },
  ]);
});

it("a name that two are to have is told at the second of them, in whatever case, and an empty one at nobody", () => {
  const users = namedUsers(taken, { b: "ANA2@shop.example", c: "" });
  expect([...repeatedNames(users)]).toEqual(["b"]);
  expect([...repeatedNames(namedUsers(taken, { a: "", b: "", c: "" }))]).toEqual([]);
});

it("of many users the first stand in the form, and all for whom something is wrong", () => {
  const users = namedUsers(taken, {});
  expect(shownNames(users, 1, ({ name }) => name === "").map(({ userId }) => userId)).toEqual(["a", "c"]);
});
