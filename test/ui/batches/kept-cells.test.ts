import { beforeEach, expect, it } from "vitest";
import type { Row } from "../../../contract/batch.ts";
import { keptCells, type KeptCell } from "../../../ui/batches/kept-cells.ts";
import { sortLeft } from "../../../ui/batches/left-cells.ts";
import { type DraftPlace, makeDraftStore } from "../../../ui/client/draft-store.ts";
import { memoryPlace } from "../../../ui/client/memory-place.ts";

const batch = { agentId: "ana", form: "cells 1" };
const city = (value: string, rowNo = 1): KeptCell => ({ rowNo, label: "City", before: "Oslo", value });

let place: DraftPlace;
let now: number;
beforeEach(() => {
  place = memoryPlace();
  now = 0;
});

const store = (name: string) => makeDraftStore(place, name, () => now);
const open = (name: string, of = batch, isOurs = () => true) => keptCells(store(name), of, isOurs);

it("a page that is loaded again and another tab find what was typed, another batch and another agent do not", () => {
  open("first").keep([city("Bergen")]);
  expect(open("first").found).toEqual([city("Bergen")]);
  expect(open("second").found).toEqual([city("Bergen")]);
  expect(open("second", { ...batch, form: "cells 11" }).found).toEqual([]);
  expect(open("second", { ...batch, agentId: "bo" }).found).toEqual([]);
});

it("of several tabs the latest text of each cell is found, and once it is answered none is found again", () => {
  open("first").keep([city("Bergen"), city("Lima", 2)]);
  now = 5;
  open("second").keep([city("Paris")]);
  const third = open("third");
  expect(third.found).toEqual([city("Paris"), city("Lima", 2)]);
  third.answered();
  third.keep([]);
  expect(open("fourth").found).toEqual([]);
});

it("nothing is written down after another agent has signed in or this one has signed out", () => {
  let signedIn = true;
  const kept = open("first", batch, () => signedIn);
  kept.keep([city("Bergen")]);
  store("first").forgetAll();
  signedIn = false;
  kept.keep([city("Bergen")]);
  expect(open("second").found).toEqual([]);
});

it("what was left is sorted by what stands in its cell now, so that nobody's change is overwritten unseen", () => {
  const rows = new Map(
    ["Oslo", "Lima", "Bergen", "Oslo", undefined].map((stands, at) => [
      at + 1,
      { rowNo: at + 1, input: stands === undefined ? {} : { City: stands } } as unknown as Row,
    ]),
  );
  const left = [1, 2, 3, 4, 5, 6].map((rowNo) => city("Bergen", rowNo));
  const sorted = sortLeft(
    left,
    (rowNo) => rows.get(rowNo),
    ({ rowNo }) => rowNo < 4,
  );
  expect(
    Object.fromEntries(Object.entries(sorted).map(([kind, cells]) => [kind, cells.map(({ cell }) => cell.rowNo)])),
  ).toEqual({ fits: [1], moved: [2], done: [3], closed: [4, 5], unread: [6] });
  expect(sorted.moved[0]?.now).toBe("Lima");
});
