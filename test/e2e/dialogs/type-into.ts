import type { Locator, Page } from "playwright-core";
import { pick } from "../acts.ts";
import type { Typed } from "./dialog-entry.ts";

/** Fills in fields, checks boxes and takes choices, as an agent does. */
export async function typeInto(page: Page, typed: readonly Typed[]): Promise<void> {
  for (const [field, text] of typed) {
    if (text === true) await field.check();
    else if (await is(page, field, "select")) await field.selectOption(text);
    else if (await is(page, field, "[role=combobox]")) await pick(page, field, text, text);
    else await field.fill(text);
  }
}

/** What stands in these fields now, in the form in which it is typed. */
export async function standingIn(typed: readonly Typed[]): Promise<(string | boolean)[]> {
  return await Promise.all(
    typed.map(async ([field, text]) => (text === true ? await field.isChecked() : await field.inputValue())),
  );
}

async function is(page: Page, field: Locator, selector: string): Promise<boolean> {
  return (await field.and(page.locator(selector)).count()) > 0;
}
