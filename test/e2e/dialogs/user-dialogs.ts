import type { Page } from "playwright-core";
import { pageAddress } from "../../../contract/pages.ts";
import { useCommand } from "../acts.ts";
import { texts } from "../texts.ts";
import { buttonOf, dialog, type DialogEntry } from "./dialog-entry.ts";
import type { Prepared } from "./prepare-dialogs.ts";

const { userForm, wizard, addUser, editUsers, acts, commands, permissions, restoring, removing, manageLicenses } =
  texts;
const office = "Microsoft 365 E3";
const confirmation = "It confirms what is asked now, and is typed anew";

/** Selects users by name, or all, and uses a command. */
async function ask(page: Page, path: string, names: readonly string[] | "all", command: string): Promise<void> {
  await page.goto(path);
  if (names === "all") {
    // By the key: on a phone the head of the table is under the one of the page for a pointer that was scrolled to it.
    await page.getByRole("checkbox", { name: texts.selection.selectShown }).press("Space");
  } else for (const name of names.map(texts.selection.select)) await page.getByRole("checkbox", { name }).check();
  await useCommand(page, command);
  await dialog(page).waitFor();
}

const users = ({ customerId }: Prepared) => pageAddress("users", { customerId });
const deleted = ({ customerId }: Prepared) => pageAddress("deletedUsers", { customerId });
const two = ["Åsa Öberg", "Bruno Öberg"];

const act = (key: keyof typeof acts, names: readonly string[] | "all"): DialogEntry => ({
  files: ["users/UserActDialog.tsx"],
  open: async (page, at) => {
    await ask(page, users(at), names, acts[key].label);
    await buttonOf(page, acts[key].submit).waitFor();
    await dialog(page).getByRole("listitem").first().waitFor();
  },
  notKept: confirmation,
});

const next = async (page: Page) => await buttonOf(page, wizard.next).click();
const field = (page: Page, name: string) => dialog(page).getByRole("textbox", { name });

async function newUser(page: Page, { customerId }: Prepared, steps: number): Promise<void> {
  await page.goto(pageAddress("newUser", { customerId }));
  await fillPerson(page, "Nora", "Lindqvist");
  for (let step = 0; step < steps; step++) await next(page);
}

async function fillPerson(page: Page, first: string, last: string): Promise<void> {
  await field(page, userForm.first).fill(first);
  await field(page, userForm.last).fill(last);
  await dialog(page).getByText(userForm.usernameFree).waitFor();
}

async function editUser(page: Page, { customerId, user }: Prepared, steps: number): Promise<void> {
  await page.goto(pageAddress("editUser", { customerId, userId: user.id }));
  await field(page, userForm.first).waitFor();
  for (let step = 0; step < steps; step++) await next(page);
}

const wizardStep = (
  files: DialogEntry["files"],
  open: (page: Page, at: Prepared, steps: number) => Promise<void>,
  steps: number,
  typed?: DialogEntry["typed"],
): DialogEntry => ({
  files,
  open: async (page, at) => await open(page, at, steps),
  byAddress: true,
  ...(typed && { typed }),
});

const custom = (page: Page) => dialog(page).getByRole("radio", { name: userForm.permissionHints.custom });
const box = (page: Page, name: string) => dialog(page).getByRole("checkbox", { name, exact: true });

const pane = async (page: Page, { customerId, user }: Prepared, tab: string) => {
  await page.goto(`${pageAddress("users", { customerId })}?user=${user.id}`);
  await page.getByRole("tab", { name: tab }).click();
  await page.getByRole("tabpanel").waitFor();
};
const inPane = (page: Page) => page.getByRole("complementary");

const newFiles = ["kit/Wizard.tsx", "users/NewUsersWizard.tsx", "users/NewUserPage.tsx"] as const;
const editFiles = ["kit/Wizard.tsx", "users/EditUserWizard.tsx"] as const;

/** Dialogs about users. */
export const userDialogs = {
  "delete one user": act("deleteUsers", ["Åsa Öberg"]),
  "delete many users": act("deleteUsers", "all"),
  "reset passwords": act("resetPasswords", two),
  "block sign-in": act("blockSignIn", two),
  "allow sign-in": act("allowSignIn", two),
  "what became of each user": {
    files: ["users/UserActOutcome.tsx"],
    open: async (page, at) => {
      await ask(page, users(at), two, acts.resetPasswords.label);
      await buttonOf(page, acts.resetPasswords.submit).click();
      await dialog(page).getByRole("region", { name: texts.passwords.title }).waitFor();
    },
  },
  "manage licenses": {
    files: ["users/LicensesPanel.tsx"],
    open: async (page, at) => {
      await ask(page, users(at), two, manageLicenses.label);
      await dialog(page).getByRole("checkbox").first().waitFor();
    },
    typed: (page) => [[box(page, "Exchange Online (Plan 1)"), true]],
  },
  "manage licenses, too few seats": {
    files: ["users/LicensesPanel.tsx"],
    open: async (page, at) => {
      await ask(page, users(at), ["Bruno Nowak", "Bruno Sørensen"], manageLicenses.label);
      await box(page, office).check();
      await buttonOf(page, manageLicenses.plansOf(office)).click();
      await dialog(page)
        .getByRole("group", { name: manageLicenses.plansOf(office) })
        .waitFor();
    },
    typed: (page) => [[box(page, office), true]],
  },
  "permissions of many users": {
    files: ["users/PermissionsDialog.tsx"],
    open: async (page, at) => {
      await ask(page, users(at), two, permissions.label);
      await custom(page).waitFor();
    },
    typed: (page) => [
      [custom(page), true],
      [box(page, "Password admin"), true],
    ],
  },
  "edit many users": {
    files: ["users/EditUsersPanel.tsx"],
    open: async (page, at) => await ask(page, users(at), "all", editUsers.label),
    typed: (page) => [[field(page, "Office"), "Harbour"]],
  },
  "restore a user whose name is taken": {
    files: ["users/RestoreDialog.tsx"],
    open: async (page, at) => {
      await ask(page, deleted(at), [at.deleted], restoring.label);
      await dialog(page).getByLabel(restoring.newName(at.deleted)).waitFor();
    },
    typed: (page, at) => [[dialog(page).getByLabel(restoring.newName(at.deleted)), `petra.first@${at.domain}`]],
  },
  "remove a user for good": {
    files: ["users/RemoveDialog.tsx"],
    open: async (page, at) => {
      await ask(page, deleted(at), [at.deleted], removing.label);
      await dialog(page).getByRole("textbox").waitFor();
    },
    notKept: confirmation,
  },
  "add user, user info": wizardStep(newFiles, newUser, 0, (page) => [[field(page, userForm.display), "Nora L."]]),
  "add user, permissions": wizardStep(newFiles, newUser, 1, (page) => [
    [custom(page), true],
    [box(page, "Password admin"), true],
  ]),
  "add user, licenses": wizardStep(newFiles, newUser, 2, (page) => [[box(page, "Exchange Online (Plan 1)"), true]]),
  "add user, review": wizardStep(newFiles, newUser, 3),
  "add user, several": {
    files: newFiles,
    open: async (page, at) => {
      await newUser(page, at, 3);
      await buttonOf(page, addUser.another).click();
      await fillPerson(page, "Otto", "Lindqvist");
    },
    typed: (page) => [[field(page, userForm.display), "Otto L."]],
    byAddress: true,
  },
  "add user, made": {
    files: ["users/MadeUserPanel.tsx"],
    open: async (page, at) => {
      await newUser(page, at, 3);
      await buttonOf(page, userForm.complete).click();
      await buttonOf(page, addUser.more).waitFor();
    },
    notKept: "It is there once, with the password that it shows",
  },
  "add user, several made": {
    files: ["users/MadeUsersPanel.tsx"],
    open: async (page, at) => {
      await newUser(page, at, 3);
      await buttonOf(page, addUser.another).click();
      await fillPerson(page, "Otto", "Lindqvist");
      for (let step = 0; step < 3; step++) await next(page);
      await buttonOf(page, userForm.complete).click();
      await dialog(page)
        .getByRole("heading", { name: addUser.madeMany(2, 2) })
        .waitFor();
      // Their passwords come with a request of their own.
      await dialog(page).locator("dd code").nth(1).waitFor();
    },
  },
  "edit user, user info": wizardStep(editFiles, editUser, 0, (page) => [[field(page, userForm.last), "Berggren"]]),
  "edit user, permissions": wizardStep(editFiles, editUser, 1, (page) => [
    [custom(page), true],
    [box(page, "Password admin"), true],
  ]),
  "edit user, licenses": wizardStep(editFiles, editUser, 2, (page) => [[box(page, "Exchange Online (Plan 1)"), true]]),
  "edit user, review": wizardStep(editFiles, editUser, 3),
  "edit a user who is not there": {
    files: ["users/EditUserPage.tsx"],
    open: async (page, { customerId }) => {
      await page.goto(pageAddress("editUser", { customerId, userId: "01890000-0000-7000-8000-000000000000" }));
      await dialog(page).getByText(texts.notFound.title).waitFor();
    },
  },
  "details of a user, info": {
    files: ["users/UserPane.tsx"],
    open: async (page, at) => await pane(page, at, texts.user.tabs.info),
  },
  "details of a user, licenses": {
    files: ["users/UserPane.tsx"],
    open: async (page, at) => {
      await pane(page, at, texts.user.tabs.licenses);
      await inPane(page).getByRole("checkbox").first().waitFor();
    },
    typed: (page) => [[inPane(page).getByRole("checkbox", { name: "Exchange Online (Plan 1)" }), true]],
  },
  "details of a user, permissions": {
    files: ["users/UserPane.tsx"],
    open: async (page, at) => await pane(page, at, texts.user.tabs.permissions),
    typed: (page) => [
      [inPane(page).getByRole("radio", { name: userForm.permissionHints.custom }), true],
      [inPane(page).getByRole("checkbox", { name: "Password admin" }), true],
    ],
  },
  "details of a user, activity": {
    files: ["users/UserPane.tsx"],
    open: async (page, at) => {
      await pane(page, at, texts.user.tabs.activity);
      await inPane(page).getByRole("listitem").first().waitFor();
    },
  },
  "commands without room": {
    files: ["kit/CommandBar.tsx"],
    open: async (page, at) => {
      await page.goto(users(at));
      const bar = page.getByRole("toolbar", { name: commands.bar });
      await bar.getByRole("button", { name: texts.common.more, exact: true }).click();
      await page.getByRole("menu").waitFor();
    },
  },
  "commands for many by a file": {
    files: ["kit/CommandButton.tsx"],
    open: async (page, at) => {
      // On a phone it stands among the commands without room.
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(users(at));
      await page.getByRole("button", { name: commands.forMany }).click();
      await page.getByRole("menu").waitFor();
    },
  },
  "columns to choose": {
    files: ["kit/ColumnChooser.tsx"],
    open: async (page, at) => {
      await page.goto(users(at));
      await page.getByRole("button", { name: texts.common.columns }).click();
      await page.getByRole("menu").waitFor();
    },
  },
  "a filter": {
    files: ["kit/FilterPill.tsx"],
    open: async (page, at) => {
      await page.goto(users(at));
      const pills = page.getByRole("group", { name: texts.filters.label });
      await pills.getByRole("button", { name: texts.users.permission }).click();
      await dialog(page).waitFor();
    },
    notKept: "What is typed narrows the choices",
  },
} as const satisfies Record<string, DialogEntry>;
