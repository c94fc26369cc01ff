import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pageAddress, pages } from "../../contract/pages.ts";
import { type Colleague, grantRole, makeColleague } from "../support/agents.ts";
import { cookieJar } from "../support/cookie-jar.ts";
import { eventually } from "../support/eventually.ts";
import { freshTotpCode } from "../support/totp.ts";
import { pick, pressBehindDialog, shown, signInAgain } from "./acts.ts";
import { openStage, type Stage } from "./stage.ts";
import { texts } from "./texts.ts";
import { unreadable } from "./unreadable.ts";

const { ownPassword, authenticator, sessions, keys } = texts;
const chosen = "quite another 1 with letters";

let stage: Stage;
let page: Page;
let agent: Colleague;
let customer: { id: string; domain: string };
beforeAll(async () => {
  stage = await openStage();
  agent = await makeColleague(stage.app);
  customer = await stage.app.makeCustomer();
  page = await stage.open();
  await stage.signIn(page, pages.settings.path, agent);
}, 240_000);
afterAll(() => stage.close());

const dialog = () => page.getByRole("dialog");
const button = (name: string) => page.getByRole("button", { name, exact: true });

async function signsIn(password: string): Promise<number> {
  const { status } = await stage.app.request("/api/auth/sign-in/email", {
    key: null,
    json: { email: agent.email, password },
    headers: { origin: stage.app.url },
  });
  return status;
}

describe("notifications on this device", () => {
  /** Takes note of what the browser is told to show; it shows it all the same. */
  const noteShown = `
    globalThis.shown = [];
    globalThis.Notification = class extends Notification {
      constructor(title, options) {
        super(title, options);
        shown.push({ title, body: options.body, one: this });
      }
    };`;
  const turnAway = "Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' })";

  let teller: Colleague;
  beforeAll(async () => {
    teller = await makeColleague(stage.app);
    await grantRole(stage.app, teller, customer, "userAdministrator");
  });

  /** A batch of the agent's own that starts in four seconds. */
  async function startSoon(fileName: string, names: string[]): Promise<string> {
    const path = `/v1/customers/${customer.id}/uploads?operation=create-users&fileName=${fileName}`;
    const csv = `User name,Display name\n${names.map((name) => `${name}@${customer.domain},Mona Secret`).join("\n")}\n`;
    const { body: batch } = await stage.app.request<{ id: string }>(path, { csv, key: teller.key });
    const startAt = new Date(Date.now() + 4_000).toISOString();
    await stage.app.request(`/v1/batches/${batch.id}/apply`, { json: { startAt }, key: teller.key });
    return batch.id;
  }

  it("are off, are allowed by a click, and then tell of a batch that ends: by the browser in the background, else by a toast", async () => {
    const own = await stage.open({ permissions: ["notifications"] });
    await own.addInitScript(noteShown);
    await stage.signIn(own, pages.settings.path, teller);
    await own.getByText(texts.notifications.off).waitFor();
    const choice = own.getByRole("checkbox", { name: texts.notifications.choice });
    expect(await choice.isChecked()).toBe(false);
    await choice.click();
    await own.getByText(texts.notifications.on).waitFor();
    expect(await unreadable(own)).toEqual([]);
    await own.reload();
    expect(await choice.isChecked()).toBe(true);

    await startSoon("front.csv", ["front1"]);
    const toast = own.getByRole("status").filter({ hasText: "front.csv" });
    await toast.getByRole("link", { name: texts.notifications.open }).waitFor();
    expect(await own.evaluate("shown.length")).toBe(0);

    await own.evaluate(turnAway);
    const batchId = await startSoon("back.csv", ["back1", "back2", "no body"]);
    const told = await eventually(async () => {
      const seen = await own.evaluate("shown.map(({ title, body }) => ({ title, body }))");
      expect(seen).toHaveLength(1);
      return seen;
    });
    expect(told).toEqual([{ title: "Add users · back.csv", body: "Finished: 2 succeeded, 1 failed." }]);
    expect(JSON.stringify(told)).not.toMatch(/Mona|@/);
    await own.evaluate("shown[0].one.dispatchEvent(new Event('click'))");
    await own.waitForURL(`**${pageAddress("batch", { batchId })}`);
  });

  it("that the browser refuses are greyed, with what to do about it", async () => {
    const refused = await stage.open({ permissions: [] });
    await stage.signIn(refused, pages.settings.path, teller);
    await refused.getByText(texts.notifications.refused).waitFor();
    expect(await refused.getByRole("checkbox", { name: texts.notifications.choice }).isDisabled()).toBe(true);
    expect(await unreadable(refused)).toEqual([]);
  });
});

describe("the agent's own account", () => {
  it("another sign-in is listed and ended, and its browser is out at once", async () => {
    const other = cookieJar();
    const json = { email: agent.email, password: agent.password };
    await other.request(`${stage.app.url}/api/auth/sign-in/email`, { json });
    expect((await other.request(`${stage.app.url}/v1/me`)).status).toBe(200);
    await page.reload();
    const list = page.getByRole("table", { name: sessions.title });
    const own = list.getByRole("row").filter({ hasText: sessions.here });
    await expect(own.getByRole("button", { name: sessions.end }).getAttribute("aria-disabled")).resolves.toBe("true");
    await list
      .getByRole("row")
      .filter({ hasNotText: sessions.here })
      .getByRole("button", { name: sessions.end })
      .click();
    await page.getByText(sessions.ended).waitFor();
    expect((await other.request(`${stage.app.url}/v1/me`)).status).toBe(401);
  });

  it("a key narrowed to a role and a customer is shown once, does what it may, and is ended", async () => {
    await button(keys.make).click();
    await dialog().getByRole("button", { name: keys.make }).click();
    expect(await shown(dialog().getByText(keys.nameMissing))).toBe(true);
    await dialog().getByLabel(keys.name).fill("nightly import");
    await dialog().getByLabel(keys.narrowSome).check();
    await dialog().getByLabel("Directory Reader").check();
    const customers = dialog().getByRole("combobox", { name: keys.customers });
    await pick(page, customers, customer.domain, `Customer ${customer.domain}`);
    await dialog().getByRole("button", { name: keys.make }).click();
    const key = await page.getByRole("alertdialog").locator("code").innerText();
    await page.getByRole("alertdialog").getByRole("button", { name: texts.common.done }).click();
    const me = await stage.app.request<{ key: object }>("/v1/me", { key });
    expect(me.body.key).toEqual({ roles: ["directoryReader"], customerIds: [customer.id] });

    const row = page.getByRole("table", { name: keys.title, exact: true }).getByRole("row", { name: /nightly import/ });
    expect(await shown(row.getByText("Directory Reader · at 1 customer"))).toBe(true);
    await row.getByRole("button", { name: keys.end }).click();
    await dialog().getByRole("button", { name: keys.end }).click();
    await page.getByText(keys.ended("nightly import")).waitFor();
    expect((await stage.app.refused("/v1/me", { key })).body.code).toBe("unauthenticated");
  });

  it("an Admin agent sees and ends a key of another agent among all keys", async () => {
    const other = await makeColleague(stage.app, "helpdeskAgent");
    await page.reload();
    const all = page.getByRole("table", { name: keys.allTitle });
    const row = all.getByRole("row").filter({ hasText: `Colleague ${other.email.slice(0, 8)}` });
    await row.getByRole("button", { name: keys.end }).last().click();
    await dialog().getByRole("button", { name: keys.end }).click();
    await dialog().waitFor({ state: "detached" });
    expect((await stage.app.refused("/v1/me", { key: other.key })).body.code).toBe("unauthenticated");
  });

  it("what is typed for a key survives a session that ends in the middle", async () => {
    await button(keys.make).click();
    await dialog().getByLabel(keys.name).fill("reports");
    await stage.app.db.sql`delete from sessions where user_id = ${agent.id}`;
    await pressBehindDialog(dialog().getByRole("button", { name: keys.make }));
    await signInAgain(page, stage, agent);
    await expect(dialog().getByLabel(keys.name).inputValue()).resolves.toBe("reports");
    await dialog().getByRole("button", { name: keys.make }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: texts.common.done }).click();
    expect(await shown(page.getByRole("row", { name: /reports/ }))).toBe(true);
  });

  it("a wrong current password is told at its field, and the right one is changed", async () => {
    await button(ownPassword.change).click();
    await dialog().getByLabel(ownPassword.current).fill("not the password");
    await dialog()
      .getByLabel(/^New password\W*$/)
      .fill(chosen);
    await dialog().getByLabel(ownPassword.again).fill("something else");
    await dialog().getByRole("button", { name: ownPassword.change }).click();
    await dialog().getByText(ownPassword.againWrong).waitFor();
    await dialog().getByLabel(ownPassword.again).fill(chosen);
    await dialog().getByRole("button", { name: ownPassword.change }).click();
    await dialog().locator('[data-code="body_invalid"]').waitFor();
    expect(await unreadable(page)).toEqual([]);
    await dialog().getByLabel(ownPassword.current).fill(agent.password);
    await dialog().getByRole("button", { name: ownPassword.change }).click();
    await page.getByText(ownPassword.done).waitFor();
    expect([await signsIn(agent.password), await signsIn(chosen)]).toEqual([401, 200]);
  });

  it("an authenticator app is set up, asked for, replaced by a backup code, and turned off", async () => {
    await button(authenticator.setUpTitle).click();
    await dialog().getByLabel(authenticator.password).fill(chosen);
    await dialog().getByRole("button", { name: authenticator.next }).click();
    const uri = (await page.getByRole("link", { name: authenticator.open }).getAttribute("href")) ?? "";
    const backup = await page
      .getByRole("list", { name: authenticator.codes })
      .getByRole("listitem")
      .first()
      .innerText();
    await dialog().getByLabel(authenticator.code).fill(freshTotpCode(uri));
    await dialog().getByRole("button", { name: authenticator.finish }).click();
    await page.getByText(authenticator.on).waitFor();

    const again = await stage.open();
    await again.goto(pages.settings.path);
    await again.getByLabel(texts.signIn.email, { exact: true }).fill(agent.email);
    await again.getByLabel(texts.signIn.password).fill(chosen);
    await again.getByRole("button", { name: texts.signIn.submit }).click();
    await again.getByRole("button", { name: texts.signIn.useBackup }).click();
    await again.getByLabel(texts.signIn.backupCode).fill(backup);
    await again.getByRole("button", { name: texts.signIn.submit }).click();
    await again.getByRole("button", { name: authenticator.turnOff }).click();
    await again.getByRole("dialog").getByLabel(authenticator.password).fill(chosen);
    await again.getByRole("dialog").getByRole("button", { name: authenticator.turnOff }).click();
    await again.getByText(authenticator.off).waitFor();
    const found = await stage.app.db.sql<{ on: boolean }[]>`
      select two_factor_enabled as on from agents where id = ${agent.id}`;
    expect(found[0]?.on).toBe(false);
  });

  it("no page met an error of its script", () => {
    expect(stage.errors).toEqual([]);
  });
});
