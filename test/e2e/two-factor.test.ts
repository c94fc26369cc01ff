import { afterAll, beforeAll, expect, it } from "vitest";
import { texts } from "./texts.ts";
import { makeColleague } from "../support/agents.ts";
import { cookieJar } from "../support/cookie-jar.ts";
import { freshTotpCode } from "../support/totp.ts";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 240_000);
afterAll(() => stage.close());

it("an agent with an authenticator app is asked for its code, and gets in with it", async () => {
  const { app } = stage;
  const { email, password } = await makeColleague(app);
  const browser = cookieJar();
  const post = (path: string, json: object) => browser.request(`${app.url}/api/auth${path}`, { json });
  await post("/sign-in/email", { email, password });
  const { totpURI } = (await (await post("/two-factor/enable", { password })).json()) as { totpURI: string };
  await post("/two-factor/verify-totp", { code: freshTotpCode(totpURI) });

  const page = await stage.open();
  await page.goto("/customers");
  await page.getByLabel(texts.signIn.email, { exact: true }).fill(email);
  await page.getByLabel(texts.signIn.password).fill(password);
  await page.getByRole("button", { name: texts.signIn.submit }).click();
  await page.getByLabel(texts.signIn.code).fill("000000");
  await page.getByRole("button", { name: texts.signIn.submit }).click();
  await page.getByText(texts.signIn.wrongCode).waitFor();
  await page.getByLabel(texts.signIn.code).fill(freshTotpCode(totpURI));
  await page.getByRole("button", { name: texts.signIn.submit }).click();
  await page.locator("#content").waitFor();
  expect(stage.errors).toEqual([]);
});
