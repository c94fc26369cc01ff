import { expect, it } from "vitest";
import type { BatchColumn } from "../../../contract/batch.ts";
import { chooseField, fieldOf, mappingOf, openGuesses } from "../../../ui/upload/chosen-fields.ts";

const column = (label: string, part: Partial<BatchColumn> = {}): BatchColumn => ({
  column: label,
  field: null,
  source: null,
  guess: null,
  samples: [],
  ...part,
});

const columns = [
  column("User name", { field: "userPrincipalName", source: "words" }),
  column("Wer", { field: "displayName", source: "remembered" }),
  column("Ort", { guess: { field: "city", reason: "…" } }),
  column("constructor"),
];

it("a column is its own field until another is chosen, whatever it is called", () => {
  expect(columns.map((one) => fieldOf(one, {}))).toEqual(["userPrincipalName", "displayName", null, null]);
  expect(fieldOf(columns[3]!, chooseField(columns, {}, "constructor", "city"))).toBe("city");
});

it("a field that a second column gets is taken from the first one", () => {
  expect(chooseField(columns, {}, "Ort", "displayName")).toEqual({ Ort: "displayName", Wer: null });
});

it("what is chosen back to what it was is no change", () => {
  const chosen = chooseField(columns, {}, "Ort", "displayName");
  expect(chooseField(columns, chooseField(columns, chosen, "Ort", null), "Wer", "displayName")).toEqual({});
});

it("an offer is open until its field is chosen, for this column or none", () => {
  expect(openGuesses(columns, {}).map((one) => one.column)).toEqual(["Ort"]);
  expect(openGuesses(columns, { Ort: "city" })).toEqual([]);
});

it("the mapping leaves out only columns that go by their words and were left alone", () => {
  expect(mappingOf(columns, { Ort: "city" })).toEqual({ Wer: "displayName", Ort: "city", constructor: null });
  expect(mappingOf(columns, { "User name": null })).toMatchObject({ "User name": null });
});
