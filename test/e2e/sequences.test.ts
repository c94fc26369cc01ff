import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import { describeCode } from "../../contract/codes.ts";
import { pageAddress } from "../../contract/pages.ts";
import { grantRole, makeColleague } from "../support/agents.ts";
import { eventually } from "../support/eventually.ts";
import { shown, useCommand } from "./acts.ts";
import { openStage, type Stage } from "./stage.ts";
import { texts } from "./texts.ts";

let stage: Stage;
let page: Page;
let customer: { id: string; domain: string };
const { acts } = texts;

beforeAll(async () => {
  stage = await openStage();
  customer = await stage.app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 100 }]);
  await stage.app.request<Batch>(`/v1/customers/${customer.id}/batches`, {
    json: {
      operation: "createUsers",
      rows: Array.from({ length: 6 }, (_none, at) => ({
        userPrincipalName: `user${at}@${customer.domain}`,
        displayName: `User ${at}`,
        usageLocation: "SE",
      })),
    },
    headers: { prefer: "wait=30" },
  });
  page = await stage.open();
  await stage.signIn(page, pageAddress("users", { customerId: customer.id }));
}, 240_000);
afterAll(() => stage.close());

const select = (name: string) => page.getByRole("checkbox", { name: texts.selection.select(name) });
const dialog = () => page.getByRole("dialog");
const inDialog = (name: string) => dialog().getByRole("button", { name, exact: true });
const batchesOf = async (operation: string) =>
  (
    await stage.app.db.sql<{ id: string }[]>`
      select id from batches where customer_id = ${customer.id} and operation = ${operation}`
  ).length;

/** Clicks twice as a busy page gets it: the second click is there before anything is drawn anew. */
async function clickTwice(button: Locator): Promise<void> {
  await button.click({ trial: true });
  await button.evaluate((element) => {
    const clicked = element as unknown as { click(): void };
    clicked.click();
    clicked.click();
  });
}

describe("an agent whose grant ends in the middle", () => {
  it("is told so once, sees what is left to do, and on return which role is missing", async () => {
    const { app } = stage;
    const colleague = await makeColleague(app, "adminAgent");
    const grant = await grantRole(app, colleague, customer, "userAdministrator");
    const other = await stage.open();
    await stage.signIn(other, pageAddress("users", { customerId: customer.id }), colleague);
    await other.getByRole("checkbox", { name: texts.selection.select("User 5") }).check();
    await useCommand(other, acts.deleteUsers.label);
    const asked = other.getByRole("dialog");
    await asked.getByText(/restored for/).waitFor();
    await app.request(`/v1/customers/${customer.id}/grants/${grant.id}`, { method: "DELETE" });
    await asked.getByRole("button", { name: acts.deleteUsers.submit, exact: true }).click();
    const said = await asked.locator("[data-code=not_found]").innerText();
    expect(said.split(describeCode("not_found").title)).toHaveLength(2);
    await asked.getByRole("button", { name: texts.common.cancel }).click();
    await other.getByRole("heading", { name: texts.authority.title }).waitFor();
    await other.reload();
    expect(await shown(other.getByText(/^Needs .*Directory Reader/))).toBe(true);
    await expect(batchesOf("deleteUsers")).resolves.toBe(0);
    await other.context().close();
  });
});

const pane = () => page.getByRole("complementary", { name: texts.user.pane });
const stateOf = async () => {
  const [found] = await stage.app.db.sql<{ deleted: boolean; enabled: boolean }[]>`
    select deleted_at is not null as deleted, account_enabled as enabled from users
    where customer_id = ${customer.id} and display_name = 'User 4'`;
  return found;
};

/** Uses a command of the pane, from the menu at the end of the bar where it has no room in it. */
async function useInPane(label: string): Promise<void> {
  // What stands under a dialog is out of reach until it is gone.
  await dialog().waitFor({ state: "detached" });
  const bar = pane().getByRole("toolbar", { name: texts.user.commands });
  const button = bar.getByRole("button", { name: label, exact: true });
  if (await button.isVisible()) return await button.click();
  await bar.getByRole("button", { name: texts.common.more, exact: true }).click();
  await page.getByRole("menuitem", { name: label, exact: true }).click();
}

describe("one user, opened beside the list", () => {
  it("gets a new password and is blocked without being ticked in the list first", async () => {
    await page.getByRole("button", { name: "User 4", exact: true }).click();
    await pane().getByRole("heading", { name: "User 4" }).waitFor();
    await useInPane(acts.resetPasswords.label);
    await inDialog(acts.resetPasswords.submit).click();
    await dialog()
      .getByText(/^[A-Za-z\d]{4}(-[A-Za-z\d]{4}){3}$/)
      .waitFor();
    await page.keyboard.press("Escape");

    await useInPane(acts.blockSignIn.label);
    await inDialog(acts.blockSignIn.submit).click();
    await page.getByRole("heading", { name: acts.blockSignIn.done }).waitFor();
    await inDialog(texts.common.close).last().click();
    await expect(stateOf()).resolves.toEqual({ deleted: false, enabled: false });
    // Of the columns only what is not as usual is told.
    const row = (name: string) => page.getByRole("row", { name: new RegExp(name) });
    await row("User 4").getByText(texts.users.signInBlocked).waitFor();
    expect(await row("User 5").innerText()).not.toContain(texts.users.signInAllowed);
  });

  it("is deleted and restored there as well", async () => {
    await useInPane(acts.deleteUsers.submit);
    await inDialog(acts.deleteUsers.submit).click();
    await page.getByRole("heading", { name: acts.deleteUsers.done }).waitFor();
    await inDialog(texts.common.close).last().click();
    await expect(stateOf()).resolves.toMatchObject({ deleted: true });

    await pane().getByRole("button", { name: texts.restoring.label, exact: true }).click();
    await inDialog(texts.restoring.submit).click();
    await page.getByRole("heading", { name: texts.restoring.done }).waitFor();
    await inDialog(texts.common.close).last().click();
    await expect(stateOf()).resolves.toMatchObject({ deleted: false });
    // The button that was clicked is gone, and the keys still reach the pane.
    await dialog().waitFor({ state: "detached" });
    await eventually(async () => {
      await page.keyboard.press("Escape");
      expect(await pane().count()).toBe(0);
    });
  });
});

describe("whoever clicks twice", () => {
  it("changes licenses once, and reads that they were changed", async () => {
    const before = await batchesOf("changeLicenses");
    await select("User 0").check();
    await useCommand(page, texts.manageLicenses.label);
    await dialog().getByRole("checkbox", { name: "Microsoft 365 E3", exact: true }).check();
    await clickTwice(inDialog(texts.manageLicenses.submit));
    await dialog().getByText(texts.batch.states.succeeded).first().waitFor();
    await expect(batchesOf("changeLicenses")).resolves.toBe(before + 1);
    await inDialog(texts.common.close).last().click();
  });

  it("resets a password once, so that the one shown is the one that holds", async () => {
    const before = await batchesOf("resetPasswords");
    await select("User 1").check();
    await useCommand(page, acts.resetPasswords.label);
    await clickTwice(inDialog(acts.resetPasswords.submit));
    await page.getByRole("heading", { name: acts.resetPasswords.done }).waitFor();
    await expect(batchesOf("resetPasswords")).resolves.toBe(before + 1);
    await inDialog(texts.common.close).last().click();
  });

  it("deletes users once, and reads that they were deleted", async () => {
    const before = await batchesOf("deleteUsers");
    await select("User 2").check();
    await useCommand(page, acts.deleteUsers.label);
    await clickTwice(inDialog(acts.deleteUsers.submit));
    await dialog().getByText(texts.batch.states.succeeded).first().waitFor();
    await expect(batchesOf("deleteUsers")).resolves.toBe(before + 1);
    await inDialog(texts.common.close).last().click();
  });

  it("sends a file once", async () => {
    await page.goto(pageAddress("upload", { customerId: customer.id }));
    const buffer = Buffer.from(`User name,Display name\nana@${customer.domain},Ana`);
    await page.locator("input[type=file]").setInputFiles({ name: "a.csv", mimeType: "text/csv", buffer });
    const before = await batchesOf("createUsers");
    await clickTwice(page.getByRole("button", { name: texts.upload.submit }));
    expect(await shown(page.getByRole("button", { name: texts.batch.start(1) }))).toBe(true);
    await expect(batchesOf("createUsers")).resolves.toBe(before + 1);
  });
});
