import type { Locator, Page } from "playwright-core";
import type { Prepared } from "./prepare-dialogs.ts";

/** A field with what is typed into it; true checks a box or a radio button. */
export type Typed = [field: Locator, text: string | true];

/** A dialog, a side panel, a step of a wizard, a pane beside a list or an open menu. */
export type DialogEntry = {
  /** The files of ui/ that draw it. */
  files: readonly `${string}.tsx`[];
  /** Opens it from anywhere in the pages, and waits until it stands. */
  open: (page: Page, at: Prepared) => Promise<void>;
  /** What is typed into it for a start; it has to be there again after a reload. */
  typed?: (page: Page, at: Prepared) => Typed[];
  /** Why what is typed into it is not kept. */
  notKept?: string;
  /** Whether its address opens it. */
  byAddress?: true;
};

/** The dialog that stands uppermost. */
export function dialog(page: Page): Locator {
  return page.getByRole("dialog").last();
}

/** A button of the uppermost dialog. */
export function buttonOf(page: Page, name: string): Locator {
  return dialog(page).getByRole("button", { name, exact: true });
}

/** Opens a page, presses the button that opens a dialog, and waits for it. */
export async function press(page: Page, path: string, name: string): Promise<void> {
  await page.goto(path);
  await page.getByRole("button", { name, exact: true }).first().click();
  await dialog(page).waitFor();
}
