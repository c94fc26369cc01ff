import { expect, it } from "vitest";
import { newBatchExamples } from "../../contract/examples/new-batch-examples.ts";
import { fileOperationNames } from "../../contract/operations.ts";

it("every operation has a batch to learn from", () => {
  const shown = Object.values(newBatchExamples.createBatch).map(
    ({ body }) => (body as { operation: string }).operation,
  );
  expect([...new Set(shown)].sort()).toEqual([...fileOperationNames].sort());
});
