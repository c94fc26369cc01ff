import type { SomeExamples } from "./example.ts";

/** Examples of what can be done to one user. */
export const userActExamples: SomeExamples<
  "changeUser" | "restoreUser" | "resetPassword" | "changeUserLicenses" | "changeUserPermissions" | "removeUser"
> = {
  changeUser: {
    fields: {
      summary: "Changes a title and empties a city; everything else stays",
      body: { jobTitle: "Head of Sales", city: null },
    },
    rename: {
      summary: "A new name after a wedding, username included",
      body: { userPrincipalName: "anna.holm@fabrikam.example", displayName: "Anna Holm", surname: "Holm" },
    },
    block: { summary: "Blocks sign-in", body: { accountEnabled: false } },
  },
  restoreUser: {
    asBefore: { summary: "Under the former name", body: {} },
    renamed: {
      summary: "Under a new name, because the former is in use again",
      body: { userPrincipalName: "tom.hale2@fabrikam.example" },
    },
  },
  resetPassword: {
    made: { summary: "Muster makes the password", body: {} },
    chosen: { summary: "A chosen password", body: { password: "Harbour-4-Lantern" } },
  },
  changeUserLicenses: {
    swap: {
      summary: "One license in the place of another",
      body: { add: [{ sku: "SPE_E5" }], remove: ["SPE_E3"] },
    },
    plans: {
      summary: "A service plan of a license is switched off, all others are on",
      body: { add: [{ sku: "Microsoft 365 E3", disabledPlans: ["SWAY"] }] },
    },
  },
  changeUserPermissions: {
    custom: {
      summary: "Two custom roles",
      body: { permission: ["Password admin", "Service admin"] },
    },
    user: { summary: "No role any more", body: { permission: "User" } },
  },
  removeUser: { confirmed: { summary: "The deleted user's name is the confirmation", body: { confirm: "Tom Hale" } } },
};
