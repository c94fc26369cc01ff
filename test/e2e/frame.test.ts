import { EventEmitter, once } from "node:events";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pageAddress, pages } from "../../contract/pages.ts";
import { refuse } from "./acts.ts";
import { find } from "./keys.ts";
import { texts } from "./texts.ts";
import { unreadable } from "./unreadable.ts";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
let page: Page;
let customers: { id: string; domain: string }[];
let names: string[];
beforeAll(async () => {
  stage = await openStage();
  const { app } = stage;
  customers = [await app.makeCustomer([]), await app.makeCustomer([])];
  const rows = await app.db.sql<{ id: string; name: string }[]>`select id, name from customers`;
  names = customers.map(({ id }) => rows.find((row) => row.id === id)?.name ?? "");
  const [{ id, domain } = { id: "", domain: "" }] = customers;
  const batch = await app.upload(id, `User name,Display name\r\nzoe@${domain},Zoë Quist`, "&fileName=spring.csv");
  await app.apply(batch.id);
  await app.finished(batch.id);
  page = await stage.open();
  await stage.signIn(page, "/");
}, 240_000);
afterAll(() => stage.close());

const field = () => page.getByRole("dialog").getByRole("combobox");
const option = (name: string) => page.getByRole("option", { name });

describe("the frame around the pages", () => {
  it("the palette leads to a page, a customer, a user and a batch by a few letters", async () => {
    await find(page, "aud", pages.audit.title);
    await page.waitForURL(pages.audit.path);
    await find(page, names[1] ?? "", names[1] ?? "");
    await page.waitForURL(`**${pageAddress("users", { customerId: customers[1]?.id ?? "" })}`);
    await find(page, "spring", "spring.csv");
    await page.getByRole("heading", { level: 1, name: "spring.csv" }).waitFor();
    await find(page, "quist", "Zoë Quist");
    await page.getByRole("complementary").getByRole("heading", { name: "Zoë Quist" }).waitFor();
    expect(new URL(page.url()).pathname).toBe(pageAddress("users", { customerId: customers[0]?.id ?? "" }));
  });

  it("whoever types fast and presses Enter at once gets what was typed, not what the palette offered before", async () => {
    await page.goto(pages.home.path);
    await page.getByRole("table").first().waitFor();
    await page.keyboard.press("Control+k");
    await field().waitFor();
    await page.keyboard.insertText("audit");
    await page.keyboard.press("Enter");
    await expect.poll(() => new URL(page.url()).pathname).toBe(pages.audit.path);
  });

  it("the palette does what the page offers: greyed with its reason before somebody is selected, and done after", async () => {
    const { label, title } = texts.acts.deleteUsers;
    await page.goto(pageAddress("users", { customerId: customers[0]?.id ?? "" }));
    await page.getByRole("button", { name: label }).waitFor();
    await page.keyboard.press("Control+k");
    await field().fill("delete user");
    await option(label).waitFor();
    expect(await option(label).getAttribute("aria-disabled")).toBe("true");
    expect(await option(label).innerText()).toContain(texts.commands.selectFirst);
    await option(label).click({ force: true });
    expect(await field().count()).toBe(1);
    expect(await unreadable(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("checkbox", { name: texts.selection.select("Zoë Quist") }).check();
    await find(page, "delete user", label);
    await page
      .getByRole("dialog")
      .getByRole("heading", { name: title("Zoë Quist") })
      .waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await find(page, "sign out", texts.nav.signOut);
    await page.getByLabel("Password").waitFor();
    await stage.signIn(page, "/");
  });

  it("the switcher leads to the same page of another customer", async () => {
    await page.goto(pageAddress("products", { customerId: customers[0]?.id ?? "" }));
    await page.getByRole("button", { name: texts.switcher.label(names[0] ?? "") }).click();
    await option(names[1] ?? "").click();
    await page.waitForURL(`**${pageAddress("products", { customerId: customers[1]?.id ?? "" })}`);
    await page.getByRole("heading", { level: 1, name: names[1] ?? "" }).waitFor();
    expect(await page.title()).toContain(names[1]);
  });

  it("the switcher names the customer of a batch, and leads from it to the users of another", async () => {
    const [first, second] = customers;
    const { id } = await stage.app.upload(first?.id ?? "", "User name,Display name\nnew.one,New One\n");
    await page.goto(pageAddress("batch", { batchId: id }));
    await page.getByRole("button", { name: texts.switcher.label(names[0] ?? "") }).click();
    await option(names[1] ?? "").click();
    const { pathname } = new URL(pageAddress("users", { customerId: second?.id ?? "" }), stage.app.url);
    await expect.poll(() => new URL(page.url()).pathname).toBe(pathname);
  });

  it("g and a letter go to a page, ? shows the keys, / goes to the search, and none does so while one types", async () => {
    await page.goto(pages.home.path);
    await page.getByRole("heading", { level: 1, name: pages.home.title }).waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("c");
    await page.waitForURL(pages.customers.path);
    await page.getByRole("heading", { level: 1, name: pages.customers.title }).waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog").getByText(texts.shortcuts.palette).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("/");
    await page.keyboard.type("g?b");
    await expect(page.getByRole("searchbox").inputValue()).resolves.toBe("g?b");
    expect(new URL(page.url()).pathname).toBe(pages.customers.path);
  });

  it("the help says what the words of the page mean", async () => {
    await page.goto(pages.batches.path);
    await page.getByRole("button", { name: texts.help.open }).click();
    const panel = page.getByRole("dialog");
    await panel.getByRole("heading", { name: pages.batches.title }).waitFor();
    await expect(panel.locator("dt").allInnerTexts()).resolves.toContain("Cause");
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
  });

  it("a page whose code is slow to come says so inside the frame, which is there at once", async () => {
    const gate = new EventEmitter();
    const held = once(gate, "open");
    await page.route("**/assets/AuditPage-*", async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(pages.audit.path, { waitUntil: "commit" });
    await page.getByRole("navigation").first().waitFor();
    await page.getByRole("main").getByText(texts.common.loading).waitFor();
    expect(await page.getByRole("table").count()).toBe(0);
    gate.emit("open");
    await page.getByRole("table", { name: pages.audit.title }).waitFor();
  });

  it("pages come back by themselves once the server does", async () => {
    const answer = await refuse(page, "**/v1/audit*");
    await page.goto(pages.audit.path);
    await page.locator('[data-code="unreachable"]').waitFor();
    answer();
    await page.getByRole("table", { name: pages.audit.title }).waitFor();
    expect(await page.locator('[data-code="unreachable"]').count()).toBe(0);
  });

  it("a page that shows what it read says when the server went away, and takes that back once it answers", async () => {
    await page.goto(pages.customers.path);
    await page.getByRole("table", { name: pages.customers.title }).waitFor();
    const notice = page.getByText(texts.away);
    expect(await notice.count()).toBe(0);
    const search = page.getByRole("searchbox").first();
    const gate = new EventEmitter();
    const held = once(gate, "answer");
    await page.route("**/v1/customers?**", async (route) => {
      const response = await route.fetch();
      await held;
      await route.fulfill({ response });
    });
    const asked = page.waitForRequest("**/v1/customers?**");
    await search.fill("w");
    const late = await asked;
    await page.context().setOffline(true);
    await notice.waitFor();
    // An answer that was under way does not say that the network is there.
    gate.emit("answer");
    expect((await late.response())?.status()).toBe(200);
    expect(await notice.count()).toBe(1);
    expect(await unreadable(page)).toEqual([]);
    await page.context().setOffline(false);
    await notice.waitFor({ state: "detached" });
    const answer = await refuse(page, "**/v1/**", (route) => route.fulfill({ status: 502, body: "" }));
    await search.fill("x");
    await notice.waitFor();
    answer();
    await notice.waitFor({ state: "detached" });
  });

  it("an open dialog leaves the head of a scrolled page where it is", async () => {
    await page.setViewportSize({ width: 1440, height: 320 });
    await page.goto(pages.home.path);
    await page.getByRole("table").first().waitFor();
    await page.mouse.wheel(0, 200);
    await expect.poll(() => page.evaluate<number>("scrollY")).toBeGreaterThan(100);
    await page.keyboard.press("Control+k");
    await field().waitFor();
    await expect(page.evaluate("document.querySelector('header').getBoundingClientRect().top")).resolves.toBe(0);
    await page.keyboard.press("Escape");
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it("an agent without a grant is told so, and not offered a customer to make", async () => {
    const { app } = stage;
    const email = "sal@muster.example";
    const password = "a first password";
    const json = { name: "Sal", email, partnerRole: "salesAgent", password };
    expect((await app.request("/v1/agents", { json })).status).toBe(201);
    const sal = await stage.open();
    await stage.signIn(sal, pages.customers.path, { email, password });
    await sal.getByRole("heading", { name: texts.customers.noGrant }).waitFor();
    const add = sal.getByRole("button", { name: texts.customers.add });
    await expect(add.getAttribute("aria-disabled")).resolves.toBe("true");
    const says = await add.getAttribute("aria-describedby");
    await expect(sal.locator(`[id="${says}"]`).innerText()).resolves.toContain("Admin agent");
    await sal.close();
  });

  it("no page had an error in its script", () => {
    expect(stage.errors).toEqual([]);
  });
});
