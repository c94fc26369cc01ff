import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { texts } from "./texts.ts";
import { writeWorkbook } from "../support/write-workbook.ts";
import { changeable, choose, counted, openCell, refuse, shown } from "./acts.ts";
import { grantRole, makeColleague } from "../support/agents.ts";
import { openStage, type Stage } from "./stage.ts";

const largeRows = 30_000;

let stage: Stage;
let page: Page;
let customer: { id: string; domain: string };
beforeAll(async () => {
  stage = await openStage();
  customer = await stage.app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 5 }]);
  page = await stage.open();
  await stage.signIn(page, `/customers/${customer.id}/upload`);
}, 240_000);
afterAll(() => stage.close());

const started = (on: Page) => on.getByText(texts.batches.states.finished, { exact: true });

describe("files of every kind, tabs and agents", () => {
  it("an Excel workbook with a title above its header becomes users", async () => {
    const title = [["New starters"], [null]];
    const header = ["User name", "Display name", "Usage location", "Licenses"];
    const rows = [
      [`ana@${customer.domain}`, "Ana Kovač", "HR", "SPE_E3"],
      [`bjorn@${customer.domain}`, "Björn Ek", "SE", null],
    ];
    await choose(page, "starters.xlsx", writeWorkbook([{ name: "March", rows: [...title, header, ...rows] }]));
    await page.getByRole("button", { name: texts.batch.start(2) }).click();
    await started(page).waitFor();
    await counted(page, texts.batch.states.succeeded, 2);
    await page.goto(`/customers/${customer.id}`);
    expect(await shown(page.getByRole("button", { name: "Björn Ek" }))).toBe(true);
  });

  it("rows that are pasted on the page with the keyboard are taken as a file", async () => {
    await page.goto(`/customers/${customer.id}/upload`);
    await page.getByRole("button", { name: texts.upload.pick }).waitFor();
    const copied = `User name\tDisplay name\n"cem@${customer.domain}"\tCem Yıldız\n`;
    await page.evaluate(`{
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", ${JSON.stringify(copied)});
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
    }`);
    await page.getByText(texts.upload.pastedName).waitFor();
    await page.getByRole("button", { name: texts.upload.submit }).click();
    expect(await shown(page.getByRole("button", { name: texts.batch.start(1) }))).toBe(true);
  });

  it("a tab that is closed in the middle loses nothing: opened again it shows how far the batch came", async () => {
    const lines = Array.from({ length: largeRows }, (_, at) => `m${at}@${customer.domain},Member ${at}`);
    const { id } = await stage.app.upload(customer.id, ["User name,Display name", ...lines].join("\n"));
    const tab = await page.context().newPage();
    await tab.goto(`/batches/${id}`);
    await tab.getByRole("button", { name: texts.batch.start(largeRows) }).click();
    await tab.getByRole("button", { name: texts.batch.pause }).waitFor();
    await tab.close();
    const again = await page.context().newPage();
    await again.goto(`/batches/${id}`);
    await again.getByRole("heading", { name: / of 30,000$/ }).waitFor();
    await started(again).waitFor({ timeout: 30_000 });
    await counted(again, texts.batch.states.succeeded, largeRows);
    await again.close();
    expect((await stage.app.finished(id)).totals).toMatchObject({ rows: largeRows, succeeded: largeRows });
  });

  it("two agents look at one plan: who starts an old one is shown the new one first", async () => {
    const { id } = await stage.app.upload(
      customer.id,
      `User name,Display name\ndai@${customer.domain},Dai\neve@elsewhere.example,Eve`,
    );
    const other = await secondAgent();
    await page.goto(`/batches/${id}`);
    await page.getByRole("button", { name: texts.batch.start(1, 2) }).waitFor();
    // The first agent's page hears nothing for a while, as behind a lost connection.
    const answer = await refuse(page, `**/v1/batches/${id}`);
    await other.goto(`/batches/${id}`);
    await changeable(other, "eve@").click();
    await openCell(other, "User name").fill(`eve@${customer.domain}`);
    await other.keyboard.press("Enter");
    await other.getByRole("button", { name: texts.batch.start(2) }).waitFor();
    await page.getByRole("button", { name: texts.batch.start(1, 2) }).click();
    await page.locator('[data-code="plan_changed"]').waitFor();
    answer();
    await page.reload();
    await page.getByRole("button", { name: texts.batch.start(2) }).click();
    // What the first agent starts, the second one sees end without a touch.
    await started(other).waitFor();
    expect(await counted(other, texts.batch.states.succeeded, 2)).toBe(true);
  });

  it("a plan that hits many waits for a second agent, who says yes on a page of their own, and then it runs", async () => {
    const at = `/v1/customers/${customer.id}`;
    const limits = { users: 1, percent: null, admins: true };
    await stage.app.request(`${at}/brakes`, { method: "PUT", json: { limits } });
    const csv = `User name\ndai@${customer.domain}\neve@${customer.domain}\n`;
    const { body } = await stage.app.request<{ id: string }>(`${at}/uploads?operation=delete-users`, { csv });
    const second = await secondAgent();
    await page.goto(`/batches/${body.id}`);
    await page.getByRole("button", { name: texts.brakes.ask }).click();
    await page.getByText(texts.brakes.waiting.own).waitFor();

    await second.goto(`/batches/${body.id}`);
    await second.getByRole("button", { name: texts.brakes.waiting.approve }).click();
    await second.getByLabel(texts.brakes.decide.note).fill("They moved");
    await second.getByRole("dialog").getByRole("button", { name: texts.brakes.waiting.approve }).click();
    // Whoever asked sees the answer and the end without a touch.
    await started(page).waitFor();
    expect(await shown(page.getByText("They moved"))).toBe(true);
    expect(await counted(page, texts.batch.states.succeeded, 2)).toBe(true);
  });

  it("the jobs of a batch are a click away in Bull Board, and their batch a click away from there", async () => {
    await page.getByRole("button", { name: texts.batch.downloads }).click();
    await page.getByRole("menuitem", { name: texts.batch.queues }).click();
    await page.waitForURL(/\/queues\/queue\/user-deletions/);
    await page.goto(`${new URL(page.url()).pathname}?status=completed`);
    const back = page.getByRole("link", { name: "Batch", exact: true }).first();
    await expect(back.getAttribute("href")).resolves.toMatch(/^\/batches\/[0-9a-f-]{36}$/);
  });

  it("looser limits wait for a second agent, whose form holds those that count and who agrees by a button of its own", async () => {
    const products = `/customers/${customer.id}/products`;
    const { brakeLimits: words } = texts;
    const users = (on: Page) => on.getByRole("dialog").getByLabel(words.dialog.users);
    await page.goto(products);
    await page.getByRole("button", { name: words.change }).click();
    await users(page).fill("7");
    await page.getByRole("dialog").getByRole("button", { name: texts.common.save }).click();
    await page.getByText(words.askedTitle).waitFor();
    expect(await page.getByRole("button", { name: words.agree }).count()).toBe(0);

    const second = await secondAgent();
    await second.goto(products);
    await second.getByRole("button", { name: words.agree }).waitFor();
    await second.getByRole("button", { name: words.change }).click();
    expect(await users(second).inputValue()).toBe("1");
    await second.keyboard.press("Escape");
    await second.getByRole("button", { name: words.agree }).click();
    await second.getByText(words.askedTitle).waitFor({ state: "detached" });
    expect(await shown(second.getByText(words.said({ users: 7, percent: null, admins: true })))).toBe(true);
  });

  it("no page had an error in its script", () => {
    expect(stage.errors).toEqual([]);
  });
});

/** A page of an agent beside the first one, who may do as much at the customer. */
async function secondAgent(): Promise<Page> {
  const agent = await makeColleague(stage.app);
  await grantRole(stage.app, agent, customer, "globalAdministrator");
  const other = await stage.open();
  await stage.signIn(other, "/customers", agent);
  return other;
}
