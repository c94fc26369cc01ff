import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pages } from "../../contract/pages.ts";
import { texts } from "./texts.ts";
import {
  changeable,
  counted,
  makeColleague,
  openCell,
  pressBehindDialog,
  refuse,
  reloadHalfFilled,
  shown,
  signInAgain,
} from "./acts.ts";
import { openStage, type Stage } from "./stage.ts";
import { unreadable } from "./unreadable.ts";

const people = [
  "User name,First name,Last name,Department",
  "ana@DOMAIN,Ana,Kovač,Sales",
  "bjorn@@DOMAIN,Björn,Ek,Sales",
  "bea@elsewhere.example,Bea,Lund,Sales",
  "cem@DOMAIN,,,Support",
  "dai..@DOMAIN,Dai,Nguyen,Support",
  "eve@nowhere.example,Eve,Out,Support",
].join("\r\n");

const { left } = texts.plan;

let stage: Stage;
let page: Page;
let customer: { id: string; domain: string };
let address: string;
beforeAll(async () => {
  stage = await openStage();
  customer = await stage.app.makeCustomer();
  const { id } = await stage.app.upload(customer.id, people.replaceAll("DOMAIN", customer.domain));
  page = await stage.open();
  address = `/batches/${id}`;
  await stage.signIn(page, `${address}?plan=invalid`);
}, 240_000);
afterAll(() => stage.close());

const row = (rowNo: number) => page.getByRole("row").filter({ has: number(rowNo) });
const number = (rowNo: number) => page.getByRole("button", { name: texts.batch.rowTitle(rowNo), exact: true });
const cell = (rowNo: number, text: string) => changeable(row(rowNo), text);
/** What the pages ask about a cell that was left: what stands there now, and what was typed. */
const asked = (title: string, ...cells: string[]) =>
  page.getByRole("region", { name: title }).getByRole("row", { name: cells.join(" ") });
const lastNameOf = async (rowNo: number) =>
  (await stage.app.request<{ input: Record<string, string> }>(`/v1${address}/rows/${rowNo}`)).body.input["Last name"];
const planOf = (rowNo: number, word: string) => row(rowNo).getByText(word, { exact: true });

describe("cells are mended in place", () => {
  it("a bad cell is found, opened and mended by the keyboard alone, and its row says at once what happens now", async () => {
    await cell(2, "bjorn@@").waitFor();
    await row(2).getByRole("gridcell").nth(1).focus();
    await page.keyboard.press("Home");
    for (let times = 0; times < 4; times++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    const open = openCell(page, "User name");
    await shown(page.getByRole("tooltip").filter({ hasText: "@" }));
    await open.fill(`bjorn@${customer.domain}`);
    await page.keyboard.press("Enter");
    await planOf(2, texts.plan.willBe.create).waitFor();
    await counted(page, texts.batch.plan.invalid, 4);
    await expect(page.evaluate("document.activeElement.textContent")).resolves.toBe(`bjorn@${customer.domain}`);
  });

  it("Escape leaves a cell as it was", async () => {
    await cell(3, "bea@").click();
    await openCell(page, "User name").fill("something else");
    await page.keyboard.press("Escape");
    expect(await shown(cell(3, "bea@elsewhere.example"))).toBe(true);
  });

  it("Tab goes on to the next cell, and cells that are changed in one go are sent as one", async () => {
    const sent: string[] = [];
    page.on("request", (request) => request.method() === "PATCH" && sent.push(request.postData() ?? ""));
    // A busy machine pauses where an agent does not: the page takes all of it for one go.
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 1_000);
    await cell(3, "bea@").click();
    await openCell(page, "User name").fill(`bea@${customer.domain}`);
    await page.keyboard.press("Tab");
    await openCell(page, "First name").fill("Beatrice");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await page.clock.resume();
    await planOf(3, texts.plan.willBe.create).waitFor();
    expect(sent.map((text) => JSON.parse(text) as unknown)).toEqual([
      { rows: [{ rowNo: 3, values: { "User name": `bea@${customer.domain}`, "First name": "Beatrice" } }] },
    ]);
  });

  it("a value that is wrong still says at the cell what to do", async () => {
    await cell(5, "dai..@").click();
    await openCell(page, "User name").fill("dai nguyen");
    await page.keyboard.press("Enter");
    await row(5).locator('[data-state="bad"]', { hasText: "dai nguyen" }).hover();
    await page.keyboard.press("Enter");
    expect(await shown(page.getByRole("tooltip"))).toBe(true);
    await page.keyboard.press("Escape");
  });

  it("on a phone the cell is mended in the details of its row", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await number(5).click();
    const pane = page.getByRole("complementary");
    await pane.getByRole("button", { name: /^Edit User name/ }).click();
    await openCell(page, "User name").fill(`dai@${customer.domain}`);
    await page.keyboard.press("Enter");
    await pane.getByText(texts.plan.willBe.create, { exact: true }).waitFor();
    await pane.getByRole("button", { name: texts.common.close }).click();
    await page.setViewportSize({ width: 1440, height: 900 });
    expect(await counted(page, texts.batch.plan.invalid, 2)).toBe(true);
  });

  it("a field that the file has no column for is filled in all the same", async () => {
    await number(4).click();
    const pane = page.getByRole("complementary");
    await pane.getByRole("button", { name: /^Edit Display name/ }).click();
    await openCell(page, "Display name").fill("Cem Yıldız");
    await page.keyboard.press("Enter");
    await pane.getByText(texts.plan.willBe.create, { exact: true }).waitFor();
    await page.keyboard.press("Escape");
    expect(await shown(page.getByRole("columnheader", { name: "Display name" }))).toBe(true);
  });

  it("what was typed outlives a lost connection and an ended session", async () => {
    await page.getByRole("button", { name: texts.batch.clearFilters }).click();
    const answer = await refuse(page, "**/rows");
    await cell(1, "Kovač").click();
    await openCell(page, "Last name").fill("Horvat");
    await page.keyboard.press("Enter");
    await page.getByText(texts.cells.refused(1)).waitFor();
    answer();
    await page.context().clearCookies();
    await pressBehindDialog(page.getByRole("button", { name: texts.cells.retry }));
    await signInAgain(page, stage);
    await page.reload();
    expect(await shown(cell(1, "Horvat"))).toBe(true);
  });

  it("what was refused while the server was away is offered after a reload, and saved with one button", async () => {
    const answer = await refuse(page, "**/rows");
    await cell(1, "Horvat").click();
    await openCell(page, "Last name").fill("Novak");
    await page.keyboard.press("Enter");
    await page.getByText(texts.cells.refused(1)).waitFor();
    await page.getByRole("link", { name: pages.home.title, exact: true }).first().click();
    await page.getByRole("button", { name: texts.draft.stay }).click();
    await reloadHalfFilled(page);
    answer();
    await asked(left.open(1), "Last name", "Horvat", "Novak").waitFor();
    expect(await unreadable(page)).toEqual([]);
    await page.getByRole("button", { name: left.save(1) }).click();
    await shown(cell(1, "Novak"));
    await expect.poll(() => lastNameOf(1)).toBe("Novak");
    // The server has it before the page has heard so.
    await page.getByText(left.open(1)).waitFor({ state: "detached" });
  });

  it("what stands in an open cell is offered after a closed tab, beside what somebody else wrote there meanwhile", async () => {
    await cell(1, "Novak").click();
    await openCell(page, "Last name").fill("Marić");
    const context = page.context();
    await page.close();
    await stage.app.request(`/v1${address}/rows`, {
      method: "PATCH",
      json: { rows: [{ rowNo: 1, values: { "Last name": "Babić" } }] },
    });
    page = await context.newPage();
    page.on("pageerror", (error) => stage.errors.push(error.message));
    await page.goto(address);
    await asked(left.moved(1), "Last name", "Babić", "Marić").waitFor();
    expect(await lastNameOf(1)).toBe("Babić");
    await page.getByRole("button", { name: left.overwrite(1) }).click();
    await shown(cell(1, "Marić"));
    await expect.poll(() => lastNameOf(1)).toBe("Marić");
  });

  it("what waits for the next session is neither shown to another agent who begins it, nor sent by them", async () => {
    await stage.app.db.sql`delete from rate_limits`;
    const colleague = await makeColleague(stage, customer.id);
    const saved: number[] = [];
    page.on(
      "response",
      (answer) => answer.request().method() === "PATCH" && answer.ok() && saved.push(answer.status()),
    );
    await cell(1, "Marić").click();
    await openCell(page, "Last name").fill("Jurić");
    // Only now: the page may find out by a question of its own, and its dialog lies over the cells then.
    await page.context().clearCookies();
    await page.keyboard.press("Enter");
    await page.getByRole("alertdialog").waitFor();
    await signInAgain(page, stage, colleague);
    await page.getByRole("button", { name: texts.nav.signedInAs("Bo Colleague") }).waitFor();
    await shown(cell(1, "Marić"));
    expect([await page.getByText("Jurić").count(), saved, await lastNameOf(1)]).toEqual([0, [], "Marić"]);
    await page.context().clearCookies();
    await stage.signIn(page, address);
    await asked(left.open(1), "Last name", "Marić", "Jurić").waitFor();
    await page.getByRole("button", { name: texts.cells.discard }).click();
    await page.getByText(left.open(1)).waitFor({ state: "detached" });
    await page.reload();
    await shown(cell(1, "Marić"));
    expect([await page.getByText(left.open(1)).count(), await lastNameOf(1)]).toEqual([0, "Marić"]);
  });

  it("a row that failed is mended after the batch has ended, and only it is carried out again", async () => {
    await page.getByRole("button", { name: texts.batch.start(5, 6) }).click();
    await page.getByText(texts.list.finishedWith(1, 0)).waitFor();
    await cell(6, "eve@").click();
    await openCell(page, "User name").fill(`eve@${customer.domain}`);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: texts.cells.retryMended(1) }).click();
    await row(6).getByText(texts.batch.states.succeeded).waitFor();
    expect(await counted(page, texts.batch.states.succeeded, 6)).toBe(true);
  });

  it("no page had an error in its script", () => {
    expect(stage.errors).toEqual([]);
  });
});
