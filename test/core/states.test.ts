import { expect, test } from "vitest";
import { batchStates } from "../../contract/batch.ts";
import { batchTransitions, chunkTransitions } from "../../core/batches/state/transitions.ts";
import { arrowsOf, drawStates } from "../support/draw-states.ts";

test("the drawing in docs/ is what the table of transitions makes", async () => {
  await expect(drawStates()).toMatchFileSnapshot("../../docs/states.md");
});

test("every state of a batch can be reached, and every one but rejected can be left", () => {
  const arrows = arrowsOf(batchTransitions);
  const reached = reachedBy(arrows);
  expect(batchStates.filter((state) => !reached.has(state))).toEqual([]);
  expect(batchStates.filter((state) => !arrows.some(({ from }) => from === state))).toEqual(["rejected"]);
});

test("every state of a chunk can be reached and left", () => {
  const arrows = arrowsOf(chunkTransitions);
  const reached = [...reachedBy(arrows)].toSorted();
  expect(reached).toEqual(["done", "planned", "queued", "ready"]);
  expect([...new Set(arrows.flatMap(({ from }) => from ?? []))].toSorted()).toEqual(reached);
});

function reachedBy(arrows: ReturnType<typeof arrowsOf>): Set<string> {
  const reached = new Set<string>();
  for (let size = -1; size < reached.size;) {
    size = reached.size;
    for (const { from, to } of arrows) if (from === null || reached.has(from)) reached.add(to);
  }
  return reached;
}
