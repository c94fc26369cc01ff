import type { SomeHandlers } from "../http/call.ts";
import { missing } from "../http/look-up.ts";
import { ownOrigin } from "../http/own-origin.ts";
import { safeNext } from "../sign-in/safe-next.ts";
import { askSignIn, copyCookies, headersOf, sendAnswerOf } from "../sign-in/bridge.ts";
import { oidcProvider } from "../sign-in/oidc.ts";
import { recordSignIn, recordTwoFactor } from "../sign-in/record-sign-in.ts";
import { verifyCode } from "../sign-in/verify-code.ts";

/** Handlers of the second factor and of signing in through the OpenID Connect provider. */
export const twoFactorHandlers: SomeHandlers<
  "enableTotp" | "verifyTotp" | "verifyBackupCode" | "disableTotp" | "getSignInWays" | "startOidc" | "finishOidc"
> = {
  async enableTotp({ door, req, res, body }) {
    await sendAnswerOf(await askSignIn(door.signIn, req, req.originalUrl, body), res);
    return { taken: true };
  },

  async verifyTotp({ door, req, res, body }) {
    await sendAnswerOf(await verifyCode(door, req, req.path, body), res);
    return { taken: true };
  },

  async verifyBackupCode({ door, req, res, body }) {
    await sendAnswerOf(await verifyCode(door, req, req.path, body), res);
    return { taken: true };
  },

  async disableTotp({ door, req, res, body }) {
    const agent = await door.signIn.agentOfSession(headersOf(req));
    const answer = await askSignIn(door.signIn, req, req.originalUrl, body);
    await recordTwoFactor(door.context, agent, false);
    await sendAnswerOf(answer, res);
    return { taken: true };
  },

  async getSignInWays({ door }) {
    const { oidcName } = door.signIn;
    const oidc = oidcName === null ? null : { name: oidcName, url: "/sign-in/oidc" };
    return { status: 200, body: { password: true, oidc } };
  },

  async startOidc({ door, req, res, query }) {
    if (door.signIn.oidcName === null) throw missing();
    const next = safeNext(query.next);
    const errorCallbackURL = `/sign-in?${new URLSearchParams({ next, failed: "oidc" }).toString()}`;
    const asked = { provider: oidcProvider, callbackURL: next, errorCallbackURL };
    const answer = await askSignIn(door.signIn, req, "/api/auth/sign-in/social", asked, {
      method: "POST",
      origin: ownOrigin(req, door.settings),
    });
    copyCookies(answer, res);
    const { url } = (await answer.json()) as { url: string };
    return { status: 303, location: url };
  },

  async finishOidc({ door, req, res }) {
    if (door.signIn.oidcName === null) throw missing();
    const origin = ownOrigin(req, door.settings);
    const answer = await askSignIn(door.signIn, req, req.originalUrl, undefined, { origin });
    copyCookies(answer, res);
    const location = answer.headers.get("location") ?? "/";
    const { searchParams } = new URL(location, "http://localhost");
    if (searchParams.has("error")) {
      const failed = new URLSearchParams({ next: safeNext(searchParams.get("next") ?? undefined), failed: "oidc" });
      return { status: 303, location: `/sign-in?${failed.toString()}` };
    }
    await recordSignIn(door.context, door.signIn, req, answer, "oidc");
    return { status: 303, location };
  },
};
