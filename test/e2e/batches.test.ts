import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import { operations } from "../../contract/operations.ts";
import { environmentToken } from "../../contract/environment-token.ts";
import { pageAddress } from "../../contract/pages.ts";
import { grantRole, makeColleague } from "../support/agents.ts";
import { eventually } from "../support/eventually.ts";
import { openStage, type Stage } from "./stage.ts";
import { texts } from "./texts.ts";
import { unreadable } from "./unreadable.ts";

type Shop = { id: string; domain: string };

/** Pages are read in three looks and two widths, on a machine that may be busy. */
const look = { timeout: 120_000 };

let stage: Stage;
let page: Page;
let shop: Shop;
/** Two users with a license, one without a seat, one malformed. */
let mixed: Batch;
beforeAll(async () => {
  stage = await openStage();
  const { app } = stage;
  shop = await app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 2 }]);
  const rows = ["ana", "bo", "cem"].map((name) => `${name} Berg,${name}@${shop.domain},DE,SPE_E3`);
  const file = `Display name,Email,Usage location,Licenses\n${rows.join("\n")}\nBad,@@,,\n`;
  const { id } = await app.upload(shop.id, file, "&apply=true&fileName=einkauf3.csv");
  mixed = await app.finished(id);
  page = await stage.open();
  await stage.signIn(page, "/batches");
}, 240_000);
afterAll(() => stage.close());

const plan = async (name: string) =>
  await stage.app.upload(shop.id, `Display name,Email\n${name},${name}@${shop.domain}\n`, `&fileName=${name}.csv`);
const batchPage = ({ id }: { id: string }) => pageAddress("batch", { batchId: id });
const listed = () => page.getByRole("table").getByRole("row");
const dialog = () => page.getByRole("dialog");

/** Sets a filter of the list to one of its choices. */
async function filterBy(label: string, choice: string): Promise<void> {
  const pills = page.getByRole("group", { name: texts.list.filters.label });
  await pills
    .getByRole("button", { name: new RegExp(`^${label}`) })
    .first()
    .click();
  await page.getByRole("button", { name: choice, exact: true }).click();
}

async function batchNow(id: string): Promise<Batch> {
  return (await stage.app.request<Batch>(`/v1/batches/${id}`)).body;
}

describe("the list of batches", () => {
  it("calls each by act and object, and one that ended with failures not like one that succeeded", async () => {
    const { app } = stage;
    const path = `/v1/customers/${shop.id}/batches`;
    const reset = { operation: "resetPasswords", rows: [{ userPrincipalName: `ana@${shop.domain}` }] };
    const made = await app.request<Batch>(path, { json: reset });
    await app.finished(made.body.id);
    const block = { operation: "updateUsers", select: { filter: {} }, change: { city: "Lund" } };
    await app.finished((await app.request<Batch>(path, { json: block })).body.id);
    await page.goto("/batches");
    await listed().filter({ hasText: "Reset password · ana Berg" }).getByText("Finished", { exact: true }).waitFor();
    await listed().filter({ hasText: "Update · 3 users" }).waitFor();
    const mine = listed().filter({ hasText: "Add users · einkauf3.csv" });
    await mine.getByText(texts.list.finishedWith(1, 1), { exact: true }).waitFor();
    expect(await mine.locator('[data-tone="good"] svg').count()).toBe(0);
    expect(await mine.innerText()).toContain(environmentToken.name);
  });

  it("is filtered by operation, customer, agent, day and failures, and a reload keeps that", look, async () => {
    await filterBy(texts.list.filters.failures, texts.list.filters.withFailures);
    await filterBy(texts.list.filters.operation, operations.createUsers.label);
    await page.waitForURL(/failures=yes.*operation=createUsers|operation=createUsers.*failures=yes/);
    await eventually(async () => expect(await listed().count()).toBe(2));
    await page.reload();
    await listed().filter({ hasText: "einkauf3.csv" }).waitFor();
    expect(await listed().count()).toBe(2);
    await filterBy(texts.list.filters.who, "admin");
    await page.getByText(texts.batches.noMatch).waitFor();
    await page.goto("/batches?since=2099-01-01");
    await page.getByText(texts.batches.noMatch).waitFor();
    await page.goto(`/batches?customer=${shop.id}&until=2099-01-01`);
    await listed().filter({ hasText: "einkauf3.csv" }).waitFor();
    expect(await unreadable(page)).toEqual([]);
  });

  it("retries what failed in all batches that match, and says first what that will do", async () => {
    await page.goto("/batches?failures=yes");
    await listed().filter({ hasText: "einkauf3.csv" }).waitFor();
    await page.getByRole("button", { name: texts.list.forAll.retry }).click();
    await dialog().getByText(texts.work.retry.found(2, 1)).waitFor();
    await dialog().locator('[data-code="seat_shortage"]').waitFor();
    await dialog().locator('[data-code="upn_invalid"]').waitFor();
    await page.keyboard.press("Escape");
    await page.goto("/batches?failures=no");
    const all = page.getByRole("button", { name: texts.list.forAll.retry });
    await listed().filter({ hasText: "Update · 3 users" }).waitFor();
    expect(await all.getAttribute("aria-disabled")).toBe("true");
  });
});

describe("a batch that waits", () => {
  it("is scheduled, moved to another time, and started at once after all", look, async () => {
    const batch = await plan("later");
    await page.goto(batchPage(batch));
    await page.getByRole("button", { name: texts.work.schedule.ways }).click();
    await page.getByRole("menuitem", { name: texts.work.schedule.later }).click();
    await dialog().getByLabel(texts.work.schedule.at).fill("2020-01-01T08:00");
    await dialog().getByRole("button", { name: texts.work.schedule.submit }).click();
    await dialog().getByText(texts.work.schedule.past).waitFor();
    expect(await unreadable(page)).toEqual([]);
    await dialog().getByLabel(texts.work.schedule.at).fill("2098-01-01T08:00");
    await dialog().getByRole("button", { name: texts.work.schedule.submit }).click();
    await page.getByText(texts.batches.states.scheduled, { exact: true }).waitFor();
    expect(await batchNow(batch.id)).toMatchObject({
      state: "scheduled",
      startAt: new Date("2098-01-01T08:00").toISOString(),
    });
    await page.getByRole("button", { name: texts.work.schedule.change }).click();
    expect(await dialog().getByLabel(texts.work.schedule.at).inputValue()).toBe("2098-01-01T08:00");
    await dialog().getByLabel(texts.work.schedule.at).fill("2099-02-03T09:30");
    await dialog().getByRole("button", { name: texts.work.schedule.submit }).click();
    await eventually(async () =>
      expect((await batchNow(batch.id)).startAt).toBe(new Date("2099-02-03T09:30").toISOString()),
    );
    await dialog().waitFor({ state: "detached" });
    await page.getByRole("button", { name: texts.work.schedule.now }).click();
    await page.getByText(texts.batches.states.finished, { exact: true }).waitFor();
    expect((await batchNow(batch.id)).totals).toMatchObject({ succeeded: 1 });
  });

  it("is cancelled, says what it left undone, and carries that out after all", look, async () => {
    const batch = await plan("undone");
    await stage.app.request(`/v1/batches/${batch.id}/apply`, { json: { startAt: "2099-01-01T00:00:00Z" } });
    await page.goto(batchPage(batch));
    await page.getByRole("button", { name: texts.batch.cancelPlan }).click();
    await dialog().getByRole("button", { name: texts.batch.cancelPlan }).click();
    await page.getByText(texts.work.cancelled(1)).waitFor();
    // The library hides the page behind a dialog a moment late, also where the dialog is closed by then.
    await eventually(async () => expect(await unreadable(page)).toEqual([]), { timeoutMs: 60_000 });
    expect((await batchNow(batch.id)).state).toBe("cancelled");
    await page.getByRole("button", { name: texts.work.runCancelled }).click();
    await dialog()
      .getByRole("button", { name: texts.work.retry.submit(1) })
      .click();
    await eventually(async () => expect((await batchNow(batch.id)).totals).toMatchObject({ succeeded: 1 }));
  });

  it("calls the licenses that its options give by the names of the products", async () => {
    const file = `Display name,Email\nNamed,named@${shop.domain}\n`;
    await page.goto(batchPage(await stage.app.upload(shop.id, file, "&skus=SPE_E3&usageLocation=DE")));
    const named = page.getByText(texts.batch.options.skus("Microsoft 365 E3"));
    await eventually(async () => expect(await named.count()).toBe(1));
  });

  it("cannot be started where no row can run, and says so", async () => {
    const batch = await stage.app.upload(shop.id, "Display name,Email\nBad,@@\n");
    await page.goto(batchPage(batch));
    const start = page.getByRole("button", { name: texts.batch.startNone, exact: true });
    expect(await start.getAttribute("aria-disabled")).toBe("true");
    const says = await start.getAttribute("aria-describedby");
    expect(await page.locator(`[id="${says}"]`).innerText()).toBe(texts.work.schedule.noRow);
  });
});

describe("a batch that ended", () => {
  it("gives results, passwords and links, and greys with a reason what it cannot give", look, async () => {
    await page.goto(batchPage(mixed));
    await page.getByRole("button", { name: texts.batch.downloads }).click();
    await page.getByRole("menuitem", { name: texts.work.downloads.links }).click();
    expect(await unreadable(page)).toEqual([]);
    await dialog().getByLabel(texts.work.downloads.linksFor).selectOption("24");
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      dialog().getByRole("button", { name: texts.work.downloads.linksSubmit }).click(),
    ]);
    expect(file.suggestedFilename()).toBe(`batch-${mixed.no}-links.csv`);
    const [made] = await stage.app.db.sql<{ links: number }[]>`
      select (after->>'links')::int as links from audit where operation = 'make_password_links'`;
    expect(made?.links).toBeGreaterThan(1);
    await page.goto(`${batchPage(mixed)}?state=partial`);
    await page.getByRole("button", { name: texts.work.rows.download }).click();
    await page.getByRole("menuitem", { name: texts.work.downloads.links }).click();
    await Promise.all([
      page.waitForEvent("download"),
      dialog().getByRole("button", { name: texts.work.downloads.linksSubmit }).click(),
    ]);
    const [some] = await stage.app.db.sql<{ links: number }[]>`
      select (after->>'links')::int as links from audit where operation = 'make_password_links'
      order by at desc, id desc limit 1`;
    expect(some?.links).toBe(1);
    const { body } = await stage.app.request<{ items: Batch[] }>("/v1/batches?operation=updateUsers");
    await page.goto(batchPage(body.items[0] ?? { id: "" }));
    await page.getByRole("button", { name: texts.batch.downloads }).click();
    const greyed = page.getByRole("menuitem", { name: texts.batch.passwords });
    expect(await greyed.getAttribute("aria-disabled")).toBe("true");
    expect(await greyed.innerText()).toContain(texts.work.downloads.noPasswords);
    await page.keyboard.press("Escape");
  });

  it(
    "two agents look at it: the retry of one stands beside the first run on the page of the other, who may not retry",
    look,
    async () => {
      const { app } = stage;
      const reader = await makeColleague(app, "helpdeskAgent");
      await grantRole(app, reader, shop, "directoryReader");
      const other = await stage.open();
      await stage.signIn(other, batchPage(mixed), reader);
      const blocked = other.getByRole("button", { name: texts.batch.retryAll });
      await eventually(async () => expect(await blocked.getAttribute("aria-disabled")).toBe("true"));
      const { body } = await app.request<{ items: { skuId: string }[] }>(`/v1/customers/${shop.id}/products`);
      const product = `/v1/customers/${shop.id}/products/${body.items[0]?.skuId}`;
      await app.request(product, { method: "PATCH", json: { total: 5 } });
      await page.goto(batchPage(mixed));
      await page.getByRole("button", { name: texts.batch.retryAll }).click();
      await dialog().getByText(texts.work.retry.goOn(1, "licenses")).waitFor();
      await dialog().locator('[data-code="upn_invalid"]').waitFor();
      await dialog()
        .getByRole("button", { name: texts.work.retry.submit(1) })
        .click();
      const runs = other.getByRole("table", { name: texts.work.runs.title });
      const retry = runs.getByRole("row").filter({ hasText: texts.work.runs.retry(2) });
      await retry.filter({ hasText: "admin" }).waitFor();
      await other.getByText(texts.list.finishedWith(1, 0), { exact: true }).waitFor();
      expect((await batchNow(mixed.id)).totals).toMatchObject({ succeeded: 3, failed: 1, partial: 0 });
      await other.context().close();
    },
  );

  it(
    "leads from a row to its job in Bull Board, whose title is its name, and back to the batch and to Muster",
    look,
    async () => {
      await page.goto(`${batchPage(mixed)}?row=1`);
      await page.getByRole("complementary").getByRole("link", { name: texts.work.jobs.openRow }).click();
      await page.waitForURL(/\/queues\/queue\/user-creation\/[\da-f-]+-1-2$/);
      await page
        .getByRole("link", { name: `${shop.domain} · batch ${mixed.no} · rows 1–4` })
        .or(page.locator('[class^="jobId-"]', { hasText: `batch ${mixed.no} · rows 1–4` }))
        .first()
        .waitFor();
      expect(await page.getByRole("link", { name: "Batch", exact: true }).getAttribute("href")).toBe(batchPage(mixed));
      await page.getByRole("link", { name: "← Muster" }).click();
      await page.waitForURL((url) => url.pathname === "/");
      await page.goto(batchPage(mixed));
      await page.getByRole("button", { name: texts.work.jobs.show(1) }).click();
      const job = page.getByRole("link", { name: texts.work.jobs.open });
      expect(await job.getAttribute("href")).toMatch(/-1-2$/);
    },
  );

  it("is undone by a batch of its own, and each leads to the other", look, async () => {
    const batch = await plan("fero");
    await stage.app.apply(batch.id);
    await stage.app.finished(batch.id);
    await page.goto(batchPage(batch));
    await page.getByRole("button", { name: texts.undo.act, exact: true }).click();
    await page.getByText(texts.undo.undoes(batch.no)).waitFor();
    await page.getByText("Delete the user", { exact: true }).waitFor();
    expect(await unreadable(page)).toEqual([]);
    await page.getByRole("button", { name: texts.batch.start(1, 1) }).click();
    await page.getByText(texts.batches.states.finished, { exact: true }).waitFor();
    const { undoneBy } = await batchNow(batch.id);
    await page.getByRole("link", { name: texts.undo.open(batch.no) }).click();
    await page.getByText(texts.undo.undone(undoneBy?.no ?? 0, "finished")).waitFor();
    const again = page.getByRole("button", { name: texts.undo.act, exact: true });
    expect(await again.getAttribute("aria-disabled")).toBe("true");
  });

  it("no page had an error in its script", () => {
    expect(stage.errors).toEqual([]);
  });
});
