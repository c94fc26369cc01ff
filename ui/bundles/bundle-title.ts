import type { Bundle } from "../../contract/bundle.ts";
import { type BatchState, batchStates } from "../../contract/batch.ts";
import { operations } from "../../contract/operations.ts";
import { batchListTexts } from "../batches/batch-list-texts.ts";
import { batchTexts } from "../batches/batch-texts.ts";
import { bundleTexts } from "./bundle-texts.ts";

/** What a file for many customers does, and its name. */
export function bundleTitle({ operation, fileName }: Pick<Bundle, "operation" | "fileName">): string {
  const { label } = operations[operation];
  return fileName === null ? label : batchListTexts.title(label, fileName);
}

/** How many batches of the file are in each state, in words. */
export function bundleStates({ states }: Pick<Bundle, "states">): string {
  const found = batchStates.filter((state) => (states[state] ?? 0) > 0);
  return found
    .map((state: BatchState) => bundleTexts.state(batchTexts.batches.states[state], states[state] ?? 0))
    .join(", ");
}
