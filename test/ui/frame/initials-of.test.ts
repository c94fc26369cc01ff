import { expect, it } from "vitest";
import { initialsOf } from "../../../ui/frame/initials-of.ts";

it.each([
  ["Ada Lindqvist", "AL"],
  ["  Åsa Maria  Öberg ", "ÅÖ"],
  ["admin", "A"],
  ["𝒜da Lovelace", "𝒜L"],
  ["", ""],
])("the initials of %o are %o", (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
