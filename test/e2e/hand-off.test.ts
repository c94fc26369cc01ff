import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import type { User } from "../../contract/user.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { launchBrowser } from "./browser.ts";

let app: TestApp;
let browser: Browser;
let page: Page;
const errors: string[] = [];
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser(join(inject("scratch"), "chromium"))]);
  page = await browser.newPage({ viewport: { width: 900, height: 700 } });
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
}, 120_000);
afterAll(async () => {
  await browser.close();
  await app.close();
});

it("a new user opens the link, takes the password to the account page and chooses one of their own", async () => {
  const customer = await app.makeCustomer();
  const csv = `User name,Display name\neva,Eva <b>Ruiz</b>\n`;
  await app.finished((await app.upload(customer.id, csv, "&apply=true")).id);
  const { body } = await app.request<{ items: User[] }>(`/v1/customers/${customer.id}/users`);
  const made = await app.request<{ url: string }>(`/v1/customers/${customer.id}/users/${body.items[0]?.id}/link`, {
    method: "POST",
  });
  await page.goto(made.body.url);
  await page.getByRole("button", { name: "Show it" }).click();
  await page.getByRole("heading", { name: "Eva <b>Ruiz</b>" }).waitFor();
  expect(page.url()).toBe(`${app.url}/link`);
  const name = await page.getByLabel("Username").inputValue();
  const password = await page.getByLabel("Temporary password").inputValue();
  expect(await page.getByRole("button", { name: "Show it" }).isVisible()).toBe(false);

  await page.getByRole("button", { name: "Choose your own password" }).click();
  await page.getByLabel("Username").fill(name);
  await page.getByLabel("Temporary password").fill(password);
  await page.getByLabel("New password", { exact: true }).fill("Mine, all mine 7");
  await page.getByLabel("New password again").fill("Mine, all mine 7");
  await page.getByRole("button", { name: "Set password" }).click();
  await page.getByRole("heading", { name: "Your password is set" }).waitFor();
  expect(errors).toEqual([]);

  await page.goto(made.body.url);
  await page.getByRole("button", { name: "Show it" }).click();
  await page.getByRole("alert").getByText("was opened before").waitFor();
});
