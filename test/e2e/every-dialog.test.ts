import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pages } from "../../contract/pages.ts";
import type { DialogEntry } from "./dialogs/dialog-entry.ts";
import { dialogs } from "./dialogs/dialogs.ts";
import { prepareDialogs, type Prepared } from "./dialogs/prepare-dialogs.ts";
import { openStage, type Stage } from "./stage.ts";
import { unreadable } from "./unreadable.ts";

const ui = fileURLToPath(new URL("../../ui/", import.meta.url));
/** What the library or the kit has for everything that opens over a page or beside a list. */
const parts =
  /<(?:Dialog|DialogSurface|AskDialog|ConfirmDialog|DraftDialog|ShownOnceDialog|LeaveDialog|SidePanel|DraftPanel|Wizard|DetailsPane|Drawer|MenuPopover|PopoverSurface)\b/;
/** Only drawn by the dialogs that are made of them. */
const madeOf = new Set(["kit/AskDialog.tsx", "kit/ConfirmDialog.tsx"]);
const look = { timeout: 120_000 };

let stage: Stage;
let page: Page;
let prepared: Prepared;
beforeAll(async () => {
  stage = await openStage();
  page = await stage.open();
  await stage.signIn(page, pages.settings.path);
  prepared = await prepareDialogs(page, stage.app.admin.password, stage.app.key);
}, 300_000);
afterAll(() => stage.close());

describe("every dialog", () => {
  it("is in the list: no file of the pages draws one that the list leaves out, and the list names no other file", async () => {
    const files = (await readdir(ui, { recursive: true })).filter((file) => file.endsWith(".tsx"));
    const drawing: string[] = [];
    for (const file of files) if (parts.test(await readFile(`${ui}${file}`, "utf8"))) drawing.push(file);
    const named = new Set(Object.values(dialogs).flatMap((entry) => entry.files));
    expect(drawing.filter((file) => !named.has(file as never) && !madeOf.has(file))).toEqual([]);
    expect([...named].filter((file) => !files.includes(file))).toEqual([]);
  });

  it.each(Object.entries(dialogs))(
    "%s reads well in each theme, wide and on a phone, and is known to keep what is typed or not to",
    look,
    async (_name, entry) => {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.evaluate("localStorage.clear()");
      await entry.open(page, prepared);
      expect(await unreadable(page)).toEqual([]);
      const fields = page.locator(":is([role=dialog], [role=complementary]) :is(input, textarea, select)");
      const isForm = (await fields.filter({ visible: true }).count()) > 0;
      expect(isForm && !saysWhatIsKept(entry)).toBe(false);
    },
  );

  it("no page had an error in its script", () => {
    expect(stage.errors).toEqual([]);
  });
});

/** Whether the list says of the files that draw it what is typed there and kept, or why it is not. */
function saysWhatIsKept({ files }: DialogEntry): boolean {
  return Object.values(dialogs).some(
    (other) =>
      other.files.some((file) => files.includes(file)) && (other.typed !== undefined || other.notKept !== undefined),
  );
}
