import { readFile } from "node:fs/promises";
import type { Locator, Page, Route } from "playwright-core";
import { workbookType } from "../../contract/media-types.ts";
import { texts } from "./texts.ts";
import type { Stage } from "./stage.ts";

/** Picks a file on the upload page and has it checked; a buffer is a workbook. */
export async function choose(on: Page, name: string, content: string | Buffer): Promise<void> {
  const mimeType = typeof content === "string" ? "text/csv" : workbookType;
  await on.locator("input[type=file]").setInputFiles({ name, mimeType, buffer: Buffer.from(content) });
  await on.getByRole("button", { name: texts.upload.submit }).click();
}

/** The number beside `word` in the legend of the bar. */
export async function countOf(on: Page, word: string): Promise<number> {
  const entry = on.getByRole("listitem").filter({ has: on.getByText(word, { exact: true }) });
  return Number.parseInt((await entry.first().innerText()).replaceAll(",", ""), 10);
}

/** Waits until `word` stands in the legend of the bar with `count`. */
export async function counted(on: Page, word: string, count: number): Promise<boolean> {
  const entry = on.getByRole("listitem").filter({ has: on.getByText(word, { exact: true }) });
  return await shown(entry.filter({ hasText: new RegExp(`^${count.toLocaleString("en-GB")}\\s*${word}`) }));
}

/** Downloads a file of a batch by the word in its menu, and gives its text. */
export async function download(on: Page, item: string): Promise<string> {
  await on.getByRole("button", { name: texts.batch.downloads }).click();
  const [file] = await Promise.all([on.waitForEvent("download"), on.getByRole("menuitem", { name: item }).click()]);
  return await readFile(await file.path(), "utf8");
}

/** Waits for `what` to stand on the page. */
export async function shown(what: Locator): Promise<boolean> {
  await what.first().waitFor();
  return true;
}

/** Types into a field that searches, as a person does, and takes the choice that it offers. */
export async function pick(on: Page, field: Locator, typed: string, choice: string | RegExp): Promise<void> {
  await field.click();
  await field.pressSequentially(typed);
  await on.getByRole("option", { name: choice }).click();
}

/** The cell with `text` among those that can be changed. */
export function changeable(within: Page | Locator, text: string): Locator {
  return within.locator('[data-opens="true"]', { hasText: text });
}

/** The open cell of a batch's rows. */
export function openCell(on: Page, label: string): Locator {
  return on.getByRole("textbox", { name: texts.cells.edit(label), exact: true });
}

/** Uses a command over the list of users, from the menu at the end of the bar where it has no room in it. */
export async function useCommand(on: Page, name: string): Promise<void> {
  const bar = on.getByRole("toolbar", { name: texts.commands.bar });
  const button = bar.getByRole("button", { name, exact: true });
  await bar.getByRole("button").first().waitFor();
  if (await button.isVisible()) {
    await button.click();
    return;
  }
  await bar.getByRole("button", { name: texts.common.more, exact: true }).click();
  await on.getByRole("menuitem", { name, exact: true }).click();
}

/**
 * Refuses what a page asks of `address`, until the function that it gives is called. The route stays after that: where
 * the last one is taken away, Chromium loses requests that are under way, and the page waits for them for ever.
 */
export async function refuse(
  on: Page,
  address: string,
  answer: (route: Route) => Promise<void> = (route) => route.abort(),
): Promise<() => void> {
  let refused = true;
  await on.route(address, (route) => (refused ? answer(route) : route.fallback()));
  return () => void (refused = false);
}

/** Loads a page again on which something stands half filled: the browser asks before. */
export async function reloadHalfFilled(on: Page): Promise<void> {
  const asked = on.waitForEvent("dialog");
  const reloading = on.reload();
  await (await asked).accept();
  await reloading;
}

/** Makes an agent who may do everything with the users of a customer, for a day. */
export async function makeColleague({ app }: Stage, customerId: string): Promise<{ email: string; password: string }> {
  const colleague = { email: "bo.colleague@partner.example", password: "one password 1" };
  const { body: agent } = await app.request<{ id: string }>("/v1/agents", {
    json: { name: "Bo Colleague", partnerRole: "adminAgent", ...colleague },
  });
  await app.request(`/v1/customers/${customerId}/grants`, {
    json: { agentId: agent.id, role: "userAdministrator", days: 1 },
  });
  return colleague;
}

/**
 * Presses `button` of a page whose session is over. The page may have found that out by a question of its own, and then
 * its dialog lies over the button: so the press goes to the button itself, not to what lies at its place.
 */
export async function pressBehindDialog(button: Locator): Promise<void> {
  await button.dispatchEvent("click");
}

/** Signs in again in the dialog that stands over a page whose session is over. */
export async function signInAgain(
  on: Page,
  { app }: Stage,
  agent: { email: string; password: string } = app.admin,
): Promise<void> {
  const dialog = on.getByRole("alertdialog");
  await dialog.getByLabel(texts.signIn.email, { exact: true }).fill(agent.email);
  await dialog.getByLabel(texts.signIn.password).fill(agent.password);
  await dialog.getByRole("button", { name: texts.signIn.submit }).click();
  await dialog.waitFor({ state: "detached" });
}
