import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import { grantRole, makeColleague } from "../support/agents.ts";
import { eventually } from "../support/eventually.ts";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await openStage();
  page = await stage.open();
  await stage.signIn(page, "/");
}, 240_000);
afterAll(() => stage.close());

/** What Bull Board shows of the one job of a batch in its list of jobs in `state`; null where the job is not in it. */
async function shownIn({ no }: Batch, state: "completed" | "failed"): Promise<string | null> {
  await page.goto(`/queues/queue/user-creation?status=${state}`, { waitUntil: "networkidle" });
  const card = page
    .locator("div", { hasText: `batch ${no} · rows 1–2` })
    .filter({ hasText: "Added at" })
    .last();
  return (await card.count()) === 0 ? null : await card.innerText();
}

it("a job is whole when its chunk is done, calls no partial row failed, and goes once its rows are mended", async () => {
  const { app } = stage;
  const customer = await app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
  const rows = ["ada", "bea"].map((name) => `${name},${name}@${customer.domain},DE,SPE_E3\n`);
  const { id } = await app.upload(
    customer.id,
    `Display name,Email,Usage location,Licenses\n${rows.join("")}`,
    "&apply=true",
  );
  const batch = await app.finished(id);
  expect(batch.totals).toMatchObject({ succeeded: 1, partial: 1 });
  await eventually(async () => {
    const shown = await shownIn(batch, "failed");
    expect(shown).toContain("1 of 2 rows ended in part: 1 seat_shortage");
    expect(shown).toContain("100%");
  });
  expect(await shownIn(batch, "completed")).toBeNull();

  const products = await app.request<{ items: { skuId: string }[] }>(`/v1/customers/${customer.id}/products`);
  const product = `/v1/customers/${customer.id}/products/${products.body.items[0]?.skuId}`;
  await app.request(product, { method: "PATCH", json: { total: 2 } });
  await app.request(`/v1/batches/${id}/retry`, { json: {} });
  expect((await app.finished(id)).totals).toMatchObject({ succeeded: 2 });
  await eventually(async () => expect(await shownIn(batch, "completed")).toContain("100%"));
  expect(await shownIn(batch, "failed")).toBeNull();
  expect(stage.errors).toEqual([]);
});

it(
  "shows only what it may do, each icon with a name, and says on the screen why a retry was refused",
  { timeout: 120_000 },
  async () => {
    const { app } = stage;
    const customer = await app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 0 }]);
    const { id } = await app.upload(
      customer.id,
      `Display name,Email,Usage location,Licenses\nada,ada@${customer.domain},DE,SPE_E3\n`,
      "&apply=true",
    );
    const { no } = await app.finished(id);
    const title = page.getByRole("link", { name: `${customer.domain} · batch ${no} · rows 1–1` });
    await eventually(async () => {
      await page.goto("/queues/queue/user-creation?status=failed", { waitUntil: "networkidle" });
      expect(await title.count()).toBe(1);
    });
    for (const path of ["/queues/", "/queues/queue/user-creation?status=completed", page.url()]) {
      await page.goto(path, { waitUntil: "networkidle" });
      const seen = await page.evaluate<{ name: string; icon: string }[]>(`[...document.querySelectorAll("button")]
      .filter((button) => button.checkVisibility())
      .map((button) => ({
        name: button.getAttribute("aria-label") ?? button.textContent.trim(),
        icon: button.querySelector("svg")?.getAttribute("class") ?? "",
      }))`);
      expect(seen.filter(({ name }) => name === "")).toEqual([]);
      expect(seen.filter(({ icon }) => /trash|pencil|files|play|clock/.test(icon))).toEqual([]);
      expect(seen.some(({ name }) => /^retry/i.test(name))).toBe(path.endsWith("status=failed"));
    }
    await page.goto("/queues/", { waitUntil: "networkidle" });
    await page.getByRole("button", { name: "More", exact: true }).click();
    const items = page.getByRole("menuitem").filter({ visible: true });
    await expect(items.allInnerTexts()).resolves.toEqual([expect.stringMatching(/^Retry \d+ failed/), "Sort by"]);
    await items.last().click();
    await page.getByRole("menuitem", { name: "Failed Jobs", exact: true }).click();
    await expect(page.locator('[class*="queueCard-"]').last().innerText()).resolves.toContain("user-creation");
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: /^Retry/ }).click();
    await page.getByRole("button", { name: "Confirm", exact: true }).click();
    await eventually(async () => {
      const records = await app.request<{ items: unknown[] }>("/v1/audit?operation=retry_job");
      expect(records.body.items.length).toBeGreaterThan(0);
    });
    await page.goto("/queues/queue/user-creation?status=failed", { waitUntil: "networkidle" });
    const reader = await makeColleague(app, "helpdeskAgent");
    await grantRole(app, reader, customer, "directoryReader");
    const other = await stage.open();
    await stage.signIn(other, "/", reader);
    await other.goto(page.url(), { waitUntil: "networkidle" });
    await other.getByRole("button", { name: "Retry", exact: true }).click();
    await other.getByRole("button", { name: "Confirm", exact: true }).click();
    await other.locator(".muster-refusal").getByText("needs").waitFor();
    await other.getByRole("link", { name: "← Muster" }).click();
    await other.waitForURL((url) => url.pathname === "/");
    expect(stage.errors).toEqual([]);
  },
);
