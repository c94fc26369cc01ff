import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import { pageAddress, pages } from "../../contract/pages.ts";
import type { User } from "../../contract/user.ts";
import { changeable, counted } from "./acts.ts";
import { enter, find, focusInSight, focused, press, ready } from "./keys.ts";
import { openStage, type Stage } from "./stage.ts";
import { texts } from "./texts.ts";

const { acts, addUser, commands, manageLicenses, permissions, removing, restoring, selection, userForm, wizard } =
  texts;
const office = "Microsoft 365 E3";
const flow = "Microsoft Flow Free";
const long = 120_000;

let stage: Stage;
let page: Page;
let customer: { id: string; domain: string };
beforeAll(async () => {
  stage = await openStage();
  const { app } = stage;
  customer = await app.makeCustomer([
    { skuPartNumber: "SPE_E3", total: 9 },
    { skuPartNumber: "FLOW_FREE", total: 9 },
    { skuPartNumber: "EMS", total: 1 },
  ]);
  await app.request<Batch>(`/v1/customers/${customer.id}/batches`, {
    json: {
      operation: "createUsers",
      rows: ["Ada Eve", "Bo Ek", "Cy Fox", "Di Gil"].map((displayName) => ({
        userPrincipalName: `${displayName.toLowerCase().replace(" ", ".")}@${customer.domain}`,
        displayName,
        usageLocation: "SE",
      })),
    },
    headers: { prefer: "wait=30" },
  });
  page = await stage.open();
  const users = pageAddress("users", { customerId: customer.id });
  await stage.signIn(page, users);
  // From here on there is no mouse.
  await page.goto(users);
  await page.getByRole("gridcell").first().waitFor();
}, 240_000);
afterAll(() => stage.close());

const key = (name: string) => page.keyboard.press(name);
const dialog = () => page.getByRole("dialog").last();
/** A button in the dialog that is open, once it is not greyed. */
const inDialog = (name: string) => dialog().getByRole("button", { name, exact: true, disabled: false });
const field = (name: string) => dialog().getByRole("textbox", { name });
const box = (name: string) => dialog().getByRole("checkbox", { name, exact: true });
const bar = () => page.getByRole("toolbar", { name: commands.bar });
const barWidth = async () => (await bar().boundingBox())?.width;
const inBar = (name: string) => bar().getByRole("button", { name, exact: true });
const step = (name: string) => focused(page, dialog().getByRole("heading", { level: 3, name }));

async function userOf(name: string, state = "active"): Promise<User | undefined> {
  const address = `/v1/customers/${customer.id}/users?state=${state}&q=${encodeURIComponent(name)}`;
  return (await stage.app.request<{ items: User[] }>(address)).body.items[0];
}

/** Goes to the users of the customer. */
async function goToUsers(): Promise<void> {
  await find(page, customer.domain, /^Customer /);
  await page.getByRole("gridcell").first().waitFor();
}

/** Leads the focus to the row with the user `name`. */
async function goToRow(name: string): Promise<void> {
  const row = page.getByRole("row").filter({ has: page.getByRole("button", { name, exact: true }) });
  await press(page, "Tab", page.getByRole("gridcell"));
  await key("Control+Home");
  await press(page, "ArrowDown", row.getByRole("gridcell"));
}

async function select(...names: string[]): Promise<void> {
  for (const name of names) {
    await goToRow(name);
    await key("Space");
  }
  await page.getByText(selection.selected(texts.units.users(names.length))).waitFor();
}

/** What takes the focus for the command `name`: its button, or the menu in which it stands where there is no room. */
async function way(name: string): Promise<{ button: Locator; isInMenu: boolean }> {
  const isInMenu = !(await inBar(name).isVisible());
  return { button: isInMenu ? inBar(texts.common.more) : inBar(name), isInMenu };
}

/** Uses a command over the list of users. */
async function use(name: string): Promise<void> {
  const { button, isInMenu } = await way(name);
  if (!isInMenu) await bar().getByRole("button", { name, exact: true, disabled: false }).waitFor();
  await press(page, "Shift+Tab", bar().getByRole("button"));
  await enter(page, button, "ArrowRight");
  if (isInMenu) await enter(page, page.getByRole("menuitem", { name, exact: true }), "ArrowDown");
}

/** Closes what stands over the page, which gives the focus back to the way to the command. */
async function close(name: string): Promise<void> {
  await key("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await focused(page, (await way(name)).button);
}

/** Fills in who is to be added, up to the review. */
async function fillIn(first: string, last: string, licenses: string[] = []): Promise<void> {
  await press(page, "Tab", field(userForm.first));
  await page.keyboard.type(first);
  await key("Tab");
  await page.keyboard.type(last);
  await page.locator(`[role=dialog] input[value="${`${first}.${last}`.toLowerCase()}"]`).waitFor();
  await dialog().getByText(userForm.usernameFree).waitFor();
  await key("Enter");
  await step(userForm.steps.permissions);
  await enter(page, inDialog(wizard.next));
  await step(userForm.steps.licenses);
  for (const name of licenses) {
    await press(page, "Tab", box(name));
    await key("Space");
  }
  await enter(page, inDialog(wizard.next));
  await step(userForm.steps.review);
}

describe("with the keyboard alone, from the users of a customer to the database", () => {
  it(
    "a user is added with a license, and two more together",
    async () => {
      await press(page, "Tab", page.getByRole("link", { name: texts.nav.skip }));
      await key("Enter");
      await enter(page, inBar(pages.newUser.title));
      await focused(page, field(userForm.first));
      await fillIn("Kim", "Berg", [office]);
      await enter(page, inDialog(userForm.complete));
      await dialog()
        .getByRole("heading", { name: addUser.madeTitle("Kim Berg") })
        .waitFor();
      await expect(userOf("Kim Berg")).resolves.toMatchObject({ licenses: [{ skuPartNumber: "SPE_E3" }] });
      await enter(page, inDialog(addUser.more));
      await focused(page, field(userForm.first));
      await fillIn("Lea", "Moe");
      await enter(page, inDialog(addUser.another));
      await fillIn("Noa", "Ost");
      await enter(page, inDialog(userForm.complete));
      await dialog()
        .getByRole("heading", { name: addUser.madeMany(2, 2) })
        .waitFor();
      await expect(userOf("Lea Moe")).resolves.toBeDefined();
      await expect(userOf("Noa Ost")).resolves.toBeDefined();
      await close(pages.newUser.title);
    },
    long,
  );

  it(
    "a file is uploaded, a bad cell mended, its rows carried out, and what found no seat retried once there is one",
    async () => {
      await enter(page, inBar(pages.upload.title), "ArrowRight");
      const picking = page.waitForEvent("filechooser");
      await enter(page, page.getByRole("button", { name: texts.upload.pick }));
      const rows = [
        "User name,Display name,Usage location,Licenses",
        "ray@DOMAIN,Ray,SE,EMS",
        "roy@@DOMAIN,Roy,SE,EMS",
      ];
      const buffer = Buffer.from(rows.join("\n").replaceAll("DOMAIN", customer.domain));
      await (await picking).setFiles({ name: "two.csv", mimeType: "text/csv", buffer });
      await page.getByText("two.csv").waitFor();
      await focusInSight(page);
      await enter(page, page.getByRole("button", { name: texts.upload.submit }));

      await page.getByRole("button", { name: texts.batch.start(1, 2) }).waitFor();
      await focusInSight(page);
      await press(page, "Tab", page.getByRole("gridcell"));
      await key("Control+Home");
      await key("ArrowDown");
      await press(page, "ArrowRight", changeable(page, "roy@@"));
      await key("Enter");
      await focused(page, page.getByRole("textbox", { name: texts.cells.edit("User name"), exact: true }));
      await page.keyboard.type(`roy@${customer.domain}`);
      await key("Enter");
      await focused(page, changeable(page, `roy@${customer.domain}`));
      await enter(page, page.getByRole("button", { name: texts.batch.start(2) }), "Shift+Tab");

      const cause = page.locator("tr:has([data-code=seat_shortage])");
      await page.getByText(texts.list.finishedWith(0, 1), { exact: true }).waitFor();
      await focusInSight(page);
      await enter(page, cause.getByRole("button", { name: texts.plan.remedies.seats }));
      await focused(page, page.getByRole("spinbutton", { name: texts.products.total }));
      await key("Enter");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await focused(page, cause.getByRole("button", { name: texts.plan.remedies.seats }));
      await enter(page, cause.getByRole("button", { name: texts.batch.retryThese }));
      await enter(page, inDialog(texts.work.retry.submit(1)));
      await cause.waitFor({ state: "detached" });
      expect(await counted(page, texts.batch.states.succeeded, 2)).toBe(true);
      await focusInSight(page);
      await expect(userOf("Roy")).resolves.toMatchObject({ licenses: [{ skuPartNumber: "EMS" }] });
    },
    long,
  );

  it(
    "two users get two licenses, and one of them is edited",
    async () => {
      await goToUsers();
      await select("Ada Eve", "Bo Ek");
      await use(manageLicenses.label);
      for (const name of [office, flow]) {
        await press(page, "Tab", box(name));
        await key("Space");
      }
      await enter(page, inDialog(manageLicenses.submit));
      await dialog().getByText("2 users, all done").waitFor();
      expect((await userOf("Bo Ek"))?.licenses.map(({ name }) => name).toSorted()).toEqual([office, flow]);
      await close(manageLicenses.label);

      await select("Bo Ek");
      await use(texts.editUsers.label);
      await focused(page, field(userForm.first));
      await page.keyboard.type("Boris");
      await key("Enter");
      for (const name of [userForm.steps.permissions, userForm.steps.licenses]) {
        await step(name);
        await enter(page, inDialog(wizard.next));
      }
      await step(userForm.steps.review);
      await enter(page, inDialog(userForm.complete));
      await page.getByText(texts.editUser.saved("Bo Ek")).waitFor();
      await expect(userOf("Bo Ek")).resolves.toMatchObject({ givenName: "Boris" });
      await focused(page, (await way(texts.editUsers.label)).button);
      await goToRow("Bo Ek");
      await key("Space");
      await page.getByText(selection.none).waitFor();
    },
    long,
  );

  it(
    "two users are blocked and one is allowed again, gets a permission and a new password",
    async () => {
      await goToUsers();
      await goToRow("Ada Eve");
      await key("Space");
      await key("ArrowDown");
      await key("Shift+Space");
      await page.getByText(selection.selected("2 users")).waitFor();
      await use(acts.blockSignIn.label);
      await enter(page, inDialog(acts.blockSignIn.submit));
      await dialog().getByText("2 users, all done").waitFor();
      await close(acts.blockSignIn.label);
      await select("Bo Ek");
      await use(acts.allowSignIn.label);
      await enter(page, inDialog(acts.allowSignIn.submit));
      await dialog().getByText("1 user, all done").waitFor();
      await close(acts.allowSignIn.label);
      await expect(userOf("Ada Eve")).resolves.toMatchObject({ accountEnabled: false });

      await select("Bo Ek");
      await use(permissions.label);
      await press(page, "Tab", dialog().getByRole("radio"));
      await key("ArrowDown");
      await enter(page, inDialog(permissions.submit));
      await dialog().getByText("1 user, all done").waitFor();
      await close(permissions.label);
      await expect(userOf("Bo Ek")).resolves.toMatchObject({ accountEnabled: true, permission: ["globalAdmin"] });

      await select("Bo Ek");
      await use(acts.resetPasswords.label);
      await enter(page, inDialog(acts.resetPasswords.submit));
      const shown = page.getByRole("region", { name: texts.passwords.title }).locator("code");
      await expect(shown.innerText()).resolves.toMatch(/^\S{12,}$/);
      await close(acts.resetPasswords.label);
    },
    long,
  );

  it(
    "two users are deleted, one of them is restored and the other one removed for good",
    async () => {
      await goToUsers();
      await select("Cy Fox", "Di Gil");
      await use(acts.deleteUsers.label);
      await enter(page, inDialog(acts.deleteUsers.submit));
      await dialog().getByText("2 users, all done").waitFor();
      await close(acts.deleteUsers.label);
      await use(commands.restore);
      await page.getByRole("button", { name: "Cy Fox", exact: true }).waitFor();
      await focusInSight(page);
      await select("Cy Fox");
      await use(restoring.label);
      await enter(page, inDialog(restoring.submit));
      await dialog().getByText("1 user, all done").waitFor();
      await close(restoring.label);
      await expect(userOf("Cy Fox")).resolves.toBeDefined();
      await select("Di Gil");
      await use(removing.label);
      await press(page, "Tab", dialog().getByLabel(texts.confirm.type("Di Gil")));
      await page.keyboard.type("Di Gil");
      await ready(page, inDialog(removing.submit));
      await key("Enter");
      await dialog().getByText("1 user, all done").waitFor();
      await close(removing.label);
      await expect(userOf("Di Gil")).resolves.toBeUndefined();
      await expect(userOf("Di Gil", "inactive")).resolves.toBeUndefined();
    },
    long,
  );

  it("the commands stay where they are while the search has the focus", async () => {
    await goToUsers();
    const before = await barWidth();
    await press(page, "Shift+Tab", page.getByRole("searchbox", { name: texts.users.search }));
    await expect(barWidth()).resolves.toBe(before);
  });

  it(
    "whatever is opened over the list and closed again gives the focus back to where it was",
    async () => {
      await goToUsers();
      await select("Ada Eve");
      for (const name of [
        acts.deleteUsers.label,
        acts.resetPasswords.label,
        acts.allowSignIn.label,
        manageLicenses.label,
        permissions.label,
        texts.editUsers.label,
        pages.newUser.title,
      ]) {
        await use(name);
        await dialog().waitFor();
        await close(name);
      }
      await goToRow("Bo Ek");
      for (const keys of ["Control+k", "?"]) {
        await key(keys);
        await dialog().waitFor();
        await key("Escape");
        await page.getByRole("dialog").waitFor({ state: "detached" });
        await focused(page, page.locator('[data-at="1 0"]'));
      }
      await key("Enter");
      await focused(page, page.getByRole("complementary").getByRole("heading", { name: "Bo Ek" }));
      await key("Escape");
      await focused(page, page.locator('[data-at="1 0"]'));
      await enter(page, page.getByRole("button", { name: texts.common.clear, exact: true }), "Shift+Tab");
      await focused(page, page.getByRole("checkbox", { name: selection.selectShown }));
      await expect(page.getByText(selection.none).isVisible()).resolves.toBe(true);
    },
    long,
  );

  it("no page met an error of its script", () => {
    expect(stage.errors).toEqual([]);
  });
});
