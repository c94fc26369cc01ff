import { EventEmitter, once } from "node:events";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import { pageAddress } from "../../contract/pages.ts";
import type { SelectionSummary } from "../../contract/selection-summary.ts";
import { shown, useCommand } from "./acts.ts";
import { openStage, type Stage } from "./stage.ts";
import { texts } from "./texts.ts";
import { unreadable } from "./unreadable.ts";

let stage: Stage;
let page: Page;
let customer: { id: string; domain: string };
const { acts, commands, restoring, outcome, passwords, filters } = texts;

const departments = ["Sales", "Sales", "Sales", "Finance", "Finance"];

beforeAll(async () => {
  stage = await openStage();
  const { app } = stage;
  customer = await app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 100 }]);
  await app.request<Batch>(`/v1/customers/${customer.id}/batches`, {
    json: {
      operation: "createUsers",
      rows: Array.from({ length: 60 }, (_none, at) => ({
        userPrincipalName: `user${String(at).padStart(2, "0")}@${customer.domain}`,
        displayName: `User ${String(at).padStart(2, "0")}`,
        usageLocation: "SE",
        department: departments[at % departments.length],
        ...(at < 30 && { licenses: [{ sku: "SPE_E3" }] }),
      })),
    },
    headers: { prefer: "wait=30" },
  });
  page = await stage.open();
  await stage.signIn(page, pageAddress("users", { customerId: customer.id }));
}, 240_000);
afterAll(() => stage.close());

async function stateOf(name: string): Promise<{ state: string; accountEnabled: boolean } | undefined> {
  const found = await stage.app.db.sql<{ state: string; accountEnabled: boolean }[]>`
    select case when deleted_at is null then 'active' else 'inactive' end as state, account_enabled as "accountEnabled"
    from users where customer_id = ${customer.id} and display_name = ${name}`;
  return found[0];
}

/** A customer with users from `User 000` on. */
async function longCustomer(users: number): Promise<{ id: string }> {
  const long = await stage.app.makeCustomer([]);
  await stage.app.request<Batch>(`/v1/customers/${long.id}/batches`, {
    json: {
      operation: "createUsers",
      rows: Array.from({ length: users }, (_none, at) => ({
        userPrincipalName: `user${at}@${long.domain}`,
        displayName: `User ${String(at).padStart(3, "0")}`,
      })),
    },
    headers: { prefer: "wait=30" },
  });
  return long;
}

const select = (name: string) => page.getByRole("checkbox", { name: texts.selection.select(name) });
const command = (name: string) =>
  page.getByRole("toolbar", { name: commands.bar }).getByRole("button", { name, exact: true });

async function summary(selected: object): Promise<SelectionSummary> {
  const { body } = await stage.app.request<SelectionSummary>(`/v1/customers/${customer.id}/selection-summary`, {
    json: { select: selected },
  });
  return body;
}

describe("the users of a customer", () => {
  it("a command without a selection is greyed and says why", async () => {
    await page.getByRole("button", { name: "User 00" }).waitFor();
    const remove = command(acts.deleteUsers.label);
    await expect(remove.getAttribute("aria-disabled")).resolves.toBe("true");
    await remove.hover();
    expect(await shown(page.getByRole("tooltip", { name: commands.selectFirst }))).toBe(true);
  });

  it("two users are deleted together, and the dialog says which seats become free", async () => {
    await select("User 00").check();
    await select("User 01").check();
    await useCommand(page, acts.deleteUsers.label);
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("heading", { name: acts.deleteUsers.title("2 users") }).waitFor();
    await dialog.getByText("2 seats of Microsoft 365 E3 become free.").waitFor();
    expect(await unreadable(page)).toEqual([]);
    await dialog.getByRole("button", { name: acts.deleteUsers.submit }).click();
    await page.getByRole("heading", { name: acts.deleteUsers.done }).waitFor();
    await page.getByText("2 users, all done").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: texts.common.close }).last().click();
    await page.getByRole("button", { name: "User 00" }).waitFor({ state: "detached" });
    await expect(stateOf("User 00")).resolves.toMatchObject({ state: "inactive" });
    await expect(stateOf("User 02")).resolves.toMatchObject({ state: "active" });
  });

  it("they are restored from the view of deleted users, with their licenses", async () => {
    await useCommand(page, commands.restore);
    await select("User 00").check();
    await select("User 01").check();
    await useCommand(page, restoring.label);
    await page.getByRole("dialog").getByText(restoring.passwordStays).waitFor();
    await page.getByRole("dialog").getByRole("button", { name: restoring.submit }).click();
    await page.getByText("2 users, all done").waitFor();
    await expect(stateOf("User 01")).resolves.toMatchObject({ state: "active" });
    await expect(summary({ filter: { license: ["any"] } })).resolves.toMatchObject({ users: 30 });
  });

  it("a filter stands in the address, and all that it finds are blocked after the number is typed where they are many", async () => {
    await page.goto(pageAddress("users", { customerId: customer.id }));
    const pills = page.getByRole("group", { name: filters.label });
    await pills.getByRole("button", { name: texts.users.licenses }).click();
    await page.getByText(filters.unlicensed, { exact: true }).click();
    await page.waitForURL(/license=none/);
    await page.getByRole("button", { name: "User 30" }).waitFor();
    await page.getByRole("button", { name: "User 29" }).waitFor({ state: "detached" });
    await page.goto(pageAddress("users", { customerId: customer.id }));
    await page.getByRole("checkbox", { name: texts.selection.selectShown }).check();
    await useCommand(page, acts.blockSignIn.label);
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("heading", { name: acts.blockSignIn.title("60 users") }).waitFor();
    await dialog.getByRole("button", { name: acts.blockSignIn.submit }).click();
    await dialog.getByText(texts.confirm.wrong("60")).waitFor();
    await dialog.getByLabel(texts.confirm.type("60")).fill("60");
    await dialog.getByRole("button", { name: acts.blockSignIn.submit }).click();
    await page.getByText("60 users, all done").waitFor();
    await expect(summary({ filter: {} })).resolves.toMatchObject({ users: 60, blocked: 60 });
  });

  it("a reset shows the new temporary password, and the audit has that they were shown", async () => {
    await page.goto(pageAddress("users", { customerId: customer.id }));
    await select("User 05").check();
    await useCommand(page, acts.resetPasswords.label);
    await page
      .getByRole("dialog")
      .getByRole("heading", { name: acts.resetPasswords.title("User 05") })
      .waitFor();
    await page.getByRole("dialog").getByRole("button", { name: acts.resetPasswords.submit }).click();
    const region = page.getByRole("region", { name: passwords.title });
    await expect(region.locator("code").innerText()).resolves.toMatch(/^\S{12,}$/);
    expect(await unreadable(page)).toEqual([]);
    const { body } = await stage.app.request<{ items: { operation: string }[] }>(
      `/v1/audit?customerId=${customer.id}&operation=show_passwords`,
    );
    expect(body.items).toHaveLength(1);
    await page.getByRole("link", { name: outcome.batch }).click();
    await page.waitForURL(/\/batches\//);
  });

  it("the pane of a user has what was done to it, with who did it and the way to the batch", async () => {
    await page.goto(pageAddress("users", { customerId: customer.id }));
    await page.getByRole("button", { name: "User 05" }).click();
    await page.getByRole("tab", { name: texts.user.tabs.activity }).click();
    const panel = page.getByRole("tabpanel");
    await panel.getByText(texts.activity.steps["reset_customer_user_password"] ?? "").waitFor();
    expect(await unreadable(page)).toEqual([]);
    await panel.getByRole("link").first().click();
    await page.waitForURL(/\/batches\//);
  });

  it("the first rows come before the users are counted, in all and for each choice of a filter", async () => {
    const asked: string[] = [];
    // What the page of before still asks is none of this.
    await page.goto("about:blank");
    page.on("request", (request) => asked.push(request.url()));
    const counts = () =>
      asked.filter((url) => url.includes("/user-facets") || /state=active&.*count=true/.test(url)).length;
    const rows = `**/v1/customers/${customer.id}/users?*limit=200*`;
    const gate = new EventEmitter();
    const held = once(gate, "open");
    await page.route(rows, async (route) => {
      await held;
      await route.continue();
    });
    // What the page asks beside its rows is asked along with them.
    const beside = page.waitForResponse(/state=inactive/);
    await page.goto(pageAddress("users", { customerId: customer.id }));
    await beside;
    expect(counts()).toBe(0);
    gate.emit("open");
    await select("User 05").waitFor();
    await page.getByText("60 users", { exact: true }).waitFor();
    expect(counts()).toBe(2);
  });

  it("of a long list its end and its start are one key or one click away, and what is selected there stays so", async () => {
    const long = await longCustomer(700);
    const asked: URL[] = [];
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (url.pathname === `/v1/customers/${long.id}/users` && url.searchParams.get("limit") !== "1") asked.push(url);
    });
    await page.goto(pageAddress("users", { customerId: long.id }));
    const { start, end } = texts.ends;
    const atStart = page.getByText(/^1–\d+ of 700$/);
    await atStart.waitFor();
    await page.locator('[data-at="0 1"]').focus();
    await page.keyboard.press("Control+End");
    await page.locator('[data-at="699 5"]:focus').waitFor();
    await page.getByRole("button", { name: "User 699" }).waitFor();
    await page.getByText(/^\d+–700 of 700$/).waitFor();
    expect(asked.map(({ searchParams }) => [searchParams.get("sort"), searchParams.get("cursor")])).toEqual([
      ["displayName", null],
      ["-displayName", null],
    ]);
    await page.keyboard.press("Space");
    await page.getByText(texts.selection.selected("1 user")).waitFor();
    // Up to rows that were not read: they come before those in sight, which stay where they are.
    for (let row = 684; row >= 489; row -= 15) {
      // The key goes no further than what is read: whoever holds it down waits for the next rows, too.
      await page.locator(`[data-at="${row + 5} 5"]`).waitFor({ state: "attached" });
      await page.keyboard.press("PageUp");
      await page.locator(`[data-at="${row} 5"]:focus`).waitFor();
    }
    await page
      .getByRole("row")
      .filter({ has: page.locator('[data-at="489 5"]') })
      .getByText("User 489")
      .waitFor();
    await page.getByRole("button", { name: start }).click();
    await atStart.waitFor();
    await select("User 000").check();
    await page.getByText(texts.selection.selected("2 users")).waitFor();
    expect(await unreadable(page)).toEqual([]);
    await page.getByRole("button", { name: end }).click();
    await expect(select("User 699").isChecked()).resolves.toBe(true);
    await page.locator('[data-at="699 1"]').focus();
    await page.keyboard.press("Control+Home");
    await page.locator('[data-at="0 0"]:focus').waitFor();
    await useCommand(page, acts.blockSignIn.label);
    await page.getByRole("dialog").getByRole("button", { name: acts.blockSignIn.submit }).click();
    await page.getByText("2 users, all done").waitFor();
    const blocked = await stage.app.db.sql`
      select display_name as name from users where customer_id = ${long.id} and not account_enabled order by 1`;
    expect(blocked).toEqual([{ name: "User 000" }, { name: "User 699" }]);
  });

  it("no page met an error of its script", () => {
    expect(stage.errors).toEqual([]);
  });
});
