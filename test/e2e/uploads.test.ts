import { readFile } from "node:fs/promises";
import type { Page, Route } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { pageAddress, pages } from "../../contract/pages.ts";
import { choose } from "./acts.ts";
import { openStage, type Stage } from "./stage.ts";
import { texts } from "./texts.ts";

let stage: Stage;
let page: Page;
let customer: { id: string; domain: string };
/** The upload that the page waits for, held until a test lets it go. */
let held: Route[] = [];
beforeAll(async () => {
  stage = await openStage();
  customer = await stage.app.makeCustomer([]);
  page = await stage.open();
  await stage.signIn(page, pages.home.path);
  await page.route("**/uploads?*", (route) => void held.push(route));
}, 240_000);
afterAll(() => stage.close());

const tray = () => page.getByRole("region", { name: texts.uploads.label });

/** Sends a file, and goes on to the batches while it is on its way. */
async function sendAndLeave(name: string): Promise<void> {
  held = [];
  await page.goto(pageAddress("upload", { customerId: customer.id }));
  await page.getByRole("button", { name: texts.upload.submit }).waitFor();
  await choose(page, name, `User name,Display name\r\nana@${customer.domain},Ana Broz`);
  await expect.poll(() => held.length).toBe(1);
  await page.getByRole("link", { name: pages.batches.title, exact: true }).click();
  await tray().getByText(name).waitFor();
}

it("an upload goes on when its page is left, and says where its plan is without taking the page over", async () => {
  await sendAndLeave("spring.csv");
  await held[0]?.continue();
  const link = page.getByRole("link", { name: texts.upload.openPlan });
  await link.waitFor();
  await tray().waitFor({ state: "detached" });
  expect(new URL(page.url()).pathname).toBe(pages.batches.path);
  await link.click();
  await page.getByRole("heading", { level: 1, name: "spring.csv" }).waitFor();
  await page.getByRole("button", { name: texts.batch.start(1) }).waitFor();
});

it("an upload can be opened again where it was sent, and stopped there or from any page", async () => {
  await sendAndLeave("summer.csv");
  await tray().getByRole("link", { name: texts.uploads.open }).click();
  await page.getByRole("progressbar", { name: "summer.csv" }).waitFor();
  expect(await tray().count()).toBe(0);
  await page.getByRole("link", { name: pages.batches.title, exact: true }).click();
  await tray().getByRole("button", { name: texts.upload.stop }).click();
  await tray().waitFor({ state: "detached" });
  const { body } = await stage.app.request<{ items: unknown[] }>("/v1/batches?q=summer");
  expect(body.items).toEqual([]);
});

it("the browser asks before a tab is closed on a file that is on its way, and not after", async () => {
  await sendAndLeave("autumn.csv");
  const asked = page.waitForEvent("dialog");
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await tray().getByRole("button", { name: texts.upload.stop }).click();
  await tray().waitFor({ state: "detached" });
});

it("a file that is dropped beside the zone is taken", async () => {
  await page.goto(pageAddress("upload", { customerId: customer.id }));
  await page.getByRole("button", { name: texts.upload.submit }).waitFor();
  await page.evaluate(`(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["User name\\r\\nana"], "beside.csv", { type: "text/csv" }));
    const drop = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
    document.querySelector("h1").dispatchEvent(drop);
  })()`);
  await page.getByText("beside.csv").waitFor();
  expect(stage.errors).toEqual([]);
});

it("a file for many customers is divided, started as one, and comes back with every row", async () => {
  const other = await stage.app.makeCustomer([]);
  await page.goto(pages.batches.path);
  await page.getByRole("link", { name: texts.bundles.upload }).click();
  await page.getByLabel(texts.upload.customerColumn).fill("Mandat");
  const rows = [
    `${customer.domain},eva@${customer.domain},Eva`,
    `${other.id},ole@${other.domain},Ole`,
    "Tailspin Toys,jo@tailspin.example,Jo",
  ];
  await choose(page, "winter.csv", `Mandat,User name,Display name\r\n${rows.join("\r\n")}\r\n`);
  await page.getByRole("heading", { level: 1, name: "winter.csv" }).waitFor();
  await page.getByRole("row", { name: /^3 .*Tailspin Toys/ }).waitFor();
  await page.getByRole("table", { name: pages.batches.title }).getByRole("row").nth(2).waitFor();
  await page.getByRole("button", { name: texts.bundles.start(2) }).click();
  await page.getByText(texts.bundles.state(texts.batches.states.finished, 2)).waitFor();
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: texts.bundles.results }).click();
  const file = await readFile(await (await downloading).path(), "utf8");
  expect(file.split("\r\n").map((line) => line.split(",")[4])).toEqual([
    "Muster outcome",
    "succeeded",
    "succeeded",
    "refused",
    undefined,
  ]);
  await page.getByRole("link", { name: pages.bundles.title }).click();
  await page.getByLabel(texts.batches.search).fill("winter");
  const found = page.getByRole("row", { name: "winter.csv" });
  await found.getByText(texts.bundles.list.wrong(0, 0, 1)).waitFor();
  await found.getByRole("link").click();
  await page.getByRole("heading", { level: 1, name: "winter.csv" }).waitFor();
  expect(stage.errors).toEqual([]);
});
