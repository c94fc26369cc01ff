const addedUser = ["Location", "the country", "Next", "Next", "the product", "Next"] as const;
const uploaded = [
  "Upload users",
  "Browse",
  "Validate",
  "Location",
  "the country",
  "the product",
  "Save",
  "Download",
] as const;

/**
 * What the flows need in the reference product by its public documentation, from the users of a customer on: each click,
 * and what is typed into each field. The file dialog of the system counts nowhere.
 */
export const referenceFlows = {
  addUser: {
    title: "Add a user with a license",
    clicks: ["Add user", ...addedUser, "Complete"],
    typed: ["Grace", "Ito", "Grace Ito", "grace.ito"],
  },
  addTwoUsers: {
    title: "Add two users with the same license",
    clicks: ["Add user", ...addedUser, "Add another user", ...addedUser, "Complete"],
    typed: ["Kim", "Berg", "Kim Berg", "kim.berg", "Lea", "Moe", "Lea Moe", "lea.moe"],
  },
  editUser: {
    title: "Edit a user",
    clicks: ["the name", "Edit", "Last name", "Next", "Next", "Next", "Complete"],
    typed: ["Eve"],
  },
  uploadUsers: {
    title: "Upload a file with locations and licenses, and download the passwords",
    // Its template has no columns for them: both are chosen on the page.
    clicks: uploaded,
    typed: [],
  },
  uploadTemplate: {
    title: "Upload the reference product's own template, choose location and license, and download the passwords",
    clicks: uploaded,
    typed: [],
  },
  manageLicenses: {
    title: "Give a user two licenses",
    clicks: ["the user", "Manage licenses", "the product", "the product", "Submit"],
    typed: [],
  },
  deleteTwoUsers: {
    title: "Delete two users",
    // That it asks first is told of resetting a password only, and taken to be the same here.
    clicks: ["the user", "the user", "Delete user(s)", "Yes"],
    typed: [],
  },
  restoreUser: {
    title: "Restore a user",
    clicks: ["Restore", "the user", "Restore"],
    typed: [],
  },
  resetPassword: {
    title: "Reset a password",
    clicks: ["the user", "Reset password", "Yes"],
    typed: [],
  },
} as const satisfies Record<string, { title: string; clicks: readonly string[]; typed: readonly string[] }>;

export type Flow = keyof typeof referenceFlows;

/** The presses of keys that it takes to type the texts into fields one after the other. */
export function keysOf(typed: readonly string[]): number {
  return typed.join("\t").length;
}
