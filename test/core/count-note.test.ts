import { expect, test } from "vitest";
import { countNote } from "../../core/batches/work-rows/count-note.ts";

test.each([
  [0, []],
  [1, ["1 name was built."]],
  [2500, ["2,500 names were built."]],
])("of %i names an agent is told %j", (count, told) => {
  expect(countNote(count, "name was built.", "names were built.")).toEqual(told);
});
