import { exampleSecrets } from "./example-ids.ts";
import type { SomeExamples } from "./example.ts";

const password = exampleSecrets.agentPassword;

/** Examples of the second factor, and of the ways to the OpenID Connect provider, which a browser goes. */
export const twoFactorExamples: SomeExamples<
  "enableTotp" | "verifyTotp" | "verifyBackupCode" | "disableTotp" | "startOidc" | "finishOidc"
> = {
  enableTotp: { begin: { summary: "An agent begins with an authenticator app", body: { password } } },
  verifyTotp: {
    code: { summary: "The code that the app shows, after the password", body: { code: exampleSecrets.totpCode } },
  },
  verifyBackupCode: {
    code: { summary: "A backup code, where the phone is lost", body: { code: exampleSecrets.backupCode } },
  },
  disableTotp: { end: { summary: "The agent gives the app up", body: { password } } },
  startOidc: { next: { summary: "To sign in and go on to Bull Board", query: { next: "/queues" } } },
  finishOidc: {
    back: {
      summary: "What the provider sends the browser back with",
      query: { code: "SplxlOBeZQQYbYS6WxSb", state: "af0ifjsldkj" },
    },
  },
};
