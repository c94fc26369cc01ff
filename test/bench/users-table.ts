import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import type { Page } from "playwright-core";
import { pageAddress } from "../../contract/pages.ts";
import { makeLog } from "../../db/log.ts";
import { migrate } from "../../db/migrate.ts";
import { openDatabase, type Database } from "../../db/open-database.ts";
import { launchBrowser } from "../e2e/browser.ts";
import { texts } from "../e2e/texts.ts";
import { fillNames } from "./fill-names.ts";
import { listedRow, listUses } from "./list-uses.ts";
import { middle } from "./median.ts";
import { type Awaited, paintedAfter, paintedAfterOpening } from "./painted.ts";
import { newCustomer } from "./provision.ts";
import { listedUsers, sqlMs } from "./same-sql.ts";
import { benchAgent, type Served, startServed } from "./served.ts";
import type { Line } from "./table.ts";

const tries = 5;
const waitMs = 300_000;

/**
 * Measures the list of `count` users in a browser and, beside it, in SQL, on a database of its own on the server of `url`.
 * Each use puts its line into `lines`.
 */
export async function usersTable(url: string, count: number, lines: Line[]): Promise<void> {
  if (!Number.isInteger(count) || count < 1_000) throw new Error("give a whole number of users, 1000 at least");
  const own = await newDatabase(url);
  const served = await startServed({ DATABASE_URL: own });
  const db = openDatabase(own, { role: "tool", poolSize: 2, log: makeLog("warn") });
  try {
    const { id, domain } = await newCustomer(served, count);
    await fillNames(db, id, domain, count);
    await giveLicenses(db, id);
    await measure(served, db, { customerId: id, count, lines });
  } finally {
    await db.close();
    await served.stop();
  }
}

async function newDatabase(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query("create database users_table");
  await client.end();
  const own = new URL(url);
  own.pathname = "/users_table";
  await migrate(own.href);
  return own.href;
}

/** Gives each user of the customer its one product. */
async function giveLicenses(db: Database, customerId: string): Promise<void> {
  await db.sql`
    insert into license_assignments (user_id, sku_id, customer_id)
    select users.id, sku_id, customer_id from users join products using (customer_id)
    where customer_id = ${customerId}`;
  await db.sql`update products set consumed = total where customer_id = ${customerId}`;
  await db.sql`vacuum analyze license_assignments`;
}

async function measure(
  { address }: Served,
  db: Database,
  { customerId, count, lines }: { customerId: string; count: number; lines: Line[] },
): Promise<void> {
  const list = (query: Parameters<typeof listedUsers>[2]) => listedUsers(db, customerId, query);
  const first = await list({});
  const firstRow = listedRow(0, first.items[0]?.userPrincipalName);
  const browser = await launchBrowser(join(tmpdir(), "muster-chromium-138"));
  try {
    const context = await browser.newContext({
      baseURL: address,
      locale: "en-GB",
      viewport: { width: 1440, height: 900 },
    });
    context.setDefaultTimeout(waitMs);
    const page = await context.newPage();
    const path = pageAddress("users", { customerId });
    await signIn(page, path);
    const opened = await medianOf(() => openList(page, path, firstRow));
    const what = `list of ${count.toLocaleString("en")} users`;
    lines.push(besideSql(`${what}: opened`, opened, await sqlMs(db.url, tries, first.statements)));
    for (const use of await listUses(page, count, list)) {
      const shown = await medianOf(async () => {
        // Opened anew, or the page would show what it has read before.
        await openList(page, path, firstRow);
        await use.before?.();
        return await paintedAfter(page, use.event, use.awaited, use.act);
      });
      lines.push(besideSql(`${what}: ${use.what}`, shown, await sqlMs(db.url, tries, use.statements)));
    }
  } finally {
    await browser.close();
  }
}

async function signIn(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByLabel(texts.signIn.email, { exact: true }).fill(benchAgent.email);
  await page.getByLabel(texts.signIn.password).fill(benchAgent.password);
  await page.getByRole("button", { name: texts.signIn.submit }).click();
  await page.locator("#content").waitFor();
}

/** Gives the milliseconds until the first rows are painted, and waits for what comes behind: their count and the choices of the filters. */
async function openList(page: Page, path: string, firstRow: Awaited): Promise<number> {
  const choices = page.waitForResponse(/\/user-facets/);
  const count = page.waitForResponse(/\/users\?.*count=true/);
  await page.goto(path, { waitUntil: "commit" });
  const ms = await paintedAfterOpening(page, firstRow);
  await (await choices).finished();
  await (await count).finished();
  return ms;
}

async function medianOf(measured: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let at = 0; at < tries; at++) times.push(await measured());
  return middle(times);
}

function besideSql(what: string, shownMs: number, sql: number): Line {
  return {
    what,
    figure: `${shownMs.toFixed(0)} ms`,
    ratio: `${(shownMs / sql).toFixed(1)} × SQL (${sql.toFixed(1)} ms), ${(shownMs - sql).toFixed(0)} ms more`,
  };
}
