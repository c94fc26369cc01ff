import type { SomeHandlers } from "../http/call.ts";
import { copyCookies, askSignIn } from "../sign-in/bridge.ts";
import { recordSignIn } from "../sign-in/record-sign-in.ts";
import { asProblem } from "../http/problems.ts";
import { docsPage } from "../docs/docs-page.ts";
import { signInPage } from "../docs/sign-in-page.ts";
import { makeOpenApi } from "../openapi.ts";

/** Handlers of the routes about Muster itself. */
export const systemHandlers: SomeHandlers<
  "getHealth" | "getReadiness" | "getMetrics" | "getOpenApi" | "getDocs" | "getSignInPage" | "submitSignInPage"
> = {
  getHealth: async () => ({ status: 200, body: { status: "ok" } }),

  async getReadiness({ door }) {
    await door.context.db.sql`select 1`;
    return { status: 200, body: { status: "ok" } };
  },

  async getMetrics({ door }) {
    return { status: 200, text: await door.metrics.print(), type: door.metrics.contentType };
  },

  getOpenApi: async () => ({ status: 200, body: makeOpenApi() }),

  getDocs: async () => ({ status: 200, text: docsPage(makeOpenApi()), type: "html" }),

  async getSignInPage({ query }) {
    return {
      status: 200,
      text: signInPage({ next: safeNext(query.next), failed: query.failed ?? null }),
      type: "html",
    };
  },

  async submitSignInPage({ door, req, res, body }) {
    const { email, password } = body;
    const next = safeNext(body.next);
    try {
      const ask = () => askSignIn(door.signIn, req, "/api/auth/sign-in/email", { email, password });
      copyCookies(await recordSignIn(door, req, email, ask), res);
      return { status: 303, location: next };
    } catch (error) {
      const { code } = asProblem(error);
      return { status: 303, location: `/sign-in?${new URLSearchParams({ next, failed: code }).toString()}` };
    }
  },
};

/** Only a path of our own, because `//host` and `/\host` lead elsewhere. */
function safeNext(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) ? next : "/docs";
}
