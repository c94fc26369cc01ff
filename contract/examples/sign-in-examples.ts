import { exampleIds, exampleSecrets } from "./example-ids.ts";
import type { SomeExamples } from "./example.ts";

const email = "kim.larsen@partner.example";
const password = exampleSecrets.agentPassword;

/** Examples of signing in, and of API keys. */
export const signInExamples: SomeExamples<
  "signIn" | "changePassword" | "createApiKey" | "getSignInPage" | "submitSignInPage"
> = {
  signIn: { agent: { summary: "An agent signs in", body: { email, password } } },
  changePassword: {
    change: {
      summary: "A new password; all other sessions end",
      body: { currentPassword: password, newPassword: "four other words and 2" },
    },
  },
  createApiKey: {
    whole: {
      summary: "A key that carries all that its owner may do, for half a year",
      body: { name: "Nightly import", expiresInDays: 180 },
    },
    narrowed: {
      summary: "A key that may do no more than license users of one customer",
      body: {
        name: "License robot",
        authority: { roles: ["licenseAdministrator"], customerIds: [exampleIds.customerId] },
      },
    },
  },
  getSignInPage: { next: { summary: "The form, to go on to Bull Board", query: { next: "/queues" } } },
  submitSignInPage: { form: { summary: "The form is sent", body: { email, password, next: "/docs" } } },
};
