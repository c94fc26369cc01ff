import { many, n } from "../kit/count-words.ts";

/** The words of files for many customers. */
export const bundleTexts = {
  upload: "Upload for many customers",
  lead: "Each row goes to the batch of its customer. Rows of customers whom you may not act for are refused and named; the others go on.",
  title: (no: number) => `File ${no}`,
  by: (name: string) => `by ${name}`,
  sums: (rows: number, batches: number) => `${many(rows, "row", "rows")}, ${many(batches, "customer", "customers")}`,
  start: (batches: number) => (batches === 0 ? "Start" : `Start ${many(batches, "batch", "batches")}`),
  resume: (batches: number) => `Resume ${many(batches, "batch", "batches")}`,
  nothingReady: "No batch of the file is ready to start.",
  asks: (batches: number) =>
    `${many(batches, "batch", "batches")} will ask for approval when you start, and wait until another agent with the authority for it says yes.`,
  results: "Download results",
  failed: "Failed rows",
  state: (label: string, batches: number) => `${n(batches)} ${label.toLowerCase()}`,
  batches: "Batches, one for each customer",
  refused: (rows: number) => `${many(rows, "row was", "rows were")} refused`,
  refusedLead: "No batch has what was refused. Correct the file and send those rows again.",
  list: {
    lead: "Each of these files became a batch for each of its customers.",
    file: "File",
    batches: "Batches",
    customers: "Customers",
    wrong: (failed: number, partial: number, refused: number) =>
      [
        failed > 0 && `${n(failed)} failed`,
        partial > 0 && `${n(partial)} partial`,
        refused > 0 && `${n(refused)} refused`,
      ]
        .filter(Boolean)
        .join(", "),
    none: {
      title: "No files yet",
      lead: "A file whose rows belong to many customers becomes a batch for each of them. It appears here with how far they are.",
    },
    noMatch: { title: "No file matches", lead: "Search looks in file names and numbers of files." },
  },
  row: "Row",
  why: "Why",
  confirm: {
    title: (no: number) => `Start the batches of file ${no}?`,
    lead: (users: number) =>
      `Plans of the file delete, block or reset ${many(users, "user", "users")}, or take licenses from them. What is done stays done.`,
    submit: "Start",
  },
} as const;
