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
  async enableTotp({ api, req, res, body }) {
    await sendAnswerOf(await askSignIn(api.signIn, req, req.originalUrl, body), res);
    return { taken: true };
  },

  async verifyTotp({ api, req, res, body }) {
    await sendAnswerOf(await verifyCode(api, req, req.path, body), res);
    return { taken: true };
  },

  async verifyBackupCode({ api, req, res, body }) {
    await sendAnswerOf(await verifyCode(api, req, req.path, body), res);
    return { taken: true };
  },

  async disableTotp({ api, req, res, body }) {
    const agent = await api.signIn.agentOfSession(headersOf(req));
    const answer = await askSignIn(api.signIn, req, req.originalUrl, body);
    await recordTwoFactor(api.context, agent, false);
    await sendAnswerOf(answer, res);
    return { taken: true };
  },

  async getSignInWays({ api }) {
    const { oidcName } = api.signIn;
    const oidc = oidcName === null ? null : { name: oidcName, url: "/sign-in/oidc" };
    return { status: 200, body: { password: true, oidc } };
  },

  async startOidc({ api, req, res, query }) {
    if (api.signIn.oidcName === null) throw missing();
    const next = safeNext(query.next);
    const errorCallbackURL = `/sign-in?${new URLSearchParams({ next, failed: "oidc" }).toString()}`;
    const asked = { provider: oidcProvider, callbackURL: next, errorCallbackURL };
    const answer = await askSignIn(api.signIn, req, "/api/auth/sign-in/social", asked, {
      method: "POST",
      origin: ownOrigin(req, api.settings),
    });
    copyCookies(answer, res);
    const { url } = (await answer.json()) as { url: string };
    return { status: 303, location: url };
  },

  async finishOidc({ api, req, res }) {
    if (api.signIn.oidcName === null) throw missing();
    const origin = ownOrigin(req, api.settings);
    const answer = await askSignIn(api.signIn, req, req.originalUrl, undefined, { origin });
    copyCookies(answer, res);
    const location = answer.headers.get("location") ?? "/";
    const { searchParams } = new URL(location, "http://localhost");
    if (searchParams.has("error")) {
      const failed = new URLSearchParams({ next: safeNext(searchParams.get("next") ?? undefined), failed: "oidc" });
      return { status: 303, location: `/sign-in?${failed.toString()}` };
    }
    await recordSignIn(api.context, api.signIn, req, answer, "oidc");
    return { status: 303, location };
  },
};
