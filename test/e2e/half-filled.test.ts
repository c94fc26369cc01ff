import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { pages } from "../../contract/pages.ts";
import { signInAgain } from "./acts.ts";
import { dialogs } from "./dialogs/dialogs.ts";
import { prepareDialogs, type Prepared } from "./dialogs/prepare-dialogs.ts";
import { standingIn, typeInto } from "./dialogs/type-into.ts";
import { openStage, type Stage } from "./stage.ts";
import { texts } from "./texts.ts";

const long = { timeout: 120_000 };
const patient = { timeout: 20_000 };
const forms = Object.entries(dialogs).flatMap(([name, { typed, ...entry }]) =>
  typed === undefined ? [] : [[name, { ...entry, typed }] as const],
);

let stage: Stage;
let context: BrowserContext;
let prepared: Prepared;
let cookies: Awaited<ReturnType<BrowserContext["cookies"]>>;
beforeAll(async () => {
  stage = await openStage();
  const page = await stage.open();
  context = page.context();
  await stage.signIn(page, pages.settings.path);
  prepared = await prepareDialogs(page, stage.app.admin.password, stage.app.key);
  cookies = await context.cookies();
  await page.close();
}, 300_000);
beforeEach(async () => {
  await context.addCookies(cookies);
  // Nobody signs in as often within a minute as these tests do.
  await stage.app.db.sql`delete from rate_limits`;
});
afterEach(async () => {
  // A test that fails is not to take the connections and the drafts of the next one.
  await context.pages()[0]?.evaluate("localStorage.clear()");
  for (const page of context.pages()) await page.close();
});
afterAll(() => stage.close());

/** A tab of the same browser, whose clock the test can put forward. */
async function openTab(): Promise<Page> {
  const page = await context.newPage();
  page.on("pageerror", (error) => stage.errors.push(error.message));
  await page.clock.install();
  return page;
}

/** Lets the session end while nobody looks at the page, and the agent come back to it. */
async function endSession(page: Page): Promise<void> {
  await context.clearCookies();
  await page.clock.fastForward(10_000);
  await page.evaluate("window.dispatchEvent(new Event('visibilitychange'))");
  await page.getByRole("alertdialog").waitFor();
}

describe("what stands half filled in a dialog, a panel or a step of a wizard", () => {
  it.each(forms)("%s is there after the session has ended, a reload and a closed tab", long, async (_name, form) => {
    const page = await openTab();
    await form.open(page, prepared);
    const typed = form.typed(page, prepared);
    const wanted = typed.map(([, text]) => text);
    await typeInto(page, typed);
    await endSession(page);
    await signInAgain(page, stage);
    await expect.poll(() => standingIn(typed), patient).toEqual(wanted);
    const address = page.url();
    const asked = page.waitForEvent("dialog");
    const reloading = page.reload();
    await (await asked).accept();
    await reloading;
    if (form.byAddress === undefined) await form.open(page, prepared);
    await expect.poll(() => standingIn(typed), patient).toEqual(wanted);
    await page.close();

    const other = await openTab();
    if (form.byAddress === undefined) await form.open(other, prepared);
    else await other.goto(address);
    await other.getByRole("button", { name: texts.draft.takeUp }).click();
    await expect.poll(() => standingIn(form.typed(other, prepared)), patient).toEqual(wanted);
  });

  it("no page had an error in its script", () => {
    expect(stage.errors).toEqual([]);
  });
});
