import type { Page } from "playwright-core";

/** What has to stand on a page: `text` within an element that `selector` finds. */
export type Awaited = { selector: string; text: string };

/** Milliseconds from the start of a navigation until what is awaited is painted. The page must be on its way. */
export async function paintedAfterOpening(page: Page, awaited: Awaited): Promise<number> {
  return await page.evaluate<number>(`(async () => { let from = 0; ${painted(awaited)} })()`);
}

/**
 * Milliseconds from the first `event` that `act` causes, by the clock of the browser, until what is awaited is painted: what
 * the driver of the browser does before it is not counted.
 * @throws Error where it stood there before
 */
export async function paintedAfter(
  page: Page,
  event: "click" | "input" | "keydown",
  awaited: Awaited,
  act: () => Promise<void>,
): Promise<number> {
  // In the page before the act, and a step of its own: were it one with what waits, the act could come before it.
  await page.evaluate(`(() => {
    if (${stands(awaited)}) throw new Error("stands there already: " + ${JSON.stringify(awaited.text)});
    window.painted = (async () => {
      let from = Infinity;
      addEventListener(${JSON.stringify(event)}, ({ timeStamp }) => { from = timeStamp; }, { capture: true, once: true });
      ${painted(awaited)}
    })();
  })()`);
  await act();
  return await page.evaluate<number>("window.painted");
}

/** Script that looks once a frame, and reads the clock in the frame behind the one that paints what is awaited. */
function painted(awaited: Awaited): string {
  return `const frame = () => new Promise(requestAnimationFrame);
    do await frame(); while (!(${stands(awaited)}));
    await frame();
    return performance.now() - from;`;
}

function stands({ selector, text }: Awaited): string {
  return `[...document.querySelectorAll(${JSON.stringify(selector)})].some((one) => one.textContent.includes(${JSON.stringify(text)}))`;
}
