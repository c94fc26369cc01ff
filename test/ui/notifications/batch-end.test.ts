import * as fc from "fast-check";
import { expect, it } from "vitest";
import { batchStates } from "../../../contract/batch.ts";
import { operationNames } from "../../../contract/operations.ts";
import { batchEnd } from "../../../ui/notifications/batch-end.ts";

const none = { rows: 0, pending: 0, succeeded: 0, unchanged: 0, partial: 0, failed: 0, cancelled: 0 };
const batch = { operation: "createUsers", fileName: "may.csv", state: "finished", stopped: null } as const;

it("a batch that ended is told with its file and its counts, and as bad where rows failed", () => {
  expect(batchEnd({ ...batch, totals: { ...none, rows: 40, succeeded: 40 } })).toEqual({
    title: "Add users · may.csv",
    text: "Finished: 40 succeeded.",
    tone: "good",
  });
  expect(batchEnd({ ...batch, totals: { ...none, rows: 40, succeeded: 37, partial: 1, failed: 2 } })).toMatchObject({
    text: "Finished: 37 succeeded, 1 partial, 2 failed.",
    tone: "bad",
  });
});

it("a batch that somebody paused is not told of, and one that stopped by itself is", () => {
  const totals = { ...none, rows: 9, pending: 4, succeeded: 5 };
  expect(batchEnd({ ...batch, state: "paused", totals })).toBeNull();
  const stopped = { code: "authority_ended", message: "Anna Berg may no longer do it" };
  expect(batchEnd({ ...batch, state: "paused", stopped, totals })).toMatchObject({
    text: "Stopped by itself, and waits for you: 5 succeeded, 4 pending.",
    tone: "bad",
  });
});

it("no name or address of a user is told, whatever the batch is about", () => {
  const named = { displayName: "Anna Berg", userPrincipalName: "anna@contoso.example" };
  fc.assert(
    fc.property(
      fc.constantFrom(...operationNames),
      fc.constantFrom(...batchStates),
      fc.constantFrom(null, "may.csv"),
      fc.boolean(),
      (operation, state, fileName, isStopped) => {
        const stopped = isStopped ? { code: "authority_ended", message: "Anna Berg, anna@contoso.example" } : null;
        const one = { operation, state, fileName, stopped, person: named, totals: { ...none, rows: 1, succeeded: 1 } };
        expect(JSON.stringify(batchEnd(one))).not.toMatch(/Anna|contoso/);
      },
    ),
  );
});
