import type { Refusal } from "./refusals.ts";

/** Why a row about a user who is there already is refused by what the directory or the file says. */
export type TargetCause =
  | "user_unknown"
  | "other_name"
  | "user_deleted"
  | "user_active"
  | "restore_expired"
  | "confirmation_wrong"
  | "upn_taken"
  | "usage_location_missing"
  | "prohibited_in_location"
  | "repeated"
  | "name_repeated"
  | "changed_since"
  | "changed_meanwhile"
  | "removed_for_good";

/** What becomes of a row for each cause. */
export const targetRefusals: Record<TargetCause, Refusal> = {
  user_unknown: {
    plan: "invalid",
    code: "user_unknown",
    field: "userPrincipalName",
    text: ({ who }) => `${who} is not a user of this customer. Correct the name or the object ID.`,
  },
  other_name: {
    plan: "invalid",
    code: "value_invalid",
    field: "objectId",
    text: ({ who }) => `the object ID is that of ${who}, and the name is of another user. Correct one of the two.`,
  },
  user_deleted: {
    plan: "conflict",
    code: "user_deleted",
    field: "userPrincipalName",
    text: ({ who }) => `${who} is deleted. Restore the user first.`,
  },
  user_active: {
    plan: "conflict",
    code: "user_active",
    field: "userPrincipalName",
    text: ({ who }) => `${who} is not deleted. Delete the user first.`,
  },
  restore_expired: {
    plan: "invalid",
    code: "restore_expired",
    field: "userPrincipalName",
    text: ({ who, day }) =>
      `${who} was deleted on ${day} (UTC), and the time to restore is over. Create the user again.`,
  },
  confirmation_wrong: {
    plan: "invalid",
    code: "confirmation_wrong",
    field: "displayName",
    text: ({ who }) =>
      `the name typed as confirmation is neither the display name nor the username of ${who}. ` +
      "Type one of them to remove the user for good.",
  },
  upn_taken: {
    plan: "conflict",
    code: "upn_taken",
    field: "userPrincipalName",
    text: ({ name }) => `the name ${name} belongs to another user. Give a new username.`,
  },
  usage_location_missing: {
    plan: "invalid",
    code: "usage_location_missing",
    field: "usageLocation",
    text: ({ who }) => `a license needs a usage location, and ${who} would have none. Set one first.`,
  },
  prohibited_in_location: {
    plan: "invalid",
    code: "prohibited_in_location",
    field: "usageLocation",
    text: ({ who, location }) =>
      `the licenses of ${who} may not be used in "${location}". Remove them first, or give another usage location.`,
  },
  repeated: {
    plan: "invalid",
    code: "duplicate_in_file",
    field: "userPrincipalName",
    text: ({ who, earlierRow }) => `${who} is already in row ${earlierRow}. Remove one of the two rows.`,
  },
  changed_since: {
    plan: "conflict",
    code: "changed_since",
    field: "userPrincipalName",
    text: ({ who, what, by, day }) => `${who} stays as it is: ${what} changed since, by ${by} on ${day} (UTC).`,
  },
  changed_meanwhile: {
    plan: "conflict",
    code: "changed_meanwhile",
    field: "userPrincipalName",
    text: ({ who }) =>
      `${who} was changed by someone else while the undo was planned. Retry it, or undo once more where no other row waits.`,
  },
  removed_for_good: {
    plan: "invalid",
    code: "removed_for_good",
    field: "userPrincipalName",
    text: ({ who }) => `${who} was removed for good since, and nothing can be put back.`,
  },
  name_repeated: {
    plan: "invalid",
    code: "duplicate_in_file",
    field: "userPrincipalName",
    text: ({ name, earlierRow }) => `the name ${name} is already given in row ${earlierRow}. Give another name.`,
  },
};
