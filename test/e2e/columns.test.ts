import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { texts } from "./texts.ts";
import { choose, counted, shown } from "./acts.ts";
import { openStage, type Stage } from "./stage.ts";

const words = texts.columns;
const oddHeader = "Ident,Wer genau,Kostenträger";

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

const rows = (...people: string[]) => people.join("\r\n").replaceAll("DOMAIN", customer.domain);

async function upload(name: string, content: string): Promise<void> {
  await page.goto(`/customers/${customer.id}/upload`);
  await choose(page, name, content);
  await page.waitForURL(/\/batches\//);
}

const field = (column: string): Locator => page.getByRole("combobox", { name: words.fieldOf(column), exact: true });
const step = (name: string): Locator =>
  page.getByRole("navigation", { name: texts.steps.label }).getByRole("link", { name });

describe("columns and options", () => {
  it("columns that no word knows are named by hand once, and the plan follows", async () => {
    const file = rows(oddHeader, "ana@DOMAIN,Ana Kovač,Sales", "bjorn@DOMAIN,Björn Ek,Support");
    await upload("january.csv", file);
    await shown(page.getByText(words.unused));
    await field("Ident").selectOption("userPrincipalName");
    await field("Wer genau").selectOption("displayName");
    await field("Kostenträger").selectOption("department");
    await page.getByText(words.changes(3)).waitFor();
    await page.getByRole("button", { name: words.save }).click();
    await counted(page, texts.batch.plan.create, 2);
    await page.getByRole("button", { name: texts.batch.start(2) }).click();
    await page.getByText(texts.batches.states.finished, { exact: true }).waitFor();
    expect(await counted(page, texts.batch.states.succeeded, 2)).toBe(true);
  });

  it("the customer's next file with these columns is read as the first one was", async () => {
    await upload("february.csv", rows(oddHeader, "cem@DOMAIN,Cem Yıldız,Sales"));
    await counted(page, texts.batch.plan.create, 1);
    await step(texts.steps.columns).click();
    await expect(field("Kostenträger").inputValue()).resolves.toBe("department");
    const line = page.getByRole("row").filter({ has: field("Kostenträger") });
    expect(await shown(line.getByText(words.sources.remembered))).toBe(true);
  });

  it("a field that is given to a second column leaves the first one, and can be undone", async () => {
    await field("Kostenträger").selectOption("displayName");
    await expect(field("Wer genau").inputValue()).resolves.toBe("");
    await page.getByText(words.changes(2)).waitFor();
    await page.getByRole("button", { name: texts.common.undo }).click();
    await expect(field("Wer genau").inputValue()).resolves.toBe("displayName");
  });

  it("a file without a header opens on its columns, and all offers are taken at once", async () => {
    await upload(
      "list.csv",
      rows("dai@DOMAIN,Dai,Nguyen,+84 24 5550 0101", "eve@DOMAIN,Eve,Out,+44 20 5550 0102", "fay@DOMAIN,Fay,Oh,"),
    );
    await shown(page.getByText(words.headerless));
    await page.getByRole("button", { name: /^Use all/ }).click();
    await expect(field("Column 1").inputValue()).resolves.toBe("userPrincipalName");
    await field("Column 2").selectOption("givenName");
    await field("Column 3").selectOption("surname");
    await page.getByRole("button", { name: words.save }).click();
    expect(await counted(page, texts.batch.plan.create, 3)).toBe(true);
  });

  it("a file that is refused for its header is sent again with what its columns are", async () => {
    await page.goto(`/customers/${customer.id}/upload`);
    await choose(page, "odd.csv", "Alpha,Beta\r\ngus,x1\r\nhal,x2\r\n");
    await page.locator('[data-code="header_unrecognised"]').waitFor();
    await field("Alpha").selectOption("userPrincipalName");
    await field("Beta").selectOption("displayName");
    await page.getByRole("button", { name: texts.upload.sayColumnsSubmit }).click();
    expect(await counted(page, texts.batch.plan.create, 2)).toBe(true);
  });

  it("usernames that are missing are built by a pattern, and the page shows the first ones", async () => {
    await upload("names.csv", rows("First name,Last name", "Íñigo,Peña", "Íñigo,Peña", "Jo,Li"));
    await counted(page, texts.batch.plan.invalid, 3);
    await step(texts.steps.options).click();
    await page.getByLabel(texts.upload.upnPattern).selectOption("{givenName}.{surname}");
    await page.getByRole("button", { name: texts.batchOptions.save }).click();
    await shown(page.getByText(texts.batchOptions.saved));
    await counted(page, texts.batch.plan.create, 3);
    await shown(page.getByText(`inigo.pena@${customer.domain}`));
    expect(await shown(page.getByText(`inigo.pena2@${customer.domain}`))).toBe(true);
  });

  it("a pattern that cannot be used says what may stand in it, and the plan stays", async () => {
    await page.getByLabel(texts.upload.upnPattern).selectOption("own");
    await page.getByLabel(texts.upload.upnPatternField, { exact: true }).fill("{nickname}");
    await page.getByRole("button", { name: texts.batchOptions.save }).click();
    await shown(page.getByRole("alert").filter({ hasText: "{givenName}" }));
    expect(await counted(page, texts.batch.plan.create, 3)).toBe(true);
  });

  it("no page had an error in its script", () => {
    expect(stage.errors).toEqual([]);
  });
});
