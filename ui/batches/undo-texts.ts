import type { BatchState } from "../../contract/batch.ts";
import { batchTexts } from "./batch-texts.ts";

/** The words of the undo of a batch. */
export const undoTexts = {
  act: "Undo",
  nothing: "The batch changed nothing",
  impossible: {
    resetPasswords: "Passwords that were replaced are gone. Reset them again.",
    removeUsers: "Users who were removed for good are gone",
  },
  has: (no: number) => `Batch ${no} undoes this one`,
  undoes: (no: number) =>
    `This batch puts back what batch ${no} changed. What somebody has changed since stays as it is.`,
  undone: (no: number, state: BatchState) =>
    state === "finished"
      ? `Batch ${no} has undone this one.`
      : `Batch ${no} is to undo this one: ${batchTexts.batches.states[state].toLowerCase()}.`,
  open: (no: number) => `Open batch ${no}`,
};
