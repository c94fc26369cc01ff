import type { RowPlan } from "../../contract/batch.ts";
import { many, n } from "../kit/count-words.ts";
import type { Remedy } from "./remedies.ts";

/** What will become of rows, before a batch has started. */
const willBe: Record<RowPlan, string> = {
  create: "Will be created",
  update: "Will be changed",
  unchanged: "Stays as it is",
  restore: "Will be restored",
  conflict: "Will fail",
  invalid: "Will fail",
  delete: "Will be deleted",
  reset: "Gets a new password",
  remove: "Will be removed",
};

const remedies: Record<Remedy, string> = {
  location: "Set a location for all",
  domain: "Use the customer's domain",
  pattern: "Build the usernames",
  columns: "Map columns",
  seats: "Add seats",
  restore: "Restore them",
  createNew: "Create new ones",
  update: "Update them",
  products: "See the products",
};

/** The words of a plan: what will happen, and what can be done where it will fail. */
export const batchPlanTexts = {
  left: {
    open: (amount: number) => `${many(amount, "change was", "changes were")} not saved`,
    openLead: "Typed here earlier and kept in this browser. Passwords are not kept.",
    save: (amount: number) => `Save ${many(amount, "change", "changes")}`,
    moved: (amount: number) => `${many(amount, "cell was", "cells were")} changed by somebody else meanwhile`,
    movedLead: "What you typed earlier would replace what is there now.",
    overwrite: (amount: number) => `Overwrite ${many(amount, "cell", "cells")}`,
    closed: (amount: number) => `${many(amount, "change", "changes")} can no longer be saved`,
    closedLead: "The rows are carried out, or their cells are no longer kept.",
  },
  willBe,
  willFail: willBe.invalid,
  willBePartial: "Will be partial",
  willHappen: "What will happen",
  person: "User",
  remedies: {
    ...remedies,
    seatsOf: (product: string) => `Add seats: ${product}`,
    planned: "The plan was made again.",
    locationHint: "For rows without their own",
    submit: "Plan again",
  },
  fix: {
    open: "Fix all like this…",
    title: (cause: string) => `Fix all: ${cause.charAt(0).toLowerCase()}${cause.slice(1)}`,
    column: "Column",
    change: "What to do in each of these rows",
    set: "Set the cell to one value",
    replace: "Replace a text in the cell",
    value: "Value",
    find: "Text to replace",
    by: "By",
    preview: (shown: number, rows: number) =>
      `${shown < rows ? `The first ${n(shown)} of ` : ""}${many(rows, "row", "rows")}, before and after`,
    nothing: "No cell changes by that.",
    stay: (rows: number) =>
      rows === 1 ? "1 row with this cause stays as it is." : `${n(rows)} rows with this cause stay as they are.`,
    empty: "(empty)",
    submit: (rows: number) => `Change ${many(rows, "row", "rows")}`,
    done: (cells: number, column: string) =>
      `${many(cells, "cell", "cells")} in “${column}” ${cells === 1 ? "was" : "were"} changed.`,
    who: (name: string, time: string) => `By ${name}, ${time}.`,
    kept: (rows: number) =>
      rows === 1
        ? "1 row was changed again or carried out since, and stays as it is."
        : `${n(rows)} rows were changed again or carried out since, and stay as they are.`,
  },
  sheets: {
    read: (name: string, of: number) => `Sheet “${name}” was read, one of ${n(of)} in the workbook.`,
    another: "Read another sheet",
    cancelled: "The plan of the sheet before was cancelled.",
  },
} as const;
