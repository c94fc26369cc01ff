import { Client } from "pg";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import { pages } from "../../contract/pages.ts";
import { grantRole, makeColleague } from "../support/agents.ts";
import { eventually } from "../support/eventually.ts";
import { shown } from "./acts.ts";
import { openStage, type Stage } from "./stage.ts";
import { texts } from "./texts.ts";
import { unreadable } from "./unreadable.ts";

type Shop = { id: string; domain: string };

const words = texts.home;
/** Pages are read in three looks and two widths, on a machine that may be busy. */
const look = { timeout: 120_000 };

let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await openStage();
  page = await stage.open();
}, 240_000);
afterAll(() => stage.close());

const header = "Display name,Email,Usage location,Licenses";

/** Uploads users who each want a license, and waits for the end. */
async function provision(shop: Shop, names: string[]): Promise<Batch> {
  const rows = names.map((name) => `${name},${name}@${shop.domain},DE,SPE_E3`);
  const { id } = await stage.app.upload(shop.id, `${header}\n${rows.join("\n")}\n`, "&apply=true&fileName=staff.csv");
  return await stage.app.finished(id);
}

async function partialRows(): Promise<number> {
  const [counted] = await stage.app.db.sql<{ rows: number }[]>`
    select count(*)::int as rows from row_results where state = 'partial'`;
  return counted?.rows ?? 0;
}

const failure = (code: string) => page.getByRole("row").filter({ has: page.locator(`[data-code="${code}"]`) });

describe("home", () => {
  it(
    "leads to the first customer before anything was done, and says why to an agent without a grant",
    look,
    async () => {
      await stage.signIn(page, "/");
      await page.getByRole("heading", { name: words.first.title }).waitFor();
      await page.getByRole("button", { name: words.first.customer }).click();
      await page.getByRole("dialog", { name: texts.newCustomer.title }).waitFor();
      await page.keyboard.press("Escape");
      const helper = await makeColleague(stage.app, "helpdeskAgent");
      const other = await stage.open();
      await stage.signIn(other, "/", helper);
      expect(await shown(other.getByRole("heading", { name: words.first.noGrant }))).toBe(true);
      expect(await other.getByRole("button", { name: words.first.customer }).count()).toBe(0);
      await other.context().close();
    },
  );

  it("groups failures of all customers by cause, and a retry says first that nothing can go on", look, async () => {
    const { app } = stage;
    const shops = [
      await app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]),
      await app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]),
    ];
    for (const shop of shops) {
      expect((await provision(shop, ["ana", "bo", "cem"])).totals).toMatchObject({ succeeded: 1, partial: 2 });
    }
    await page.goto("/");
    const row = failure("seat_shortage");
    expect(await shown(row.getByText(words.failures.in(2, 2)))).toBe(true);
    await row.getByRole("button", { name: words.failures.retry }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(texts.work.retry.found(4, 2)).waitFor();
    await dialog.locator('[data-code="seat_shortage"]').waitFor();
    expect(await dialog.getByRole("button", { name: texts.work.retry.submitNone }).getAttribute("aria-disabled")).toBe(
      "true",
    );
    expect(await unreadable(page)).toEqual([]);
    await page.keyboard.press("Escape");
    expect(await partialRows()).toBe(4);
  });

  it("adds seats where they ran out, and the retry over all customers carries out just what can go on", async () => {
    const seats = page.getByRole("list", { name: words.seats.title }).getByRole("listitem");
    await seats.first().getByRole("button", { name: words.seats.add }).click();
    await page.getByRole("dialog").getByLabel(texts.products.total).fill("3");
    await page.getByRole("dialog").getByRole("button", { name: texts.common.save }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await eventually(async () => expect(await seats.count()).toBe(1));

    await failure("seat_shortage").getByRole("button", { name: words.failures.retry }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(texts.work.retry.goOn(2, "licenses")).waitFor();
    await dialog.locator('[data-code="seat_shortage"]', { hasText: /^2 / }).waitFor();
    await dialog.getByRole("button", { name: texts.work.retry.submit(2) }).click();
    await page.getByText(texts.work.retry.begun(2, 1)).waitFor();
    await eventually(async () => expect(await partialRows()).toBe(2));
    await failure("seat_shortage").getByText(words.failures.in(1, 1)).waitFor();
    await failure("seat_shortage").getByRole("link", { name: words.failures.showRows }).click();
    await page.waitForURL(/\/batches\/[\da-f-]+\?code=seat_shortage/);
  });

  it("shows a batch that runs with how far it is, its rate and the time left, and lets it go when it has ended", async () => {
    const { app } = stage;
    const shop = await app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 50 }]);
    const rows = Array.from({ length: 210 }, (_, at) => `P ${at},p${at}@${shop.domain},DE,${at < 200 ? "" : "SPE_E3"}`);
    const { id } = await app.upload(shop.id, `${header}\n${rows.join("\n")}\n`, "&fileName=big.csv");
    await page.goto("/");
    // Somebody else works on the seats, which the second chunk has to wait for.
    const busy = new Client({ connectionString: app.db.url });
    await busy.connect();
    try {
      await busy.query("begin");
      await busy.query("select from products where customer_id = $1 for update", [shop.id]);
      await app.apply(id);
      const running = page.getByRole("list", { name: words.running.title }).getByRole("listitem");
      await running.filter({ hasText: "big.csv" }).getByText("200 of 210").waitFor();
      expect(await running.innerText()).toMatch(/rows\/s · .+ left/);
    } finally {
      await busy.query("rollback");
      await busy.end();
    }
    expect((await app.finished(id)).totals).toMatchObject({ succeeded: 210 });
    await page.getByRole("list", { name: words.running.title }).waitFor({ state: "detached" });
  });

  it("has the act beside what waits: a scheduled batch starts now, a plan is looked at first", async () => {
    const { app } = stage;
    const shop = await app.makeCustomer();
    const file = (name: string) => `Display name,Email\n${name},${name}@${shop.domain}\n`;
    const later = await app.upload(shop.id, file("later"), "&fileName=later.csv");
    await app.request(`/v1/batches/${later.id}/apply`, { json: { startAt: "2099-01-01T00:00:00Z" } });
    const plan = await app.upload(shop.id, file("plan"), "&fileName=plan.csv");
    await page.goto("/");
    const waiting = page.getByRole("table", { name: words.waiting.title }).getByRole("row");
    await waiting.filter({ hasText: "later.csv" }).getByRole("button", { name: words.waiting.startNow }).click();
    expect((await app.finished(later.id)).totals).toMatchObject({ succeeded: 1 });
    await waiting.filter({ hasText: "later.csv" }).waitFor({ state: "detached" });
    const tile = page
      .getByRole("navigation", { name: words.tiles.label })
      .getByRole("link", { name: words.tiles.ready });
    expect(await tile.innerText()).toMatch(/^1\b/);
    await waiting.filter({ hasText: "plan.csv" }).getByRole("link", { name: words.waiting.look }).click();
    await page.waitForURL(new RegExp(plan.id));
  });

  it("warns of passwords that end unopened and of grants that end, each with its remedy", look, async () => {
    const { app } = stage;
    await app.db.sql`update temporary_passwords set expires_at = now() + interval '20 hours'`;
    const shop = await app.makeCustomer();
    const grant = await grantRole(app, await makeColleague(app), shop, "directoryReader");
    await app.db.sql`update grants set ends_at = now() + interval '9 days' where id = ${grant.id}`;
    await page.goto("/");
    const passwords = page.getByRole("list", { name: words.passwords.title }).getByRole("listitem");
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      passwords.first().getByRole("button", { name: words.passwords.download }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^batch-\d+-passwords\.csv$/);
    await page
      .getByRole("list", { name: words.grants.title })
      .getByRole("button", { name: words.grants.renew })
      .click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(texts.grants.extendDays).selectOption("180");
    await dialog.getByRole("button", { name: texts.grants.extend }).click();
    await dialog.waitFor({ state: "detached" });
    const [renewed] = await app.db.sql<{ days: number }[]>`
      select extract(day from ends_at - now())::int as days from grants where id = ${grant.id}`;
    expect(renewed?.days).toBeGreaterThan(177);
  });

  it(
    "draws the rows of the last day, says the same in a sentence, and in a table for who cannot see it",
    look,
    async () => {
      await page.goto("/");
      const figure = page.getByRole("figure");
      expect(await shown(figure.getByText(/^Rows that ended: [\d,]+ succeeded, [\d,]+ partial/))).toBe(true);
      await figure.getByText(texts.pace.asTable).click();
      const table = figure.getByRole("table", { name: words.pace.table });
      const [ended] = await stage.app.db.sql<{ succeeded: number; partial: number }[]>`
      select sum(succeeded)::int as succeeded, sum(partial)::int as partial from chunk_runs`;
      const rows = await table.getByRole("row").allInnerTexts();
      const sum = (column: number) =>
        rows.slice(1).reduce((total, text) => total + Number(text.split("\t").at(column)?.replaceAll(",", "") ?? 0), 0);
      expect([sum(1), sum(3)]).toEqual([ended?.succeeded, ended?.partial]);
      expect(await unreadable(page)).toEqual([]);
    },
  );

  it("no page had an error in its script", () => {
    expect(pages.home.path).toBe("/");
    expect(stage.errors).toEqual([]);
  });
});
