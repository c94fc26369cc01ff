import { many, n } from "../kit/count-words.ts";

/** The words of the home page. */
export const homeTexts = {
  tiles: {
    label: "In short",
    running: "Running",
    failures: "Need attention",
    ready: "Waiting for start",
    scheduled: "Scheduled",
    rows: (amount: number) => many(amount, "row", "rows"),
    atLeast: (amount: number) => `${n(amount)}+`,
  },
  running: { title: "Running", lead: "Read as they move", nothing: "Nothing runs now." },
  failures: {
    title: "Failures by cause",
    lead: (days: number) => `Of the last ${n(days)} days, over all batches and customers`,
    none: "No row failed in the last days.",
    cause: "Cause",
    rows: "Rows",
    where: "Where",
    when: "When",
    first: (at: string) => `First ${at}`,
    last: (at: string) => `Last ${at}`,
    in: (batches: number, customers: number) =>
      `${many(batches, "batch", "batches")} of ${many(customers, "customer", "customers")}`,
    showRows: "Show rows",
    retry: "Retry",
    retryOf: (cause: string) => `Retry: ${cause}`,
  },
  waiting: {
    title: "Waiting for somebody",
    lead: "Plans not started, paused batches and scheduled ones",
    none: "Nothing waits.",
    what: "What",
    state: "State",
    look: "Look and start",
    resume: "Resume",
    startNow: "Start now",
    starts: (at: string) => `Starts ${at}`,
    by: (who: string) => `by ${who}`,
    all: "Show all",
    stoppedBecause: (why: string) => `Stopped: ${why}`,
  },
  seats: {
    title: "Seats about to run out",
    free: (free: number, total: number) => `${n(free)} of ${n(total)} free`,
    add: "Add seats",
  },
  passwords: {
    title: "Passwords that end unopened",
    line: (passwords: number, no: number) => `${many(passwords, "password", "passwords")} of batch ${no}`,
    ends: (at: string) => `end ${at}`,
    download: "Download",
    open: "Open the batch",
  },
  grants: {
    title: "Grants that end soon",
    line: (role: string, customer: string) => `${role} at ${customer}`,
    ends: (day: string) => `ends ${day}`,
    renew: "Renew",
  },
  pace: { title: "Rows per minute", lead: "By outcome, over the last day", table: "Rows that ended in the last day" },
  first: {
    title: "Nothing was done here yet",
    steps: ["Make a customer", "Upload a spreadsheet of users, or add one user", "Look at the plan and start it"],
    customer: "Make a customer",
    upload: "Choose a customer",
    noGrant: "No customer is yours yet",
    noGrantLead:
      "You may not work for any customer so far. An Admin agent can give you a role at one, under Agents; it shows here at once.",
  },
} as const;
