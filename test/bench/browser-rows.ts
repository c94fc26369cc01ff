import { tmpdir } from "node:os";
import { join } from "node:path";
import { texts } from "../e2e/texts.ts";
import { launchBrowser } from "../e2e/browser.ts";
import { medianMs } from "./median.ts";
import { benchAgent, type Served } from "./served.ts";

const tries = 9;

/** Median milliseconds from opening a batch's page, by an agent who has been there before, until its first rows are shown. */
export async function firstRowsMs(served: Served, batchId: string): Promise<number> {
  const browser = await launchBrowser(join(tmpdir(), "muster-chromium-138"));
  try {
    const page = await (await browser.newContext({ baseURL: served.address })).newPage();
    const path = `/batches/${batchId}`;
    await page.goto(path);
    await page.getByLabel(texts.signIn.email, { exact: true }).fill(benchAgent.email);
    await page.getByLabel(texts.signIn.password).fill(benchAgent.password);
    await page.getByRole("button", { name: texts.signIn.submit }).click();
    const firstRow = page.getByRole("button", { name: texts.batch.rowTitle(1), exact: true });
    await firstRow.waitFor();
    return await medianMs(tries, async () => {
      await page.goto(path, { waitUntil: "commit" });
      await firstRow.waitFor();
    });
  } finally {
    await browser.close();
  }
}
