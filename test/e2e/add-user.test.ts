import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import type { Product } from "../../contract/customer.ts";
import { pageAddress, pages } from "../../contract/pages.ts";
import type { User } from "../../contract/user.ts";
import { grantRole, makeColleague } from "../support/agents.ts";
import { pressBehindDialog, shown, signInAgain } from "./acts.ts";
import { openStage, type Stage } from "./stage.ts";
import { texts } from "./texts.ts";
import { unreadable } from "./unreadable.ts";

const { addUser, userForm, wizard, draft, manageLicenses } = texts;

const long = 180_000;

let stage: Stage;
let page: Page;
let customer: { id: string; domain: string };
beforeAll(async () => {
  stage = await openStage();
  const { app } = stage;
  customer = await app.makeCustomer([
    { skuPartNumber: "SPE_E3", total: 2 },
    { skuPartNumber: "EMS", total: 5 },
  ]);
  await app.request<Batch>(`/v1/customers/${customer.id}/batches`, {
    json: {
      operation: "createUsers",
      rows: ["ana.broz", "bo.lund", "gone.away"].map((name) => ({
        userPrincipalName: `${name}@${customer.domain}`,
        displayName: name,
        givenName: name.split(".")[0],
        surname: name.split(".")[1],
        usageLocation: "SE",
      })),
    },
    headers: { prefer: "wait=30" },
  });
  const gone = await userOf("gone.away");
  await app.request(`/v1/customers/${customer.id}/users/${gone?.id ?? ""}`, {
    method: "DELETE",
    headers: { prefer: "wait=30" },
  });
  page = await stage.open();
  await stage.signIn(page, address());
}, 240_000);
afterAll(() => stage.close());

const address = () => pageAddress("newUser", { customerId: customer.id });
const panel = () => page.getByRole("dialog").first();
const field = (label: string): Locator => panel().getByRole("textbox", { name: label });
const button = (name: string): Locator => panel().getByRole("button", { name, exact: true });
const next = () => button(wizard.next).click();

/** Waits until `one` has the focus. */
const focused = (one: Locator) => one.and(page.locator(":focus")).waitFor();

async function userOf(local: string): Promise<User | undefined> {
  const { body } = await stage.app.request<{ items: User[] }>(`/v1/customers/${customer.id}/users?q=${local}`);
  return body.items.find(({ userPrincipalName }) => userPrincipalName.startsWith(`${local}@`));
}

async function skuIdOf(partNumber: string): Promise<string> {
  const { body } = await stage.app.request<{ items: Product[] }>(`/v1/customers/${customer.id}/products`);
  return body.items.find(({ skuPartNumber }) => skuPartNumber === partNumber)?.skuId ?? "";
}

async function named(first: string, last: string): Promise<void> {
  await field(userForm.first).fill(first);
  await field(userForm.last).fill(last);
}

/** Waits for the username that is suggested. */
const suggested = (local: string) => page.locator(`[role=dialog] input[value="${local}"]`).waitFor();

/** Opens the form with nothing left in it. */
async function anew(): Promise<void> {
  await page.goto("/customers");
  await page.evaluate("localStorage.clear()");
  await page.goto(address());
  await field(userForm.first).waitFor();
}

describe("Add user", () => {
  it(
    "suggests name, username and location, and makes one user with a license, from the first letter to the database",
    async () => {
      const marked = page.locator(`nav[aria-label="${texts.customer.tabs}"] [aria-current="page"]`);
      await expect(marked.allInnerTexts()).resolves.toEqual([pages.users.title]);
      await button(wizard.next).click();
      await panel().getByText(userForm.usernameMissing).waitFor();
      await focused(field(userForm.display));
      await named("Grace", "Ito");
      await suggested("grace.ito");
      await expect(field(userForm.display).inputValue()).resolves.toBe("Grace Ito");
      await panel().getByText(userForm.usernameFree).waitFor();
      await panel().getByText(userForm.locationUsual("Sweden")).waitFor();
      expect(await unreadable(page)).toEqual([]);
      await next();
      expect(await unreadable(page)).toEqual([]);
      await next();
      await panel().getByRole("checkbox", { name: "Microsoft 365 E3" }).check();
      expect(await unreadable(page)).toEqual([]);
      await next();
      await panel().getByText("Sweden").waitFor();
      expect(await unreadable(page)).toEqual([]);
      await button(userForm.complete).click();
      await page.getByRole("heading", { name: addUser.madeTitle("Grace Ito") }).waitFor();
      await expect(panel().locator("dd code").innerText()).resolves.toMatch(/^\S{12,}$/);
      expect(await unreadable(page)).toEqual([]);
      await expect(userOf("grace.ito")).resolves.toMatchObject({
        displayName: "Grace Ito",
        usageLocation: "SE",
        licenses: [{ skuPartNumber: "SPE_E3" }],
      });
      const { body } = await stage.app.request<{ items: unknown[] }>(
        `/v1/audit?customerId=${customer.id}&operation=show_passwords`,
      );
      expect(body.items).toEqual([]);
      await button(texts.passwords.link).click();
      await panel()
        .getByText(/\/link#[\w-]+$/)
        .waitFor();
      expect(await unreadable(page)).toEqual([]);
    },
    long,
  );

  it(
    "a name that is taken is told at the field, and who has it is opened; what was typed is there on return",
    async () => {
      await button(addUser.more).click();
      await named("Ana", "Broz");
      await suggested("ana.broz2");
      await field(userForm.username).fill("ana.broz");
      await panel()
        .getByText(/belongs to "ana.broz"/)
        .waitFor();
      await next();
      await focused(field(userForm.username));
      await panel().getByRole("link", { name: userForm.openHolder }).click();
      await page.getByRole("button", { name: draft.leave }).click();
      await page.getByRole("complementary").getByRole("heading", { name: "ana.broz" }).waitFor();
      await page.goto(address());
      await expect(field(userForm.username).inputValue()).resolves.toBe("ana.broz");
      await expect(field(userForm.display).inputValue()).resolves.toBe("Ana Broz");
    },
    long,
  );

  it(
    "where a deleted user has the name, that user is restored with what the form says",
    async () => {
      await named("Gone", "Away");
      await field(userForm.username).fill("gone.away");
      await button(userForm.restoreHolder).click();
      await panel().getByText(userForm.willRestore).waitFor();
      expect(await unreadable(page)).toEqual([]);
      await next();
      await next();
      await next();
      await button(userForm.complete).click();
      await page.getByRole("heading", { name: addUser.restoredTitle("Gone Away") }).waitFor();
      await panel().getByText(addUser.ownPassword).waitFor();
      await expect(userOf("gone.away")).resolves.toMatchObject({ displayName: "Gone Away", state: "active" });
    },
    long,
  );

  it(
    "several are made together; without seats more are added in place; the one who fails is mended, the others are made once",
    async () => {
      await button(addUser.more).click();
      await named("Dai", "Ho");
      await suggested("dai.ho");
      await next();
      await next();
      await panel().getByRole("checkbox", { name: "Microsoft 365 E3" }).check();
      await next();
      await button(addUser.another).click();
      await named("Dai", "Ho");
      await suggested("dai.ho2");
      await expect(panel().getByText(userForm.locationUsual("Sweden")).count()).resolves.toBe(1);
      await next();
      await next();
      await expect(panel().getByRole("checkbox", { name: "Microsoft 365 E3" }).isChecked()).resolves.toBe(true);
      await next();
      await panel().getByText(userForm.seatsMissing).waitFor();
      await button(manageLicenses.addSeats).click();
      await page.getByRole("spinbutton", { name: texts.products.total }).fill("4");
      await page.getByRole("button", { name: texts.common.save }).click();
      await panel().getByText(userForm.seatsMissing).waitFor({ state: "detached" });
      await next();
      await button(addUser.another).click();
      await named("Eve", "Oh");
      await suggested("eve.oh");
      await panel().getByText(userForm.usernameFree).waitFor();
      await next();
      await next();
      await next();
      expect(await unreadable(page)).toEqual([]);
      // Somebody else is faster.
      await stage.app.request(`/v1/customers/${customer.id}/users`, {
        json: { userPrincipalName: `eve.oh@${customer.domain}`, displayName: "Another Eve" },
        headers: { prefer: "wait=30" },
      });
      await button(userForm.complete).click();
      await page.getByRole("heading", { name: addUser.madeMany(2, 3) }).waitFor();
      // The list of names and temporary passwords, without a click; that it was shown stands in the audit, once.
      const made = page.getByRole("region", { name: texts.passwords.title });
      await made.getByText(`dai.ho2@${customer.domain}`).waitFor();
      await expect(made.locator("code").allInnerTexts()).resolves.toEqual([
        expect.stringMatching(/^\S{12,}$/),
        expect.stringMatching(/^\S{12,}$/),
      ]);
      expect(await unreadable(page)).toEqual([]);
      const told = await stage.app.request<{ items: unknown[] }>(
        `/v1/audit?customerId=${customer.id}&operation=show_passwords`,
      );
      expect(told.body.items).toHaveLength(1);
      await page.reload();
      await button(addUser.mendFailed(1)).click();
      await panel()
        .getByText(/belongs to "Another Eve"/)
        .waitFor();
      await field(userForm.username).fill("eve.oh.the.second");
      await panel().getByText(userForm.usernameFree).waitFor();
      await next();
      await next();
      await next();
      await button(userForm.complete).click();
      await page.getByRole("heading", { name: addUser.madeTitle("Eve Oh") }).waitFor();
      await panel().getByText(addUser.earlier).waitFor();
      await button(texts.passwords.show).click();
      await panel().getByText(`dai.ho2@${customer.domain}`).waitFor();
      const { body } = await stage.app.request<{ items: User[] }>(`/v1/customers/${customer.id}/users?q=dai`);
      expect(body.items.map(({ licenses }) => licenses.length)).toEqual([1, 1]);
    },
    long,
  );

  it(
    "who is made without a license says so; seats are added beside it, and the rest is done",
    async () => {
      await stage.app.request(`/v1/customers/${customer.id}/products/${await skuIdOf("EMS")}`, {
        method: "PATCH",
        json: { total: 1 },
      });
      await anew();
      await named("Noa", "Lev");
      await suggested("noa.lev");
      await next();
      await next();
      await panel().getByRole("checkbox", { name: "Enterprise Mobility + Security E3" }).check();
      await next();
      // Somebody else takes the last seat.
      await stage.app.request(`/v1/customers/${customer.id}/users`, {
        json: {
          userPrincipalName: `fast@${customer.domain}`,
          displayName: "Fast",
          usageLocation: "SE",
          licenses: [{ sku: "EMS" }],
        },
        headers: { prefer: "wait=30" },
      });
      await button(userForm.complete).click();
      await page.getByRole("heading", { name: addUser.madeTitle("Noa Lev") }).waitFor();
      await button(manageLicenses.addSeatsOf("Enterprise Mobility + Security E3")).click();
      await page.getByRole("spinbutton", { name: texts.products.total }).fill("2");
      await page.getByRole("button", { name: texts.common.save }).click();
      await page.getByRole("spinbutton", { name: texts.products.total }).waitFor({ state: "detached" });
      expect(await unreadable(page)).toEqual([]);
      await button(texts.common.retry).click();
      await panel().getByText(addUser.finished).waitFor();
      await expect(userOf("noa.lev")).resolves.toMatchObject({ licenses: [{ skuPartNumber: "EMS" }] });
    },
    long,
  );

  it(
    "a session that ends in the middle is begun again, a closed tab is asked about on return, and leaving asks",
    async () => {
      await anew();
      await named("Lea", "Moe");
      await suggested("lea.moe");
      await next();
      await next();
      await next();
      await page.context().clearCookies();
      await pressBehindDialog(button(userForm.complete));
      await signInAgain(page, stage);
      await button(userForm.complete).waitFor();
      const again = await page.context().newPage();
      await page.close({ runBeforeUnload: false });
      page = again;
      await page.goto(address());
      await page.getByRole("button", { name: draft.takeUp }).click();
      await panel().getByText(`lea.moe@${customer.domain}`).waitFor();
      await button(texts.common.cancel).click();
      await page.getByRole("button", { name: draft.stay }).click();
      await button(userForm.complete).click();
      expect(await shown(page.getByRole("heading", { name: addUser.madeTitle("Lea Moe") }))).toBe(true);
      await expect(userOf("lea.moe")).resolves.toMatchObject({ displayName: "Lea Moe" });
    },
    long,
  );

  it("a step that the agent may not take is greyed with the missing role, and passed over", async () => {
    const colleague = await makeColleague(stage.app);
    await grantRole(stage.app, colleague, customer, "userAdministrator");
    const other = await stage.open();
    await stage.signIn(other, address(), colleague);
    const form = other.getByRole("dialog").first();
    await form.getByRole("textbox", { name: userForm.display }).fill("Ola Dal");
    await form.getByRole("textbox", { name: userForm.username }).fill("ola.dal");
    await form.getByText(userForm.usernameFree).waitFor();
    const step = form.getByRole("button", { name: userForm.steps.permissions });
    await expect(step.getAttribute("aria-disabled")).resolves.toBe("true");
    await step.hover();
    await other.getByRole("tooltip", { name: /Privileged Role Administrator/ }).waitFor();
    await form.getByRole("button", { name: wizard.next, exact: true }).click();
    await form.getByRole("heading", { name: userForm.steps.licenses }).waitFor();
    await other.context().close();
  });

  it("no page met an error of its script", () => {
    expect(stage.errors).toEqual([]);
  });
});
