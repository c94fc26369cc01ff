import type { Page } from "playwright-core";
import { pageAddress, pages } from "../../../contract/pages.ts";
import { texts } from "../texts.ts";
import { dialog, type DialogEntry, press } from "./dialog-entry.ts";

const { nav, help, customers, newCustomer, people, audit } = texts;
const search = "What is searched for is no form";

async function menu(page: Page, name: string | RegExp): Promise<void> {
  await page.goto(pages.settings.path);
  await page.getByRole("button", { name }).click();
  await page.getByRole("menu").waitFor();
}

async function key(page: Page, keys: string): Promise<void> {
  await page.goto(pages.settings.path);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.keyboard.press(keys);
  await dialog(page).waitFor();
}

/** What the frame and its pages open beside their forms. */
export const frameDialogs = {
  "find and do anything": {
    files: ["frame/CommandPalette.tsx"],
    open: async (page) => {
      await key(page, "Control+k");
      await dialog(page).getByRole("combobox").fill("fab");
      await page.getByRole("option", { name: "Fabrikam Retail" }).first().waitFor();
    },
    notKept: search,
  },
  "keyboard shortcuts": {
    files: ["frame/ShortcutsDialog.tsx"],
    open: async (page) => await key(page, "?"),
  },
  help: {
    files: ["frame/HelpPanel.tsx", "kit/SidePanel.tsx"],
    open: async (page, { customerId }) => await press(page, pageAddress("users", { customerId }), help.open),
  },
  "choice of a theme": { files: ["frame/TopBar.tsx"], open: async (page) => await menu(page, nav.theme) },
  "own account": { files: ["frame/TopBar.tsx"], open: async (page) => await menu(page, /^Signed in as/) },
  "main menu of a phone": {
    files: ["frame/TopBar.tsx"],
    open: async (page) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await menu(page, nav.menu);
    },
  },
  "a record of the audit": {
    files: ["audit/AuditPane.tsx", "kit/DetailsPane.tsx"],
    open: async (page) => {
      await page.goto(pages.audit.path);
      await page.getByRole("table", { name: pages.audit.title }).getByRole("row").getByRole("button").first().click();
      await page.getByRole("complementary", { name: audit.details }).waitFor();
    },
  },
  "what happened to a person": {
    files: ["people/PersonPane.tsx"],
    open: async (page) => {
      await page.goto(`${pages.people.path}?q=novak`);
      await page.getByRole("table", { name: people.users }).getByRole("button").first().click();
      await page.getByRole("complementary", { name: people.happened }).getByRole("listitem").first().waitFor();
    },
  },
  "a half-filled dialog is closed": {
    files: ["kit/LeaveDialog.tsx", "kit/DraftDialog.tsx", "kit/DraftPanel.tsx"],
    open: async (page) => {
      await press(page, pages.customers.path, customers.add);
      await dialog(page).getByLabel(newCustomer.name).fill("Tailspin Toys");
      await page.keyboard.press("Escape");
      await page.getByRole("alertdialog").waitFor();
    },
    notKept: "It stands over the form that it asks about",
  },
  "a half-filled page is left": {
    files: ["kit/LeaveGuard.tsx"],
    open: async (page, { customerId }) => {
      await page.goto(pageAddress("upload", { customerId }));
      await page.getByRole("radio", { name: texts.upload.onDeletedRestore }).check();
      await page.keyboard.press("g");
      await page.keyboard.press("b");
      await page.getByRole("alertdialog").waitFor();
    },
  },
  "the session is over": {
    files: ["frame/SessionEndedDialog.tsx"],
    open: async (page) => {
      await page.goto(pages.customers.path);
      await page.getByRole("table", { name: pages.customers.title }).waitFor();
      await page.context().clearCookies();
      await page.getByRole("searchbox").first().fill("fab");
      await page.getByRole("alertdialog").waitFor();
    },
    notKept: "A password is kept nowhere",
  },
} as const satisfies Record<string, DialogEntry>;
