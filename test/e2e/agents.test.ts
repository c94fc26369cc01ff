import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Grant, gdapRoles, partnerRoles } from "../../contract/authority.ts";
import { pageAddress, pages } from "../../contract/pages.ts";
import { type Colleague, grantRole, makeColleague } from "../support/agents.ts";
import { pick, pressBehindDialog, shown, signInAgain } from "./acts.ts";
import { openStage, type Stage } from "./stage.ts";
import { texts } from "./texts.ts";

const { agents, newAgent, agent: account, groups, grants } = texts;

let stage: Stage;
let page: Page;
let admin: Colleague;
let customer: { id: string; domain: string };
let customerName: string;
beforeAll(async () => {
  stage = await openStage();
  // Made after the customer, or the agent would hold everything there.
  customer = await stage.app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 10 }]);
  admin = await makeColleague(stage.app);
  customerName = `Customer ${customer.domain}`;
  await grantRole(stage.app, admin, customer, "userAdministrator");
  page = await stage.open();
  await stage.signIn(page, pages.agents.path, admin);
}, 240_000);
afterAll(() => stage.close());

const dialog = () => page.getByRole("dialog");
const shownOnce = () => page.getByRole("alertdialog");

async function held(agentId: string): Promise<Grant[]> {
  return (await stage.app.request<{ items: Grant[] }>(`/v1/grants?agentId=${agentId}`)).body.items;
}

describe("agents, groups and grants", () => {
  let noor: { id: string; password: string };

  it("an agent is made, though the session ends while the form is half filled, and can sign in", async () => {
    await page.getByRole("button", { name: newAgent.add }).click();
    await dialog().getByRole("button", { name: newAgent.submit }).click();
    expect(await shown(dialog().getByText(newAgent.nameMissing))).toBe(true);
    await dialog().getByLabel(agents.name).fill("Noor Haddad");
    await dialog().getByLabel(agents.email).fill("noor.haddad@partner.example");
    await stage.app.db.sql`delete from sessions where user_id = ${admin.id}`;
    await pressBehindDialog(dialog().getByRole("button", { name: newAgent.submit }));
    await signInAgain(page, stage, admin);
    await expect(dialog().getByLabel(agents.name).inputValue()).resolves.toBe("Noor Haddad");
    await dialog().getByRole("button", { name: newAgent.submit }).click();
    const password = await shownOnce().locator("code").innerText();
    await shownOnce().getByRole("button", { name: texts.common.done }).click();
    await page.getByRole("heading", { level: 1, name: "Noor Haddad" }).waitFor();
    noor = { id: new URL(page.url()).pathname.split("/").at(-1) ?? "", password };
  });

  it("the agent without a grant is told so, and is offered no customer to make", async () => {
    await stage.app.request(`/v1/agents/${noor.id}`, { method: "PATCH", json: { partnerRole: "helpdeskAgent" } });
    const other = await stage.open();
    await stage.signIn(other, "/customers", { email: "noor.haddad@partner.example", password: noor.password });
    await other.getByRole("heading", { name: texts.customers.noGrant }).waitFor();
    const add = other.getByRole("button", { name: texts.customers.add });
    await expect(add.getAttribute("aria-disabled")).resolves.toBe("true");
    await other.goto(pages.agents.path);
    expect(await shown(other.getByText(texts.authority.needs(partnerRoles.adminAgent.label)))).toBe(true);
    await stage.app.request(`/v1/agents/${noor.id}`, { method: "PATCH", json: { partnerRole: "adminAgent" } });
    await other.context().close();
  });

  it("a grant is given from the agent's page, and none that the one who gives it lacks", async () => {
    await page.getByRole("button", { name: grants.give }).click();
    await pick(page, dialog().getByRole("combobox", { name: grants.customer }), customer.domain, customerName);
    await dialog().getByText(grants.roleReason(gdapRoles.globalAdministrator.label)).waitFor();
    expect(await dialog().getByRole("radio", { name: gdapRoles.globalAdministrator.label }).isDisabled()).toBe(true);
    await dialog().getByRole("radio", { name: gdapRoles.userAdministrator.label }).check();
    await dialog().getByLabel(grants.days).selectOption("30");
    await dialog().getByRole("button", { name: grants.submit, exact: true }).click();
    await page.getByText(grants.given(gdapRoles.userAdministrator.label, "Noor Haddad", customerName)).waitFor();
    expect(await held(noor.id)).toMatchObject([{ role: "userAdministrator", customerId: customer.id }]);
  });

  it("a grant stands among those that end soon, and is extended there", async () => {
    await page.goto(`${pages.agents.path}?part=grants`);
    const row = page.getByRole("row").filter({ hasText: "Noor Haddad" });
    await row.getByRole("button", { name: grants.extend }).click();
    await dialog().getByLabel(grants.extendDays).selectOption("365");
    await dialog().getByRole("button", { name: grants.extend }).click();
    await page.getByText(grants.extended(gdapRoles.userAdministrator.label, "Noor Haddad")).waitFor();
    await row.waitFor({ state: "detached" });
    const [grant] = await held(noor.id);
    expect(Date.parse(grant?.endsAt ?? "") - Date.now()).toBeGreaterThan(360 * 86_400_000);
  });

  it("nobody extends what they hold themselves", async () => {
    const row = page.getByRole("row").filter({ hasText: `Colleague ${admin.email.slice(0, 8)}` });
    const extend = row.getByRole("button", { name: grants.extend });
    await expect(extend.getAttribute("aria-disabled")).resolves.toBe("true");
    await extend.hover();
    expect(await shown(page.getByRole("tooltip", { name: grants.ownReason }))).toBe(true);
  });

  it("a grant that ends while its agent works is refused in words, and greyed from then on", async () => {
    const third = await makeColleague(stage.app);
    const other = await stage.open();
    const signedIn = { email: "noor.haddad@partner.example", password: noor.password };
    await stage.signIn(other, pageAddress("customerGrants", { customerId: customer.id }), signedIn);
    await other.getByRole("button", { name: grants.give }).click();
    const form = other.getByRole("dialog");
    await pick(other, form.getByRole("combobox", { name: grants.whom }), third.email, new RegExp(third.email));
    await form.getByRole("radio", { name: gdapRoles.licenseAdministrator.label }).check();

    await page.goto(pageAddress("customerGrants", { customerId: customer.id }));
    const row = page.getByRole("row").filter({ hasText: "Noor Haddad" });
    await row.getByRole("button", { name: grants.end, exact: true }).click();
    await dialog().getByRole("button", { name: grants.end }).click();
    await page.getByText(grants.ended(gdapRoles.userAdministrator.label, "Noor Haddad")).waitFor();
    expect(await held(noor.id)).toEqual([]);

    await form.getByRole("button", { name: grants.submit, exact: true }).click();
    const refused = form.locator('[data-code="forbidden"]');
    await expect(refused.innerText()).resolves.toContain(
      `Needs ${gdapRoles.licenseAdministrator.label} at ${customerName}`,
    );
    expect(await held(third.id)).toEqual([]);
    await other.reload();
    await other.getByRole("button", { name: grants.give }).click();
    await form.getByText(grants.roleReason(gdapRoles.licenseAdministrator.label)).waitFor();
    await other.context().close();
  });

  it("a group gets a grant that its agents share, and loses it when it is removed", async () => {
    await page.goto(`${pages.agents.path}?part=groups`);
    await page.getByRole("button", { name: groups.add }).click();
    await dialog().getByRole("textbox", { name: groups.name }).fill("Night shift");
    await dialog()
      .getByRole("checkbox", { name: /^Noor Haddad/ })
      .check();
    await dialog().getByRole("button", { name: groups.submit }).click();
    await page.getByText(groups.saved("Night shift")).waitFor();
    await page.getByRole("button", { name: grants.give }).click();
    await pick(page, dialog().getByRole("combobox", { name: grants.whom }), "Night", "Night shift");
    await pick(page, dialog().getByRole("combobox", { name: grants.customer }), customer.domain, customerName);
    await dialog().getByRole("radio", { name: gdapRoles.licenseAdministrator.label }).check();
    await dialog().getByRole("button", { name: grants.submit, exact: true }).click();
    await dialog().waitFor({ state: "detached" });
    expect(await held(noor.id)).toMatchObject([{ role: "licenseAdministrator", holder: "Night shift" }]);
    await page
      .getByRole("row", { name: /Night shift/ })
      .getByRole("button", { name: groups.remove })
      .click();
    await dialog().getByRole("textbox").fill("Night shift");
    await dialog().getByRole("button", { name: groups.remove }).click();
    await page.getByText(groups.removed("Night shift")).waitFor();
    expect(await held(noor.id)).toEqual([]);
  });

  it("a colleague is let in again, made a Helpdesk agent, and removed by typing the name", async () => {
    await page.goto(pageAddress("agent", { agentId: noor.id }));
    await page.getByRole("button", { name: account.reset }).click();
    await dialog().waitFor();
    await dialog().getByRole("button", { name: account.reset }).click();
    const password = await shownOnce().locator("code").innerText();
    expect(password).not.toBe(noor.password);
    await shownOnce().getByRole("button", { name: texts.common.done }).click();
    await page.getByRole("button", { name: account.change, exact: true }).click();
    await dialog().getByRole("radio", { name: partnerRoles.helpdeskAgent.label }).check();
    await dialog().getByRole("button", { name: texts.common.save }).click();
    await page.getByText(`noor.haddad@partner.example · ${partnerRoles.helpdeskAgent.label}`).waitFor();
    await page.getByRole("button", { name: account.remove }).click();
    await dialog().getByRole("textbox").fill("Noor Haddad");
    await dialog().getByRole("button", { name: account.remove }).click();
    await page.getByText(account.removed("Noor Haddad")).waitFor();
    expect((await stage.app.refused(`/v1/agents/${noor.id}`)).body.code).toBe("not_found");
  });

  it("no page met an error of its script", () => {
    expect(stage.errors).toEqual([]);
  });
});
