import type { RowStep } from "../../contract/batch.ts";
import { many, n } from "../kit/count-words.ts";
import { batchTexts } from "./batch-texts.ts";

const stepOf: Record<RowStep, string> = {
  create: "creating the user",
  update: "updating the user",
  password: "setting the password",
  permissions: "setting permissions",
  licenses: "licenses",
  delete: "deleting the user",
  restore: "restoring the user",
  remove: "removing the user",
};

const rows = (amount: number) => many(amount, "row", "rows");

/** The words of what is done to a batch once it is there: retries, start times, downloads, runs and jobs. */
export const batchWorkTexts = {
  retry: {
    title: "Retry",
    titleOf: (cause: string) => `Retry: ${cause}`,
    looking: "Looking at what a retry would do…",
    found: (amount: number, batches: number) =>
      batches === 1 ? `${rows(amount)}:` : `${rows(amount)} in ${many(batches, "batch", "batches")}:`,
    goOn: (amount: number, step: RowStep | null) =>
      step === null ? `${n(amount)} can run` : `${n(amount)} can go on at ${stepOf[step]}`,
    stay: (amount: number, title: string) =>
      `${n(amount)} would ${amount === 1 ? "stay as it is" : "stay as they are"}: ${title}`,
    nothing: "No row is left to retry.",
    blocked: "No row can go on yet. Mend the causes first.",
    submit: (amount: number) => `Retry ${rows(amount)}`,
    submitNone: "Retry",
    asks: (amount: number) => `${many(amount, "batch", "batches")} will wait for a second agent:`,
    asked: (amount: number) =>
      `${amount === 1 ? "The retry waits" : `${many(amount, "retry", "retries")} wait`} for the yes of a second agent.`,
    refused: (amount: number) => `${many(amount, "batch", "batches")} left out:`,
    most: (amount: number) => `Only the latest ${n(amount)} batches are looked at.`,
    begun: (amount: number, batches: number) =>
      `The retry of ${rows(amount)}${batches === 1 ? "" : ` in ${many(batches, "batch", "batches")}`} has begun.`,
    open: "Open the batch",
    openAll: "Open the batches",
  },
  schedule: {
    ways: "Start now or later",
    later: "Start later…",
    noRow: "No row of this plan can run. Mend rows, columns or options first.",
    title: "Start later",
    changeTitle: "Change the start",
    at: "Starts at",
    hint: "In your time zone. The plan is renewed for what has changed by then.",
    past: "Choose a moment that lies ahead.",
    anew: "The yes of the second agent is for the start that is set. Another start needs another yes.",
    submit: "Set the start",
    change: "Change the time",
    now: "Start now",
  },
  downloads: {
    links: "One-time links (CSV)",
    linksTitle: "Make one-time links",
    linksLead:
      "Each person opens the temporary password once, with a link of their own. Links made earlier for the same people end.",
    linksFor: "Links last",
    linksHours: { 24: "One day", 72: "Three days", 168: "Seven days" } as Record<number, string>,
    linksSubmit: "Make and download",
    linksMailTo: "Mail all of them to",
    linksMailHint: "To whoever hands them on, such as the customer's contact. Without an address you get a file.",
    linksMail: "Make and mail",
    linksNoAddress: "Type a whole mail address, or none for a file.",
    linksMailed: (to: string) => `The links were mailed to ${to}.`,
    noFailures: "No row failed or ended in part.",
    noPasswords: `${batchTexts.batch.passwords.replace(" (CSV)", "")} come from adding users and resetting passwords.`,
    notStarted: "The batch has not started.",
    notRun: "No user was made or reset.",
  },
  runs: {
    title: "Runs",
    lead: "The first run and each retry, with the rows that ended in it",
    no: "Run",
    by: (who: string, at: string) => `${who}, ${at}`,
    first: "First run",
    retry: (no: number) => `Retry ${n(no - 1)}`,
  },
  pace: {
    title: "Pace",
    label: "Rows that ended, over time",
  },
  jobs: {
    title: "Jobs",
    lead: "The first carries out up to 200 rows, each other one up to 1,000. Bull Board keeps a job for a day, a failed one for 30.",
    show: (amount: number) => `Show ${many(amount, "job", "jobs")}`,
    part: "Rows",
    state: "State",
    states: { planned: "Not started", ready: "Ready", queued: "In the queue", done: "Done" },
    range: (from: number, to: number) => `${n(from)}–${n(to)}`,
    open: "Open in Bull Board",
    openRow: "Its job in Bull Board",
    runs: "Runs",
    failed: "Failed or partial",
    none: "No job yet",
  },
  rows: {
    download: "Files of these rows",
    retry: "Retry these rows",
    noRetry: "These filters show no rows that can be retried. Choose an outcome or a cause.",
  },
  runCancelled: "Carry them out after all",
  cancelled: (left: number) =>
    `${rows(left)} ${left === 1 ? "was" : "were"} not carried out. What was done before stays done; partial rows can be retried.`,
} as const;
