import type { SomeHandlers } from "../http/call.ts";
import { copyCookies } from "../sign-in/bridge.ts";
import { safeNext } from "../sign-in/safe-next.ts";
import { signInByPassword } from "../sign-in/sign-in-by-password.ts";
import { verifyCode } from "../sign-in/verify-code.ts";
import { asProblem } from "../http/problems.ts";
import { documentsOf } from "../docs/documents.ts";
import { signInPage } from "../docs/sign-in-page.ts";

/** Handlers of the routes about Muster itself. */
export const systemHandlers: SomeHandlers<
  "getHealth" | "getReadiness" | "getMetrics" | "getOpenApi" | "getDocs" | "getSignInPage" | "submitSignInPage"
> = {
  getHealth: async () => ({ status: 200, body: { status: "ok" } }),

  async getReadiness({ api }) {
    await api.readiness();
    return { status: 200, body: { status: "ok" } };
  },

  async getMetrics({ api }) {
    return { status: 200, text: await api.monitor.print(), type: api.monitor.contentType };
  },

  getOpenApi: async ({ api }) => ({ status: 200, body: documentsOf(api.settings.publicUrl).openApi }),

  getDocs: async ({ api }) => ({ status: 200, text: documentsOf(api.settings.publicUrl).page, type: "html" }),

  async getSignInPage({ api, query }) {
    const { next, failed = null, step } = query;
    const shown = { next: safeNext(next), failed, code: step === "code", oidcName: api.signIn.oidcName };
    return { status: 200, text: signInPage(shown), type: "html" };
  },

  async submitSignInPage({ api, req, res, body }) {
    const { email = "", password = "", code } = body;
    const next = safeNext(body.next);
    const again = (more: Record<string, string>) => `/sign-in?${new URLSearchParams({ next, ...more }).toString()}`;
    const step = code === undefined ? {} : { step: "code" };
    try {
      if (code === undefined) {
        const answer = await signInByPassword(api, req, { email, password });
        copyCookies(answer, res);
        const { twoFactorRedirect } = (await answer.json()) as { twoFactorRedirect?: boolean };
        return { status: 303, location: twoFactorRedirect === true ? again({ step: "code" }) : next };
      }
      copyCookies(await verifyCode(api, req, "/api/auth/two-factor/verify-totp", { code }), res);
      return { status: 303, location: next };
    } catch (error) {
      return { status: 303, location: again({ ...step, failed: asProblem(error).code }) };
    }
  },
};
