import { expect, it } from "vitest";
import {
  changeSelection,
  isSelected,
  noSelection,
  selectedCount,
  type ListSelection,
  shownSelection,
} from "../../../ui/kit/selection.ts";

type Person = { id: string; name: string };
const people = ["a", "b", "c", "d"].map((id) => ({ id, name: `Person ${id}` }));
const keyOf = ({ id }: Person) => id;
const change = (selection: ListSelection<Person>, on: boolean, ids: string, read = people) =>
  changeSelection(selection, { changed: people.filter(({ id }) => ids.includes(id)), on, read, keyOf });

it("users stay selected when the list shows others", () => {
  const first = change(noSelection(), true, "a", people.slice(0, 2));
  const both = change(first, true, "d", people.slice(2));
  expect([selectedCount(both), isSelected(both, "a"), isSelected(both, "b")]).toEqual([2, true, false]);
  expect(shownSelection(both, ["c", "d"])).toBe("some");
  expect(shownSelection(both, ["d"])).toBe("all");
  expect(shownSelection(both, ["b", "c"])).toBe("none");
});

it("all that the filter finds counts those that nobody has read", () => {
  const all: ListSelection<Person> = { kind: "all", count: 2488 };
  expect([selectedCount(all), isSelected(all, "never read")]).toEqual([2488, true]);
  expect(change(all, true, "a")).toBe(all);
});

it("one user taken out of all leaves those that the list has read so far", () => {
  const rest = change({ kind: "all", count: 2488 }, false, "b", people.slice(0, 3));
  expect(rest.kind === "some" && [...rest.items.keys()]).toEqual(["a", "c"]);
});

it("a change leaves the selection before it as it was", () => {
  const first = change(noSelection(), true, "ab");
  change(first, false, "a");
  expect(selectedCount(first)).toBe(2);
});
