import { Problem } from "../../contract/problem.ts";
import { choosePassword } from "../../core/passwords/choose-password.ts";
import { mailBatchLinks, makeMailedLink } from "../../core/passwords/mail-links.ts";
import { linkOfUser, makeLink, writeLinks, type LinkTerms } from "../../core/passwords/make-links.ts";
import { openLink } from "../../core/passwords/open-link.ts";
import { showPasswords } from "../../core/passwords/write-passwords.ts";
import { accountPage } from "../docs/account-page.ts";
import { linkPage, linkScript } from "../docs/link-page.ts";
import type { Call, SomeHandlers } from "../http/call.ts";
import { ownOrigin } from "../http/own-origin.ts";
import { asProblem } from "../http/problems.ts";

/** Handlers of one-time links, and of the page where an account chooses its password. */
export const handOffHandlers: SomeHandlers<
  | "makeLinks"
  | "mailLinks"
  | "showPasswords"
  | "makeUserLink"
  | "getLinkPage"
  | "getLinkScript"
  | "openLink"
  | "getAccountPage"
  | "submitAccountPage"
> = {
  makeLinks: {
    async act(call) {
      const { api, caller, batch, body } = call;
      const { expiresInHours: _hours, ...match } = body;
      return { id: batch.id, csv: await writeLinks(api.context, caller.actor, batch.id, match, termsOf(call)) };
    },
    async answer({ batch }, { csv }) {
      if (csv === undefined) {
        throw new Problem("link_gone", "Links are shown once. Make others under another Idempotency-Key.");
      }
      return { status: 200, csv, fileName: `batch-${batch.no}-links.csv` };
    },
  },

  mailLinks: {
    async act(call) {
      const { api, caller, batch, body } = call;
      const { expiresInHours: _hours, mailTo: to, ...match } = body;
      const way = { to, by: api.settings.mail };
      await mailBatchLinks(api.context, caller.actor, batch.id, match, termsOf(call), way);
      return { id: batch.id };
    },
    async answer(_call, { repeated }) {
      if (repeated) {
        throw new Problem("link_gone", "Links are mailed once. Make others under another Idempotency-Key.");
      }
      return { status: 204 };
    },
  },

  async showPasswords({ api, caller, batch, body }) {
    const page = await showPasswords(api.context, caller.actor, batch.id, body);
    return { status: 200, body: page, headers: { "Cache-Control": "no-store" } };
  },

  makeUserLink: {
    async act(call) {
      const { api, caller, customer, params, body } = call;
      const { mailTo: to } = body;
      const made = [api.context, caller.actor, customer.id, params.userId, termsOf(call)] as const;
      if (to === undefined) return { id: params.userId, shownOnce: { url: (await makeLink(...made)).url } };
      const { url, refused } = await makeMailedLink(...made, { to, by: api.settings.mail });
      const warnings = refused && [{ code: refused.code, message: refused.message }];
      return { id: params.userId, shownOnce: { url, ...(warnings && { warnings }) } };
    },
    async answer({ api }, { id, shownOnce }) {
      const link = await linkOfUser(api.context, id);
      if (link === null) throw new Problem("link_gone", "It was opened already. Make another one under another key.");
      return { status: 201, body: { userId: id, ...shownOnce, expiresAt: link.expiresAt.toISOString() } };
    },
  },

  getLinkPage: async () => ({ status: 200, text: linkPage, type: "html" }),

  getLinkScript: async () => ({ status: 200, text: linkScript, type: "text/javascript" }),

  async openLink({ api, req, body }) {
    const { expiresAt, ...shown } = await openLink(api.context, body.token, req.ip ?? "");
    return { status: 200, body: { ...shown, expiresAt: expiresAt.toISOString() } };
  },

  async getAccountPage({ query }) {
    const page = { failed: query.failed ?? null, done: query.done !== undefined };
    return { status: 200, text: accountPage(page), type: "html" };
  },

  async submitAccountPage({ api, req, body }) {
    const { newPasswordAgain, ...wanted } = body;
    if (newPasswordAgain !== wanted.newPassword) return { status: 303, location: "/account?failed=not_repeated" };
    try {
      await choosePassword(api.context, { ...wanted, address: req.ip ?? "" });
      return { status: 303, location: "/account?done=1" };
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code === "internal") throw error;
      return { status: 303, location: `/account?failed=${problem.code}` };
    }
  },
};

function termsOf({ api, req, body }: Call<"makeLinks"> | Call<"mailLinks"> | Call<"makeUserLink">): LinkTerms {
  return { page: new URL("/link", ownOrigin(req, api.settings)).href, hours: body.expiresInHours };
}
