import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import { pageAddress } from "../../contract/pages.ts";
import { directoryRoles } from "../../contract/permissions.ts";
import { grantRole, makeColleague } from "../support/agents.ts";
import { pressBehindDialog, shown, signInAgain, useCommand } from "./acts.ts";
import { openStage, type Stage } from "./stage.ts";
import { texts } from "./texts.ts";
import { unreadable } from "./unreadable.ts";

let stage: Stage;
let page: Page;
let customer: { id: string; domain: string };
const { manageLicenses: words, location, permissions } = texts;
const office = "Microsoft 365 E3";
const flow = "Microsoft Flow Free";
const mail = "Exchange Online (Plan 1)";

beforeAll(async () => {
  stage = await openStage();
  const { app } = stage;
  customer = await app.makeCustomer([
    { skuPartNumber: "SPE_E3", total: 4 },
    { skuPartNumber: "EXCHANGESTANDARD", total: 20 },
    { skuPartNumber: "FLOW_FREE", total: 1000 },
  ]);
  const user = (name: string, at: number) => ({
    userPrincipalName: `${name.toLowerCase()}${at}@${customer.domain}`,
    displayName: `${name} ${String(at).padStart(3, "0")}`,
    usageLocation: "SE",
  });
  const made = await app.request<Batch>(`/v1/customers/${customer.id}/batches`, {
    json: {
      operation: "createUsers",
      rows: [
        ...Array.from({ length: 5 }, (_none, at) => ({
          ...user("User", at),
          ...(at < 2 && { licenses: [{ sku: "EXCHANGESTANDARD" }] }),
        })),
        { ...user("User", 5), usageLocation: "" },
        ...Array.from({ length: 205 }, (_none, at) => user("Bulk", at)),
      ],
    },
  });
  await app.finished(made.body.id);
  page = await stage.open();
  await stage.signIn(page, pageAddress("users", { customerId: customer.id }));
}, 240_000);
afterAll(() => stage.close());

const users = (q: string) => `${pageAddress("users", { customerId: customer.id })}?q=${q}`;
const select = (name: string) => page.getByRole("checkbox", { name: texts.selection.select(name) });
const dialog = () => page.getByRole("dialog");
const product = (name: string) => dialog().getByRole("checkbox", { name, exact: true });

/** How many users have the product in the database. */
async function holders(name: string): Promise<number> {
  const [found] = await stage.app.db.sql<{ users: number }[]>`
    select count(*)::int as users from license_assignments held join products using (customer_id, sku_id)
    where held.customer_id = ${customer.id} and products.name = ${name}`;
  return found?.users ?? 0;
}

/** The directory roles of the user in the database. */
async function rolesOf(name: string): Promise<string[]> {
  const found = await stage.app.db.sql<{ role: string }[]>`
    select role from role_assignments join users on users.id = role_assignments.user_id
    where users.customer_id = ${customer.id} and display_name = ${name}`;
  return found.map(({ role }) => role);
}

describe("licenses of one user and of many", () => {
  it("a swap for many says its seats before, tells the users it failed for, and a retry does the rest once there are seats", async () => {
    await page.goto(users("User"));
    await page.getByRole("button", { name: "User 005" }).waitFor();
    await page.getByRole("checkbox", { name: texts.selection.selectShown }).check();
    await useCommand(page, words.label);
    await dialog().getByText(words.have(2, 6)).waitFor();
    await dialog()
      .getByRole("button", { name: words.plansOf(mail) })
      .click();
    await dialog()
      .getByText(words.holders(["User 000", "User 001"]))
      .waitFor();
    await dialog()
      .getByRole("button", { name: words.plansOf(mail) })
      .click();
    await dialog().getByText(location.missing(1)).waitFor();
    await dialog().getByRole("button", { name: location.update }).click();
    await dialog().getByText(location.missing(1)).waitFor({ state: "detached" });
    const [found] = await stage.app.db.sql<{ place: string }[]>`
      select usage_location as place from users where customer_id = ${customer.id} and display_name = 'User 005'`;
    expect(found?.place).toBe("SE");

    await product(office).click();
    await dialog().getByText(words.needed(6, 4)).waitFor();
    await dialog().getByText(words.short(2)).waitFor();
    expect(await shown(dialog().getByRole("button", { name: words.addSeats }))).toBe(true);
    await product(mail).click();
    await product(mail).click();
    await dialog().getByText(words.takes(mail, 2)).waitFor();
    await dialog()
      .getByRole("button", { name: words.plansOf(office) })
      .click();
    expect(await unreadable(page)).toEqual([]);
    await dialog().getByRole("button", { name: words.submit }).click();

    await page.getByRole("heading", { name: words.done }).waitFor();
    await dialog()
      .getByRole("button", { name: texts.outcomes.retry(2) })
      .waitFor();
    await expect(holders(office)).resolves.toBe(4);
    await expect(holders(mail)).resolves.toBe(0);
    expect(await unreadable(page)).toEqual([]);
    await dialog()
      .getByRole("button", { name: words.addSeatsOf(office) })
      .click();
    await dialog().last().getByLabel(texts.products.total).fill("6");
    await dialog().last().getByRole("button", { name: texts.common.save }).click();
    await dialog()
      .getByRole("button", { name: texts.outcomes.retry(2) })
      .click();
    await dialog().getByText("6 users, all done").waitFor();
    await expect(holders(office)).resolves.toBe(6);
  }, 180_000);

  it("a session that ends in the middle leaves the panel as it was filled in, and so does closing it", async () => {
    await page.goto(users("User"));
    await select("User 000").check();
    await useCommand(page, words.label);
    await dialog()
      .getByRole("heading", { name: words.title("User 000") })
      .waitFor();
    await dialog()
      .getByRole("button", { name: words.plansOf(office) })
      .click();
    const plan = dialog()
      .getByRole("group", { name: words.plansOf(office) })
      .getByRole("checkbox")
      .nth(1);
    await plan.uncheck();
    await page.keyboard.press("Escape");
    await page.getByRole("alertdialog").getByRole("button", { name: texts.draft.stay }).click();
    await page.context().clearCookies();
    await pressBehindDialog(dialog().getByRole("button", { name: words.submit }));
    await signInAgain(page, stage);
    await expect(plan.isChecked()).resolves.toBe(false);
    await dialog().getByRole("button", { name: words.submit }).click();
    await page.getByText("1 user, all done").waitFor();
    const [found] = await stage.app.db.sql<{ off: number }[]>`
      select cardinality(disabled_plans) as off from license_assignments held join users on users.id = held.user_id
      where users.customer_id = ${customer.id} and display_name = 'User 000'`;
    expect(found?.off).toBe(1);
  });

  it("all that a filter finds get a product, also those that the list has not read", async () => {
    await page.goto(users("Bulk"));
    await page.getByRole("checkbox", { name: texts.selection.selectShown }).check();
    await page.getByRole("button", { name: texts.selection.takeAll("205") }).click();
    await useCommand(page, words.label);
    await product(flow).click();
    await dialog().getByRole("button", { name: words.submit }).click();
    await page.getByText("205 users, all done").waitFor();
    await expect(holders(flow)).resolves.toBe(205);
  });

  it("the licenses and the permission of one user are changed in the pane, and an agent without the role sees why not", async () => {
    await page.goto(users("User"));
    await page.getByRole("button", { name: "User 003" }).click();
    await page.getByRole("tab", { name: texts.user.tabs.licenses }).click();
    const panel = page.getByRole("tabpanel");
    await panel.getByRole("checkbox", { name: office, exact: true }).uncheck();
    expect(await unreadable(page)).toEqual([]);
    await panel.getByRole("button", { name: words.save }).click();
    await panel.getByText(words.saved).waitFor();
    await expect(holders(office)).resolves.toBe(5);
    await page.getByRole("tab", { name: texts.user.tabs.permissions }).click();
    await panel.getByRole("radio", { name: /^Custom/ }).check();
    await panel.getByRole("checkbox", { name: directoryRoles.passwordAdmin.label }).check();
    await panel.getByText(permissions.gets(directoryRoles.passwordAdmin.label, 1)).waitFor();
    await panel.getByRole("button", { name: permissions.save }).click();
    await panel.getByText(permissions.saved).waitFor();
    await expect(rolesOf("User 003")).resolves.toEqual(["passwordAdmin"]);

    const colleague = await makeColleague(stage.app);
    await grantRole(stage.app, colleague, customer, "licenseAdministrator");
    const other = await stage.open();
    await stage.signIn(other, users("User"), colleague);
    await other.getByRole("button", { name: "User 003" }).click();
    await other.getByRole("tab", { name: texts.user.tabs.permissions }).click();
    await other.getByRole("tabpanel").getByText("Privileged Role Administrator").waitFor();
    expect(await other.getByRole("radio", { name: /^Global admin/ }).isDisabled()).toBe(true);
    await other.context().close();
  }, 120_000);

  it("permissions of many say what changes, and want the number typed where they are many", async () => {
    await page.goto(users("Bulk"));
    await page.getByRole("checkbox", { name: texts.selection.selectShown }).check();
    await useCommand(page, permissions.label);
    await dialog().getByRole("button", { name: permissions.submit }).click();
    await dialog().getByText(permissions.choose).waitFor();
    await dialog()
      .getByRole("radio", { name: /^Global admin/ })
      .check();
    await dialog().getByText(permissions.gets(directoryRoles.globalAdmin.label, 200)).waitFor();
    await dialog().getByLabel(texts.confirm.type("200")).fill("200");
    expect(await unreadable(page)).toEqual([]);
    await dialog().getByRole("button", { name: permissions.submit }).click();
    await page.getByRole("heading", { name: permissions.done }).waitFor();
    await page.getByText("200 users, all done").waitFor();
    await expect(rolesOf("Bulk 199")).resolves.toEqual(["globalAdmin"]);
    await expect(rolesOf("Bulk 204")).resolves.toEqual([]);
  }, 120_000);

  it("no page met an error of its script", () => {
    expect(stage.errors).toEqual([]);
  });
});
