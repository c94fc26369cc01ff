import { describeCode } from "../../contract/codes.ts";
import { Problem } from "../../contract/problem.ts";
import { changePassword } from "../../core/access/agents/change-password.ts";
import { endSession, listSessions } from "../../core/access/agents/sessions.ts";
import type { SomeHandlers } from "../http/call.ts";
import { requireSameOrigin } from "../http/same-origin.ts";
import { bridgeSignIn, headersOf, sendAnswerOf } from "../sign-in/bridge.ts";
import { signInByPassword } from "../sign-in/sign-in-by-password.ts";

/** Handlers of sign-in, which the library answers, of the change of one's own password, and of who the caller is. */
export const signInHandlers: SomeHandlers<
  "signIn" | "signOut" | "getSession" | "changePassword" | "getMe" | "listSessions" | "endSession"
> = {
  async signIn({ api, req, res, body }) {
    await sendAnswerOf(await signInByPassword(api, req, body), res);
    return { taken: true };
  },

  async signOut({ api, req, res }) {
    await bridgeSignIn(api.signIn, req, res, {});
    return { taken: true };
  },

  async getSession({ api, req, res }) {
    await bridgeSignIn(api.signIn, req, res, undefined);
    return { taken: true };
  },

  async changePassword({ api, req, body }) {
    requireSameOrigin(req, api.settings.publicUrl, true);
    const session = await api.signIn.sessionOf(headersOf(req));
    if (session === null) throw new Problem("unauthenticated", describeCode("unauthenticated").title);
    const { id, name, email } = session.agent;
    await changePassword(api.context, api.signIn, { kind: "agent", id, name }, session.id, body);
    return { status: 200, body: { user: { id, name, email } } };
  },

  async listSessions({ api, req, caller }) {
    const session = await api.signIn.sessionOf(headersOf(req));
    const items = await listSessions(api.context, caller.agent.id, session?.id ?? null);
    return { status: 200, body: { items, next: null } };
  },

  async endSession({ api, caller, params }) {
    await endSession(api.context, caller.actor, params.sessionId);
    return { status: 204 };
  },

  async getMe({ api, caller: { actor, agent } }) {
    const { id, name, authority } = actor;
    const restricted = authority.kind === "agent" ? authority : null;
    const body = {
      kind: actor.kind === "agent" ? ("agent" as const) : ("token" as const),
      id,
      name,
      email: agent?.email ?? null,
      partnerRole: restricted?.partnerRole ?? null,
      twoFactorEnabled: agent?.twoFactorEnabled ?? false,
      restoreDays: api.context.restoreDays,
      mails: api.settings.mail !== null,
      key: restricted?.key ?? null,
    };
    return { status: 200, body };
  },
};
