import type { Refusal } from "./refusals.ts";

/** Why a row that creates a user is refused by what the directory or the file says. */
export type CreateCause = "taken" | "exists" | "deleted" | "repeated";

/** What becomes of a row for each cause. */
export const createRefusals: Record<CreateCause, Refusal> = {
  taken: {
    plan: "conflict",
    code: "upn_taken",
    field: "userPrincipalName",
    text: ({ who }) => `${who} belongs to a user of another customer. Choose another name.`,
  },
  exists: {
    plan: "conflict",
    code: "user_exists",
    field: "userPrincipalName",
    text: ({ who }) => `${who} exists with other values. Choose to update users who exist, or give another name.`,
  },
  deleted: {
    plan: "conflict",
    code: "deleted_user_exists",
    field: "userPrincipalName",
    text: ({ who, day }) =>
      `a user ${who} was deleted on ${day} (UTC). ` +
      "Choose to restore that user for the same person, or to create a new one.",
  },
  repeated: {
    plan: "invalid",
    code: "duplicate_in_file",
    field: "userPrincipalName",
    text: ({ who, earlierRow }) =>
      `${who} is already in row ${earlierRow}. Remove one of the two rows, or give this person another name.`,
  },
};
