import { many, n } from "../kit/count-words.ts";

/** The words of files for many customers. */
export const bundleTexts = {
  upload: "Upload for many customers",
  lead: "Each row goes to the batch of its customer. Rows of customers whom you may not act for are refused and named; the others go on.",
  title: (no: number) => `File ${no}`,
  by: (name: string) => `by ${name}`,
  sums: (rows: number, batches: number) => `${many(rows, "row", "rows")}, ${many(batches, "customer", "customers")}`,
  start: (batches: number) => (batches === 0 ? "Start" : `Start ${many(batches, "batch", "batches")}`),
  nothingReady: "No batch of the file is ready to start.",
  results: "Download results",
  state: (label: string, batches: number) => `${n(batches)} ${label.toLowerCase()}`,
  batches: "Batches, one for each customer",
  refused: (rows: number) => `${many(rows, "row was", "rows were")} refused`,
  refusedLead: "No batch has what was refused. Correct the file and send those rows again.",
  row: "Row",
  why: "Why",
  confirm: {
    title: (no: number) => `Start the batches of file ${no}?`,
    lead: (users: number) =>
      `Plans of the file delete, block or reset ${many(users, "user", "users")}, or take licenses from them. What is done stays done.`,
    submit: "Start",
  },
} as const;
