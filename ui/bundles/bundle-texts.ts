import type { Question } from "../../contract/bundle.ts";
import { many, n } from "../kit/count-words.ts";

const ofBatches = (amount: number) => many(amount, "batch", "batches");
const named = 5;

/** Names for a sentence, the first few of many. */
function inWords(names: readonly string[]): string {
  const more = names.length - named;
  return more > 0 ? `${names.slice(0, named).join(", ")} and ${n(more)} more` : names.join(", ");
}

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
  questions: {
    users: "Users hit",
    hits: (users: number, of: number | null) => (of === null ? n(users) : `${n(users)} of ${n(of)}`),
    sum: (questions: readonly Pick<Question, "hits">[]) => {
      const users = questions.reduce((sum, { hits }) => sum + hits.users, 0);
      const admins = questions.reduce((sum, { hits }) => sum + hits.admins, 0);
      const withRoles =
        admins === 0 ? "" : `; ${many(admins, "user holds or gets", "users hold or get")} an admin role`;
      const plans =
        questions.length === 1 ? "The plan of one batch" : `The plans of ${ofBatches(questions.length)} together`;
      return `${plans} would hit ${many(users, "user", "users")}: deleted, blocked, reset or with fewer licenses${withRoles}.`;
    },
    approve: (amount: number) => (amount === 0 ? "Approve" : `Approve ${ofBatches(amount)}`),
    approveTitle: (amount: number, no: number) => `Approve ${ofBatches(amount)} of file ${no}?`,
    approveLead: (names: readonly string[]) => `They start for ${inWords(names)}, as the plans stand now.`,
    refuseLead: "Nothing is done. The plans can be changed, and asked for again.",
    refuseTitle: (amount: number, no: number) => `Refuse ${ofBatches(amount)} of file ${no}?`,
    takeBackTitle: (amount: number, no: number) => `Take back the question for ${ofBatches(amount)} of file ${no}?`,
    others: (names: readonly string[]) => `Not answered by you, and waiting on: ${inWords(names)}.`,
    left: (names: readonly string[]) => `Nothing was done at ${inWords(names)}: look again why.`,
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
