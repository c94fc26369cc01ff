import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const require = createRequire(import.meta.url);
// Half as long as what `axe.source` has, and every page that is opened reads it.
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const looks = [
  ["light", { colorScheme: "light", contrast: "no-preference" }, null],
  // Only the colors are other ones.
  ["dark", { colorScheme: "dark", contrast: "no-preference" }, ["color-contrast"]],
  ["contrast", { colorScheme: "dark", contrast: "more" }, ["color-contrast"]],
] as const;

/** What is open over the page. */
const overPage = ":is([aria-modal=true], .fui-MenuPopover, .fui-PopoverSurface)";

/** What axe finds in the three themes, wide and narrow, and the texts that leave the screen of a phone. */
export async function unreadable(on: Page): Promise<string[]> {
  // By the debugger's way in, because the content policy forbids a script that is not a file of ours.
  await on.evaluate(`if (window.axe === undefined) { ${axe} }`);
  const found: string[] = [];
  const size = on.viewportSize();
  for (const viewport of [size, { width: 390, height: 844 }]) {
    if (viewport === null) continue;
    await on.setViewportSize(viewport);
    for (const [theme, media, runOnly] of looks) {
      await on.emulateMedia({ ...media, reducedMotion: "reduce" });
      await on.locator(`html[data-theme="${theme}"]`).waitFor({ state: "attached" });
      await drawn(on);
      for (const violation of await violations(on, runOnly)) found.push(`${theme}, ${viewport.width} px: ${violation}`);
    }
  }
  await on.emulateMedia({ colorScheme: "light", contrast: "no-preference" });
  for (const text of await cutOff(on)) found.push(`cut off: ${text}`);
  if (size !== null) await on.setViewportSize(size);
  return found;
}

/** Waits for the frames after a change: a page follows its new size in them, and colors that fade have their last value. */
async function drawn(on: Page): Promise<void> {
  await on.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
}

async function violations(on: Page, rules: readonly string[] | null): Promise<string[]> {
  // What lies behind a dialog or a menu has a look of its own without it. A menu stands in no landmark of the page.
  return await on.evaluate<string[]>(`(async () => {
    const over = document.querySelector(${JSON.stringify(overPage)}) !== null;
    const rules = ${JSON.stringify(rules)};
    const which = rules === null ? { rules: { region: { enabled: !over } } } : { runOnly: { type: "rule", values: rules } };
    // The library's marks at the ends of a group pass the focus on at once; nobody stays on one.
    const context = { include: [[over ? ${JSON.stringify(overPage)} : "html"]], exclude: [["[data-tabster-dummy]"]] };
    // What passes, and where each element stands, takes axe longer to write down than to find.
    const result = await axe.run(context, { ...which, resultTypes: ["violations"], selectors: false });
    return result.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + " " + html.slice(0, 160)));
  })()`);
}

/** Texts that begin or end beyond the screen, or that the page could be moved sideways to see. */
async function cutOff(on: Page): Promise<string[]> {
  return await on.evaluate<string[]>(`(() => {
    const width = document.documentElement.clientWidth;
    const found = document.documentElement.scrollWidth > width ? ["the page is wider than the screen"] : [];
    // What lies behind a dialog is not to be read.
    const over = document.querySelector("[aria-modal=true]") !== null;
    for (const element of document.querySelectorAll(over ? "[aria-modal=true] *" : "#root *, [role=dialog] *")) {
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
      if (!own || !element.checkVisibility({ visibilityProperty: true })) continue;
      const style = getComputedStyle(element);
      const { left, right, width: wide } = element.getBoundingClientRect();
      if (wide <= 1 || element.closest(".visually-hidden, thead, [role=columnheader]")) continue;
      const hidden = element.scrollWidth > element.clientWidth + 1 && style.overflowX === "hidden"
        && style.textOverflow !== "ellipsis" && style.display !== "inline";
      if (left < -1 || right > width + 1 || hidden) found.push(element.textContent.slice(0, 60));
    }
    return found;
  })()`);
}
