import { partnerRoles } from "../../../contract/authority.ts";
import { pageAddress, pages } from "../../../contract/pages.ts";
import { texts } from "../texts.ts";
import { buttonOf, dialog, type DialogEntry, press } from "./dialog-entry.ts";
import type { Prepared } from "./prepare-dialogs.ts";

const { agents, newAgent, agent: account, groups, grants, ownPassword, authenticator, keys } = texts;
const agentPage = ({ agent }: Prepared) => pageAddress("agent", { agentId: agent.id });
const groupsPage = `${pages.agents.path}?part=groups`;
const shownOnce = "The secret is shown this once";

/** Dialogs about agents, what they may do, and the agent's own account. */
export const agentDialogs = {
  "new agent": {
    files: ["agents/NewAgentDialog.tsx"],
    open: async (page) => await press(page, pages.agents.path, newAgent.add),
    typed: (page) => [
      [dialog(page).getByLabel(agents.name), "Sven Olsen"],
      [dialog(page).getByLabel(agents.email), "sven.olsen@partner.example"],
    ],
  },
  "change an agent": {
    files: ["agents/ChangeAgentDialog.tsx"],
    open: async (page, at) => await press(page, agentPage(at), account.change),
    typed: (page) => [
      [dialog(page).getByLabel(agents.name), "Noor Haddad-Lind"],
      [dialog(page).getByRole("radio", { name: partnerRoles.helpdeskAgent.label }), true],
    ],
  },
  "reset the sign-in of an agent": {
    files: ["agents/ResetSignInDialog.tsx"],
    open: async (page, at) => await press(page, agentPage(at), account.reset),
    typed: (page) => [[dialog(page).getByRole("checkbox", { name: account.keepKeys }), true]],
  },
  "password of an agent": {
    files: ["agents/AgentPasswordDialog.tsx", "kit/ShownOnceDialog.tsx"],
    open: async (page, at) => {
      await press(page, agentPage(at), account.reset);
      await buttonOf(page, account.reset).click();
      await page.getByRole("alertdialog").locator("code").waitFor();
    },
  },
  "remove an agent": {
    files: ["agents/AgentPage.tsx"],
    open: async (page, at) => await press(page, agentPage(at), account.remove),
    notKept: "It confirms what is asked now, and is typed anew",
  },
  "new group": {
    files: ["agents/GroupDialog.tsx"],
    open: async (page) => await press(page, groupsPage, groups.add),
    typed: (page) => [[dialog(page).getByRole("textbox", { name: groups.name }), "Early shift"]],
  },
  "remove a group": {
    files: ["agents/GroupList.tsx"],
    open: async (page) => await press(page, groupsPage, groups.remove),
    notKept: "It confirms what is asked now, and is typed anew",
  },
  "give a grant": {
    files: ["agents/GrantDialog.tsx"],
    open: async (page, { customerId }) => await press(page, pageAddress("customerGrants", { customerId }), grants.give),
    typed: (page) => [[dialog(page).getByLabel(grants.days), "30"]],
  },
  "extend a grant": {
    files: ["agents/ExtendGrantDialog.tsx"],
    open: async (page, at) => await press(page, agentPage(at), grants.extend),
    typed: (page) => [[dialog(page).getByLabel(grants.extendDays), "180"]],
  },
  "renew a grant from Home": {
    files: ["home/EndingGrants.tsx"],
    open: async (page) => await press(page, pages.home.path, texts.home.grants.renew),
    typed: (page) => [[dialog(page).getByLabel(grants.extendDays), "180"]],
  },
  "end a grant": {
    files: ["agents/EndGrantDialog.tsx"],
    open: async (page, at) => await press(page, agentPage(at), grants.end),
  },
  "own password": {
    files: ["settings/PasswordDialog.tsx"],
    open: async (page) => await press(page, pages.settings.path, ownPassword.change),
    typed: (page) => [[dialog(page).getByRole("checkbox", { name: ownPassword.endKeys }), true]],
  },
  "password before the authenticator app": {
    files: ["settings/AskPasswordDialog.tsx"],
    open: async (page) => await press(page, pages.settings.path, authenticator.setUpTitle),
    notKept: "A password is kept nowhere",
  },
  "code of the authenticator app": {
    files: ["settings/TotpCodeDialog.tsx"],
    open: async (page, { password }) => {
      await press(page, pages.settings.path, authenticator.setUpTitle);
      await dialog(page).getByLabel(authenticator.password).fill(password);
      await buttonOf(page, authenticator.next).click();
      await dialog(page).getByLabel(authenticator.code).waitFor();
    },
    notKept: shownOnce,
  },
  "new API key": {
    files: ["settings/NewKeyDialog.tsx"],
    open: async (page) => {
      await press(page, pages.settings.path, keys.make);
      await dialog(page).getByLabel(keys.narrowSome).check();
    },
    typed: (page) => [
      [dialog(page).getByLabel(keys.name), "Reports"],
      [dialog(page).getByRole("checkbox", { name: "Directory Reader" }), true],
    ],
  },
  "the new API key": {
    files: ["settings/NewKeyDialog.tsx"],
    open: async (page) => {
      await press(page, pages.settings.path, keys.make);
      await dialog(page).getByLabel(keys.name).fill("Reports");
      await buttonOf(page, keys.make).click();
      await page.getByRole("alertdialog").locator("code").waitFor();
    },
  },
  "end an API key": {
    files: ["settings/EndKeyDialog.tsx"],
    open: async (page, { apiKey }) => {
      await page.goto(pages.settings.path);
      const row = page
        .getByRole("table", { name: keys.title, exact: true })
        .getByRole("row")
        .filter({ hasText: apiKey });
      await row.getByRole("button", { name: keys.end }).click();
      await dialog(page).waitFor();
    },
  },
} as const satisfies Record<string, DialogEntry>;
