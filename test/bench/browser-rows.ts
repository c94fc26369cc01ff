import { tmpdir } from "node:os";
import { join } from "node:path";
import { texts } from "../../ui/texts.ts";
import { launchBrowser } from "../e2e/browser.ts";
import { middle } from "./middle.ts";
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
    const times: number[] = [];
    for (let at = 0; at < tries; at++) {
      const started = performance.now();
      await page.goto(path, { waitUntil: "commit" });
      await firstRow.waitFor();
      times.push(performance.now() - started);
    }
    return middle(times);
  } finally {
    await browser.close();
  }
}
