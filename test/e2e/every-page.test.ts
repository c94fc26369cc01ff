import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pageAddress, type PageName, pageNames, pages } from "../../contract/pages.ts";
import { texts } from "./texts.ts";
import { changeable } from "./acts.ts";
import { enter, press } from "./keys.ts";
import { unreadable } from "./unreadable.ts";
import { openStage, type Stage } from "./stage.ts";

const longName = "Bartholomäus-Maximilian von Hohenzollern-Sigmaringen-Überlingen";
const rows = Array.from({ length: 30 }, (_, at) => `user${at}@DOMAIN,Person ${at},SE,SPE_E3`);
const csv = (domain: string) =>
  [
    "User name,Display name,Usage location,Licenses",
    `a.very.long.sign.in.name.that.wants.room@DOMAIN,${longName},SE,SPE_E3`,
    "broken@@DOMAIN,Broken,SE,",
    "far@elsewhere.example,Far Away,Nowhereland,",
    ...rows,
  ]
    .join("\r\n")
    .replaceAll("DOMAIN", domain);

type FramedPage = Exclude<PageName, "signIn">;
/** Every page but the sign-in, which is looked at before there is a session. */
const framedPages = pageNames.filter((name): name is FramedPage => name !== "signIn");
const addressNames = [
  ...framedPages,
  "one user",
  "a plan",
  "a row of a plan",
  "the columns of a plan",
  "the options of a plan",
  "a file without a header",
  "an address that leads nowhere",
  "a batch that is not there",
] as const;
const look = { timeout: 120_000 };

let stage: Stage;
let page: Page;
let addresses: Record<(typeof addressNames)[number], string>;
beforeAll(async () => {
  stage = await openStage();
  const { app } = stage;
  const customer = await app.makeCustomer([
    { skuPartNumber: "SPE_E3", total: 20 },
    { skuPartNumber: "M365_Copilot", total: 0 },
  ]);
  const done = await app.upload(customer.id, csv(customer.domain), "&fileName=people.csv");
  await app.apply(done.id);
  await app.finished(done.id);
  const planned = await app.upload(customer.id, csv(customer.domain), "&fileName=people.csv&onExisting=update");
  const headerless = await app.upload(
    customer.id,
    "a.b@DOMAIN,Ana,Broz\r\nc.d@DOMAIN,Cem,Dal".replaceAll("DOMAIN", customer.domain),
  );
  const user = await app.db.sql<{ id: string }[]>`
    select id from users where customer_id = ${customer.id} order by display_name limit 1`;
  const admin = await app.db.sql<{ id: string }[]>`select id from agents order by id limit 1`;
  const many = await app.request<{ id: string }>("/v1/bundles?operation=create-users&fileName=people.csv", {
    csv: csv(customer.domain),
  });
  const parts = {
    customerId: customer.id,
    batchId: done.id,
    agentId: admin[0]?.id ?? "",
    userId: user[0]?.id ?? "",
    bundleId: many.body.id,
  };
  addresses = {
    ...(Object.fromEntries(framedPages.map((name) => [name, pageAddress(name, parts)])) as Record<FramedPage, string>),
    "one user": `${pageAddress("users", parts)}?user=${user[0]?.id ?? ""}`,
    "a plan": batchPage(planned.id),
    "a row of a plan": `${batchPage(planned.id)}?plan=invalid&row=2`,
    "the columns of a plan": `${batchPage(planned.id)}?step=columns`,
    "the options of a plan": `${batchPage(planned.id)}?step=options`,
    "a file without a header": batchPage(headerless.id),
    "an address that leads nowhere": "/nowhere",
    "a batch that is not there": batchPage("01890000-0000-7000-8000-000000000000"),
  };
  page = await stage.open();
  await page.goto("/");
}, 240_000);
afterAll(() => stage.close());

describe("every page", () => {
  it("the sign-in reads well in each theme, and nothing is cut off on a phone", async () => {
    await page.getByLabel(texts.signIn.email, { exact: true }).waitFor();
    expect(await unreadable(page)).toEqual([]);
    await stage.signIn(page, "/");
    await page.getByRole("heading", { level: 1, name: pages.home.title }).waitFor();
  });

  it.each(addressNames)("%s reads well in each theme, and nothing is cut off on a phone", look, async (name) => {
    await page.goto(addresses[name]);
    await page.getByRole("heading").first().waitFor();
    await page.waitForLoadState("networkidle");
    // The page of an address that leads nowhere would read well in the place of every other one.
    const lost = await page.getByRole("heading", { name: texts.notFound.title }).count();
    expect(lost > 0 && name in pages).toBe(false);
    expect(await unreadable(page)).toEqual([]);
  });

  it("the dialogs do as well", async () => {
    await page.goto("/customers");
    await page.getByRole("button", { name: texts.customers.add }).first().click();
    await page.getByRole("dialog").waitFor();
    await page.getByRole("button", { name: texts.newCustomer.addProduct }).click();
    expect(await unreadable(page)).toEqual([]);
  });

  it("an open cell does, with what is wrong with it", async () => {
    await page.goto(addresses["a plan"] ?? "");
    await changeable(page, "broken@@").click();
    await page.getByRole("tooltip").waitFor();
    expect(await unreadable(page)).toEqual([]);
  });

  it("a field without a label is found, and a text that is too pale in one theme alone", async () => {
    await page.goto("/batches");
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.evaluate(`{
      const planted = document.createElement("p");
      planted.append("Planted", document.createElement("input"));
      document.querySelector("main").append(planted);
      const pale = new CSSStyleSheet();
      pale.replaceSync("html[data-theme=dark] main > p { color: #333; }");
      document.adoptedStyleSheets.push(pale);
    }`);
    const found = (await unreadable(page)).filter((one) => one.includes("<input>") || one.includes("Planted"));
    expect(found.map((one) => one.slice(0, one.indexOf(" <")))).toEqual([
      "light, 1440 px: label",
      "dark, 1440 px: color-contrast",
      "light, 390 px: label",
      "dark, 390 px: color-contrast",
    ]);
  });

  it("the theme that is chosen wins over the system's and is kept", async () => {
    await page.goto("/batches");
    await page.getByRole("button", { name: texts.nav.theme }).click();
    await page.getByRole("menuitemradio", { name: texts.nav.themes.dark }).click();
    await page.reload();
    await page.getByRole("button", { name: texts.nav.theme }).waitFor();
    await expect(page.evaluate("document.documentElement.dataset.theme")).resolves.toBe("dark");
  });

  it("a customer is found and a user is opened by the keyboard alone", async () => {
    await page.goto("/customers");
    await page.getByRole("link", { name: /^Customer / }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await enter(page, page.getByRole("link", { name: /^Customer / }));
    await page.getByRole("region", { name: texts.users.list }).waitFor();
    await press(page, "Tab", page.getByRole("gridcell"));
    await enter(page, page.getByRole("gridcell", { name: longName, exact: true }), "ArrowRight");
    await page.getByRole("complementary").getByRole("heading", { name: longName }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("complementary").waitFor({ state: "detached" });
    await expect(page.evaluate("document.activeElement.textContent")).resolves.toBe(longName);
  });

  it("signing out leads to the sign-in at the same address", async () => {
    await page.getByRole("button", { name: /^Signed in as/ }).click();
    await page.getByRole("menuitem", { name: texts.nav.signOut }).click();
    await page.getByLabel(texts.signIn.email, { exact: true }).waitFor();
    await page.goto("/queues");
    await page.waitForURL(/\/sign-in\?next=(?:%2F|\/)queues/);
    await page.getByLabel(texts.signIn.email, { exact: true }).fill(stage.app.admin.email);
    await page.getByLabel(texts.signIn.password).fill(stage.app.admin.password);
    await page.getByRole("button", { name: texts.signIn.submit }).click();
    await page.waitForURL(/\/queues/);
    expect(new URL(page.url()).pathname).toMatch(/^\/queues/);
  });

  it("no page had an error in its script", () => {
    expect(stage.errors).toEqual([]);
  });
});

function batchPage(batchId: string): string {
  return pageAddress("batch", { batchId });
}
