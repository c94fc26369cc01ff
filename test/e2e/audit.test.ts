import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pageAddress, pages } from "../../contract/pages.ts";
import { eventually } from "../support/eventually.ts";
import { parseCsv } from "../support/parse-csv.ts";
import { pick, shown } from "./acts.ts";
import { openStage, type Stage } from "./stage.ts";
import { texts as kit } from "../../ui/kit/texts.ts";
import { texts } from "./texts.ts";
import { unreadable } from "./unreadable.ts";

const { audit, auditActs, people, customer: head, catalog, products, newCustomer } = texts;

let stage: Stage;
let page: Page;
let customer: { id: string; domain: string };
let userId: string;
beforeAll(async () => {
  stage = await openStage();
  const { app } = stage;
  customer = await app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 0 }]);
  const csv = `User name,Display name,Department,Usage location,Licenses\nana@${customer.domain},Ana Kovač,=Sales,SE,SPE_E3\n`;
  const { id } = await app.upload(customer.id, csv, "&apply=true");
  await app.finished(id);
  const [user] = await app.db.sql<{ id: string }[]>`select id from users where customer_id = ${customer.id}`;
  userId = user?.id ?? "";
  await app.request(`/v1/customers/${customer.id}/users/${userId}`, {
    method: "PATCH",
    json: { department: "Finance" },
    headers: { prefer: "wait=30" },
  });
  // Names are searchable a moment after their batch has ended.
  await eventually(async () => {
    const { body } = await app.request<{ users: { items: object[] } }>("/v1/search?q=kovac");
    if (body.users.items.length === 0) throw new Error("the user cannot be found yet");
  });
  page = await stage.open();
  await stage.signIn(page, pages.audit.path);
}, 240_000);
afterAll(() => stage.close());

const imported = async () => stage.app.db.sql`select name from catalog_products`;
const catalogue = (text: string) => ({ name: "catalogue.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
const dialog = () => page.getByRole("dialog");

describe("what was done, and to whom", () => {
  it("the audit is narrowed in the address to an act, and tells it field by field, before and after", async () => {
    await page.getByRole("group", { name: audit.filters }).getByRole("button", { name: audit.operation }).click();
    await page
      .getByRole("list", { name: audit.operation })
      .getByRole("button", { name: texts.activity.steps["update_customer_user"] ?? "", exact: true })
      .click();
    await page.waitForURL(/operation=update_customer_user/);
    await page
      .getByRole("row", { name: /Ana Kovač/ })
      .getByRole("button")
      .click();
    const pane = page.getByRole("complementary", { name: audit.details });
    const row = pane.getByRole("row", { name: /^Department/ });
    await expect(row.getByRole("cell").allInnerTexts()).resolves.toEqual(["=Sales", "Finance"]);
    await page.waitForURL(/record=\d+/);
    expect(await unreadable(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await pane.waitFor({ state: "detached" });
  });

  it("what is narrowed is what leaves as CSV, runs no formula, and the download is itself in the audit", async () => {
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page
        .getByRole("link", { name: audit.csv })
        .or(page.getByRole("button", { name: audit.csv }))
        .click(),
    ]);
    const lines = parseCsv(await readFile(await file.path(), "utf8"));
    expect(lines.slice(1).map((line) => line[5])).toEqual(["update_customer_user"]);
    for (const cell of lines.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    await page.goto(`${pages.audit.path}?operation=download_audit`);
    expect(await shown(page.getByRole("row", { name: new RegExp(auditActs.download_audit) }))).toBe(true);
  });

  it("a person is found by the keyboard alone, with all that happened to them and the way to the audit", async () => {
    await page.goto(pages.people.path);
    await page.getByRole("heading", { name: people.start }).waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("kovac");
    await page.getByRole("table", { name: people.users }).waitFor();
    await page.keyboard.press("ArrowDown");
    await expect(page.evaluate("document.activeElement.textContent")).resolves.toBe("Ana Kovač");
    expect(await shown(page.getByRole("table", { name: people.rows }).getByText("No seat is free"))).toBe(true);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const pane = page.getByRole("complementary", { name: people.happened });
    await pane.getByText(texts.activity.steps["create_customer_user"] ?? "").waitFor();
    expect(await unreadable(page)).toEqual([]);
    await pane.getByRole("link", { name: texts.activity.audit }).click();
    await page.waitForURL(new RegExp(`/audit\\?user=.*${userId}`));
    expect(await shown(page.getByRole("row", { name: /Department/ }))).toBe(true);
  });

  it("one of many customers and one of many agents is found by typing, in the audit, the batches and the grants", async () => {
    const { db } = stage.app;
    const [last] = await db.sql<{ id: string }[]>`
      with made as (
        insert into customers (id, name) select gen_random_uuid(), 'Branch ' || lpad(no::text, 3, '0')
        from generate_series(1, 150) no returning id, name
      ) select id from made where name = 'Branch 150'`;
    const [agent] = await db.sql<{ id: string }[]>`
      with made as (
        insert into agents (id, name, email) select gen_random_uuid(), 'Colleague ' || lpad(no::text, 3, '0'),
          'colleague' || no || '@muster.example' from generate_series(1, 150) no returning id, name
      ) select id from made where name = 'Colleague 150'`;
    const choose = async (pills: string, pill: string, typed: string) => {
      await page.getByRole("group", { name: pills }).getByRole("button", { name: pill, exact: true }).click();
      await page.getByRole("textbox", { name: kit.filters.search(pill) }).fill(typed);
      await page.getByRole("button", { name: typed, exact: true }).click();
      await page.getByRole("button", { name: kit.filters.is(pill, typed) }).waitFor();
    };
    await page.goto(pages.audit.path);
    await choose(audit.filters, audit.customer, "Branch 150");
    await choose(audit.filters, audit.agent, "Colleague 150");
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject({
      customer: last?.id,
      agent: agent?.id,
    });
    // Opened anew, a filter knows the name of what it is set to.
    await page.reload();
    await page.getByRole("button", { name: kit.filters.is(audit.customer, "Branch 150") }).waitFor();
    await page.getByRole("button", { name: kit.filters.is(audit.agent, "Colleague 150") }).waitFor();
    await page.goto(pages.batches.path);
    const { label, customer: byCustomer, who } = texts.list.filters;
    await choose(label, byCustomer, "Branch 150");
    await choose(label, who, "Colleague 150");
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject({ customer: last?.id, who: agent?.id });
    await page.goto(`${pages.agents.path}?part=grants`);
    await choose(texts.grants.title, texts.grants.whom, "Colleague 150");
    expect(new URL(page.url()).searchParams.get("agent")).toBe(agent?.id);
  });

  it("a customer is renamed, and the audit of the customer tells it", async () => {
    await page.goto(pageAddress("customerAudit", { customerId: customer.id }));
    await page.getByRole("button", { name: head.rename }).click();
    await dialog().getByLabel(newCustomer.name).fill("");
    await dialog().getByRole("button", { name: texts.common.save }).click();
    await dialog().getByText(newCustomer.nameMissing).waitFor();
    expect(await unreadable(page)).toEqual([]);
    await dialog().getByLabel(newCustomer.name).fill("Kovač Import");
    await dialog().getByRole("button", { name: texts.common.save }).click();
    await page.getByRole("heading", { level: 1, name: "Kovač Import" }).waitFor();
    await page.goto(pageAddress("customerAudit", { customerId: customer.id }));
    expect(await shown(page.getByRole("row", { name: /Kovač Import/ }))).toBe(true);
  });

  it("the vendor's table is shown with what it would change before it is taken in, and its products can be given", async () => {
    await page.goto(pages.customers.path);
    await page.getByRole("button", { name: catalog.open }).click();
    const csv = [
      "Product_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,Service_Plans_Included_Friendly_Names",
      "Widgets Pro,WIDGETS_PRO,11111111-aaaa-4aaa-8aaa-000000000001,WIDGET_A,22222222-bbbb-4bbb-8bbb-00000000000a,Widget A",
    ].join("\r\n");
    await dialog().locator("input[type=file]").setInputFiles(catalogue("Name\r\nWidgets"));
    await dialog().locator('[data-code="catalog_unrecognised"]').waitFor();
    await dialog().locator("input[type=file]").setInputFiles(catalogue(csv));
    await dialog()
      .getByText(catalog.counts(1, 0, 0))
      .waitFor();
    expect(await imported()).toEqual([]);
    expect(await unreadable(page)).toEqual([]);
    await dialog()
      .getByRole("button", { name: catalog.submitCount(1) })
      .click();
    await page.getByText(catalog.done(1, 0)).waitFor();
    expect(await imported()).toEqual([{ name: "Widgets Pro" }]);

    await page.goto(pageAddress("products", { customerId: customer.id }));
    await page.getByRole("button", { name: products.add }).click();
    await pick(page, dialog().getByRole("combobox", { name: products.name }), "widg", /^Widgets Pro/);
    await dialog().getByLabel(products.total).fill("3");
    expect(await unreadable(page)).toEqual([]);
    await dialog().getByRole("button", { name: products.add }).click();
    expect(await shown(page.getByRole("row", { name: /Widgets Pro/ }))).toBe(true);
  });

  it("a marketplace product is added with its publisher, and seats of a subscription that ran out are set", async () => {
    await page.goto(pageAddress("products", { customerId: customer.id }));
    await page.getByRole("button", { name: products.add }).click();
    await dialog().getByRole("radio", { name: products.fromMarketplace }).check();
    await dialog().getByRole("button", { name: products.add }).click();
    await dialog().getByText(products.addressWrong).waitFor();
    expect(await unreadable(page)).toEqual([]);
    await dialog().getByLabel(products.productName).fill("Time Sheets");
    await dialog().getByLabel(products.part).fill("TIME_SHEETS");
    await dialog().getByLabel(products.address).fill("https://sheets.example/licenses");
    await dialog().getByLabel(products.total).fill("8");
    await dialog().getByRole("button", { name: products.add }).click();
    const row = page.getByRole("row", { name: /Time Sheets/ });
    await expect(row.getByRole("link").getAttribute("href")).resolves.toBe("https://sheets.example/licenses");
    await row.getByRole("button", { name: products.change }).click();
    await dialog().getByLabel(products.warning).fill("9");
    await dialog().getByRole("button", { name: texts.common.save }).click();
    await dialog().getByText(products.warningHigh(8)).waitFor();
    expect(await unreadable(page)).toEqual([]);
    await dialog().getByLabel(products.warning).fill("3");
    await dialog().getByLabel(products.suspended).fill("2");
    await dialog().getByRole("button", { name: texts.common.save }).click();
    expect(await shown(row.getByText(`${products.inWarning(3)} · ${products.areSuspended(2)}`))).toBe(true);
    const kept = await stage.app.db.sql`
      select total, warning, suspended, publisher_address as address from products where sku_part_number = 'TIME_SHEETS'`;
    expect(kept).toEqual([{ total: 8, warning: 3, suspended: 2, address: "https://sheets.example/licenses" }]);
  });

  it("no page met an error of its script", () => {
    expect(stage.errors).toEqual([]);
  });
});
