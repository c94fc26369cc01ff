import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AuditRecord } from "../../contract/audit.ts";
import { pages } from "../../contract/pages.ts";
import { texts } from "./texts.ts";
import { choose, countOf, download, pick, shown, signInAgain } from "./acts.ts";
import { openStage, type Stage } from "./stage.ts";

const people = [
  "User name,Display name,Usage location,Licenses",
  "ana@fabrikam.example,Ana Kovač,HR,SPE_E3",
  "bjorn@fabrikam.example,Björn Ek,SE,",
  "bea@fabrikam.example,Bea Lund,SE,SPE_E3",
  "cem@fabrikam.example,Cem Yıldız,TR,SPE_E3",
  "dai@fabrikam.example,Dai Nguyen,VN,SPE_E3",
  "eve@elsewhere.example,Eve Out,GB,",
].join("\r\n");

let stage: Stage;
let page: Page;
/** The id of the batch whose passwords were downloaded. */
let uploaded = "";
beforeAll(async () => {
  stage = await openStage();
  page = await stage.open();
}, 240_000);
afterAll(() => stage.close());

describe("from the sign-in to provisioned users", () => {
  it("an agent signs in where the page was asked for, and finds no customer yet", async () => {
    await stage.signIn(page, "/customers");
    await page.getByRole("heading", { name: texts.customers.empty }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/customers");
  });

  it("a new customer has its domain and its seats", async () => {
    await page.getByRole("button", { name: texts.customers.add }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(texts.newCustomer.name).fill("Fabrikam");
    await dialog.getByLabel(texts.newCustomer.domains).fill("fabrikam.example");
    await dialog.getByRole("button", { name: texts.newCustomer.addProduct }).click();
    const product = dialog.getByRole("combobox", { name: texts.newCustomer.product });
    await pick(page, product, "SPE_E3", /^Microsoft 365 E3 · SPE_E3/);
    await dialog.getByLabel(texts.newCustomer.seats).fill("2");
    await dialog.getByRole("button", { name: texts.newCustomer.submit }).click();
    expect(await shown(page.getByRole("heading", { level: 1, name: "Fabrikam" }))).toBe(true);
    expect(await shown(page.getByRole("heading", { name: texts.users.empty }))).toBe(true);
  });

  it("a file that holds no users is refused with the reason", async () => {
    await page.getByRole("link", { name: pages.upload.title }).first().click();
    await choose(page, "only-a-header.csv", "User name,Display name\r\n");
    expect(await shown(page.locator('[data-code="upload_header_only"]'))).toBe(true);
  });

  it("the plan tells what will happen to each row and which seats are missing", async () => {
    await choose(page, "people.csv", people);
    await page.getByRole("button", { name: texts.batch.start(5, 6) }).waitFor();
    await expect(countOf(page, texts.batch.plan.create)).resolves.toBe(5);
    await expect(countOf(page, texts.batch.plan.invalid)).resolves.toBe(1);
    const seats = page.getByRole("table", { name: texts.batch.seatsLead }).getByRole("row").nth(1);
    await expect(seats.getByRole("cell").allInnerTexts()).resolves.toEqual(["Microsoft 365 E3", "4", "2", "2"]);
    await page.locator('[data-code="domain_unverified"]').waitFor();
  });

  it("the filters stand in the address, and a row shows its cells with the one at fault", async () => {
    await page.getByRole("combobox", { name: texts.batch.filterPlan }).selectOption("invalid");
    await page.waitForURL(/plan=invalid/);
    await page.getByRole("button", { name: texts.batch.rowTitle(6) }).click();
    const pane = page.getByRole("complementary");
    const cell = pane.locator('[data-state="bad"]', { hasText: "eve@elsewhere.example" });
    expect(await shown(cell)).toBe(true);
    await page.reload();
    expect(await shown(cell)).toBe(true);
    await pane.getByRole("button", { name: texts.common.close }).click();
    await page.getByRole("button", { name: texts.batch.clearFilters }).click();
  });

  it("a started batch comes to its end on the page without a touch", async () => {
    await page.getByRole("button", { name: texts.batch.start(5, 6) }).click();
    await page.getByText(texts.list.finishedWith(1, 2), { exact: true }).waitFor();
    await expect(countOf(page, texts.batch.states.succeeded)).resolves.toBe(3);
    await expect(countOf(page, texts.batch.states.partial)).resolves.toBe(2);
    await expect(countOf(page, texts.batch.states.failed)).resolves.toBe(1);
  });

  it("rows without a seat succeed when they are retried after seats were added", async () => {
    const batch = page.url();
    await page.getByRole("link", { name: texts.batch.seatsChange }).click();
    await page.getByRole("button", { name: texts.products.change }).click();
    await page.getByLabel(texts.products.total).fill("9");
    await page.getByRole("button", { name: texts.common.save }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.goto(batch);
    const cause = page.getByRole("row").filter({ has: page.locator('[data-code="seat_shortage"]') });
    await cause.getByRole("button", { name: texts.batch.retryThese }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(texts.work.retry.goOn(2, "licenses")).waitFor();
    await dialog.getByRole("button", { name: texts.work.retry.submit(2) }).click();
    await cause.waitFor({ state: "detached" });
    await page.getByText(texts.list.finishedWith(1, 0), { exact: true }).waitFor();
    await expect(countOf(page, texts.batch.states.succeeded)).resolves.toBe(5);
  });

  it("results, failed rows and passwords are there to download", async () => {
    const results = await download(page, texts.batch.results);
    expect(results.split("\r\n")[1]).toContain("ana@fabrikam.example,Ana Kovač,HR,SPE_E3,1,succeeded");
    const failed = await download(page, texts.batch.failed);
    expect(failed).toContain("domain_unverified");
    expect(failed).not.toContain("ana@fabrikam.example");
    const passwords = await download(page, texts.batch.passwords);
    uploaded = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    expect(passwords.trim().split("\r\n")).toHaveLength(6);
  });

  it("the same file again is told, and its plan has nothing left to do", async () => {
    await page.getByRole("link", { name: "Fabrikam" }).click();
    await page.getByRole("button", { name: "Ana Kovač" }).waitFor();
    await page.getByRole("button", { name: pages.upload.title }).click();
    await choose(page, "people.csv", people);
    await page.getByRole("link", { name: texts.batch.sameFileOpen }).waitFor();
    await expect(countOf(page, texts.batch.plan.unchanged)).resolves.toBe(5);
    await page.getByRole("button", { name: texts.batch.cancelPlan }).click();
    await page.getByRole("dialog").getByRole("button", { name: texts.batch.cancelPlan }).click();
    await page.getByText(texts.batches.states.cancelled, { exact: true }).first().waitFor();
  });

  it("rows that are pasted are planned like a file", async () => {
    await page.getByRole("link", { name: "Fabrikam" }).click();
    await page.getByRole("button", { name: pages.upload.title }).click();
    await page.getByRole("button", { name: texts.upload.pasteLabel }).click();
    await page
      .getByLabel(texts.upload.pasteField)
      .fill("First name\tLast name\tEmail\nFay\tOh\tfay@fabrikam.example\n");
    await page.getByRole("button", { name: texts.upload.pasteTake }).click();
    await page.getByRole("button", { name: texts.upload.submit }).click();
    expect(await shown(page.getByRole("button", { name: texts.batch.start(1) }))).toBe(true);
  });

  it("one user is made by hand, and the temporary password is shown this once", async () => {
    await page.getByRole("link", { name: "Fabrikam" }).click();
    await page.getByRole("button", { name: pages.newUser.title }).click();
    await page.getByLabel(texts.userForm.first).fill("Grace");
    await page.getByLabel(texts.userForm.last).fill("Ito");
    await page.getByRole("textbox", { name: texts.userForm.username }).fill("grace");
    for (let steps = 0; steps < 3; steps++) {
      await page.getByRole("button", { name: texts.wizard.next }).click();
    }
    await page.getByRole("button", { name: texts.userForm.complete }).click();
    await page.getByRole("heading", { name: texts.addUser.madeTitle("Grace Ito") }).waitFor();
    await expect(page.locator("dd code").innerText()).resolves.toMatch(/^\S{12,}$/);
    await page.getByRole("button", { name: texts.common.copy }).click();
    await page.getByRole("button", { name: texts.common.copied }).waitFor();
  });

  it("showing that password leaves no record of a download, because nothing was downloaded", async () => {
    const { body } = await stage.app.request<{ items: AuditRecord[] }>("/v1/audit?operation=download_passwords");
    // The one by the menu of the batch, in a test above.
    expect(body.items.map(({ batchId }) => batchId)).toEqual([uploaded]);
  });

  it("a session that ends is begun again on the same page, and what was typed is kept", async () => {
    await page.getByRole("button", { name: texts.addUser.more }).click();
    await page.getByLabel(texts.userForm.display).fill("Another Ana");
    await page.context().clearCookies();
    await page.getByRole("textbox", { name: texts.userForm.username }).fill("another.ana");
    await signInAgain(page, stage);
    await expect(page.getByLabel(texts.userForm.display).inputValue()).resolves.toBe("Another Ana");
    expect(await shown(page.getByText(texts.userForm.usernameFree))).toBe(true);
  });

  it("no page had an error in its script", () => {
    expect(stage.errors).toEqual([]);
  });
});
