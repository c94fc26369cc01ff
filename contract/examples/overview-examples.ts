import { exampleIds } from "./example-ids.ts";
import type { SomeExamples } from "./example.ts";

const { userId, colleagueId } = exampleIds;

/** Examples of what is asked before and after something is done. */
export const overviewExamples: SomeExamples<
  | "getOverview"
  | "getPace"
  | "getUserFacets"
  | "checkName"
  | "suggestUser"
  | "summariseSelection"
  | "listTakenNames"
  | "listActivity"
  | "previewRetry"
> = {
  getOverview: { week: { summary: "What needs somebody, with the failures of a week", query: { days: 7 } } },
  checkName: {
    name: {
      summary: "Whether a new user may have this name",
      query: { userPrincipalName: "anna.berg@fabrikam.example" },
    },
    rename: {
      summary: "Whether this user may have this name",
      query: { userPrincipalName: "anna.holm@fabrikam.example", userId },
    },
  },
  suggestUser: {
    names: { summary: "A free name for Mia Ek", query: { givenName: "Mia", surname: "Ek" } },
    usual: { summary: "What is usual at the customer", query: {} },
  },
  getPace: { day: { summary: "The last day", query: { hours: 24 } } },
  getUserFacets: { active: { summary: "What the active users can be filtered by", query: { state: "active" } } },
  summariseSelection: {
    ids: { summary: "What two users have", body: { select: { userIds: [userId, colleagueId] } } },
    filter: {
      summary: "What all in Sales who have Microsoft 365 E3 have beside it",
      body: { select: { filter: { department: ["Sales"], license: ["SPE_E3"] } } },
    },
  },
  listTakenNames: {
    all: {
      summary: "Those of all deleted users whose names are taken",
      body: { select: { filter: { state: "inactive" } } },
    },
  },
  listActivity: { latest: { summary: "The latest 20", query: { limit: 20 } } },
  previewRetry: {
    all: { summary: "All rows that failed or ended in part", body: {} },
    cause: { summary: "Those without a seat only", body: { codes: ["seat_shortage"] } },
  },
};
