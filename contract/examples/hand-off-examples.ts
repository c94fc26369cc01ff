import { exampleSecrets } from "./example-ids.ts";
import type { SomeExamples } from "./example.ts";

/** Examples of links to passwords, and of the page where an account chooses its own. */
export const handOffExamples: SomeExamples<
  "makeLinks" | "mailLinks" | "showPasswords" | "makeUserLink" | "openLink" | "getAccountPage" | "submitAccountPage"
> = {
  makeLinks: {
    week: { summary: "Links that open within a week", body: { expiresInHours: 168 } },
    some: { summary: "Links of the new users only, and not of those who came back", body: { plan: "create" } },
  },
  mailLinks: {
    contact: {
      summary: "All links of the batch, to whoever hands them on at the customer",
      body: { mailTo: "it@fabrikam.example" },
    },
  },
  showPasswords: { first: { summary: "The first 20", body: { limit: 20 } } },
  makeUserLink: {
    day: { summary: "A link that opens within a day", body: { expiresInHours: 24 } },
    mailed: { summary: "A link that is mailed as well", body: { mailTo: "anna.berg@home.example" } },
  },
  openLink: {
    token: { summary: "What stands behind the # of a link", body: { token: exampleSecrets.linkToken } },
  },
  getAccountPage: { done: { summary: "The page after a password was chosen", query: { done: "1" } } },
  submitAccountPage: {
    choose: {
      summary: "An account chooses its own password",
      body: {
        name: "anna.berg@fabrikam.example",
        password: exampleSecrets.temporaryPassword,
        newPassword: "Harbour-4-Lantern",
        newPasswordAgain: "Harbour-4-Lantern",
      },
    },
  },
};
