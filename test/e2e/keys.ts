import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

const mostPresses = 80;

/** Presses `key` until one of `targets` has the focus, where it can be seen. */
export async function press(on: Page, key: string, targets: Locator): Promise<void> {
  await targets.first().waitFor();
  for (let presses = 0; !(await hasFocus(targets)); presses += 1) {
    if (presses === mostPresses) throw new Error(`${key} does not lead to ${String(targets)}`);
    await on.keyboard.press(key);
  }
  await focusInSight(on);
}

/** Leads the focus to one of `targets` with `key`, and presses Enter there. */
export async function enter(on: Page, targets: Locator, key = "Tab"): Promise<void> {
  await press(on, key, targets);
  await ready(on, targets);
  await on.keyboard.press("Enter");
}

/** Waits until one of `targets` can be used: a dialog that is still reading what it asks about greys its buttons. */
export async function ready(on: Page, targets: Locator): Promise<void> {
  await targets.and(on.locator(":not([aria-disabled=true])")).first().waitFor();
}

/** Waits until `target` has the focus, where it can be seen. */
export async function focused(on: Page, target: Locator): Promise<void> {
  await target.and(on.locator(":focus")).waitFor();
  await focusInSight(on);
}

/** Waits until something has the focus and is to be seen: on the screen, under nothing else, and marked. */
export async function focusInSight(on: Page): Promise<void> {
  await expect.poll(() => on.evaluate<string>(whereFocusIs)).toBe("in sight");
}

/** Finds something by the palette and goes there. */
export async function find(on: Page, words: string, name: string | RegExp): Promise<void> {
  await on.keyboard.press("Control+k");
  const field = on.getByRole("dialog").getByRole("combobox");
  await field.waitFor();
  await on.keyboard.type(words);
  const option = on.getByRole("option", { name }).first();
  await option.waitFor();
  while ((await option.getAttribute("aria-selected")) !== "true") await on.keyboard.press("ArrowDown");
  await on.keyboard.press("Enter");
  await field.waitFor({ state: "detached" });
}

async function hasFocus(targets: Locator): Promise<boolean> {
  return await targets.evaluateAll((all: { matches(css: string): boolean }[]) =>
    all.some((one) => one.matches(":focus")),
  );
}

const whereFocusIs = `(() => {
  const one = document.activeElement;
  if (one === null || one === document.body) return "lost";
  const words = one.outerHTML.slice(0, 120);
  if (!one.matches(":focus-visible")) return "unmarked: " + words;
  const { left, top, right, bottom } = one.getBoundingClientRect();
  const [x0, x1] = [Math.max(0, left), Math.min(innerWidth, right)];
  const [y0, y1] = [Math.max(0, top), Math.min(innerHeight, bottom)];
  if (x0 >= x1 || y0 >= y1) return "out of sight: " + words;
  const over = document.elementFromPoint((x0 + x1) / 2, (y0 + y1) / 2);
  if (over !== null && (one.contains(over) || over.contains(one))) return "in sight";
  return "covered: " + words;
})()`;
