import type { Page } from "playwright-core";

/** What an agent's hands do: presses of the mouse, and of keys. */
export type Effort = { clicks: number; keys: number };

const script = `(() => {
  const spent = { clicks: 0, keys: 0 };
  addEventListener("pointerdown", (event) => { if (event.isTrusted) spent.clicks += 1; }, true);
  addEventListener("keydown", (event) => { if (event.isTrusted) spent.keys += 1; }, true);
  window.spent = spent;
})()`;

/** Counts from now on, in every document that `on` shows, what the browser itself hears of the mouse and the keyboard. */
export async function countEffort(on: Page): Promise<void> {
  await on.addInitScript(script);
}

/** What `walk` needs, all within one document. */
export async function effortOf(on: Page, walk: () => Promise<void>): Promise<Effort> {
  const spent = async () =>
    await on.evaluate<Effort & { document: number }>("({ ...spent, document: performance.timeOrigin })");
  const before = await spent();
  await walk();
  const after = await spent();
  if (after.document !== before.document) throw new Error("the walk left the document in which it was counted");
  return { clicks: after.clicks - before.clicks, keys: after.keys - before.keys };
}
