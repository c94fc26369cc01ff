import { n } from "../kit/count-words.ts";

/** The words of the search for people. */
export const peopleTexts = {
  people: {
    search: "Search people by name or username",
    start: "Find a person",
    startLead: "Two letters or more of a name or a username. Accents and case do not matter.",
    users: "Users",
    rows: "Rows of batches",
    audit: "Audit",
    name: "Name",
    signInName: "Username",
    customer: "Customer",
    state: "State",
    active: "Active",
    deleted: "Deleted",
    batch: "Batch",
    place: (batchNo: number, rowNo: number) => `${n(batchNo)}, row ${n(rowNo)}`,
    cause: "Why",
    outcome: "Outcome",
    happened: "What happened",
    openUser: "Open the user",
    openDeleted: "Open among the deleted users",
    more: "There are more: type more of the name.",
    noMatch: (q: string) => `Nobody matches “${q}”`,
    noMatchLead:
      "Search looks among users, deleted ones included, in rows of batches that have ended, and in the audit.",
  },
} as const;
