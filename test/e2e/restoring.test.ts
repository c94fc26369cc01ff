import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import { pageAddress } from "../../contract/pages.ts";
import type { User } from "../../contract/user.ts";
import { shown, useCommand } from "./acts.ts";
import { openStage, type Stage } from "./stage.ts";
import { texts } from "./texts.ts";
import { unreadable } from "./unreadable.ts";

let stage: Stage;
let page: Page;
let customer: { id: string; domain: string };
const { restoring: words, removing, passwords, acts } = texts;
const office = "Microsoft 365 E3";

const people = (names: string[], part: object = {}) =>
  names.map((name) => ({
    userPrincipalName: `${name.toLowerCase()}@${customer.domain}`,
    displayName: name,
    usageLocation: "SE",
    ...part,
  }));

async function batch(json: object): Promise<void> {
  const { body } = await stage.app.request<Batch>(`/v1/customers/${customer.id}/batches`, { json });
  expect((await stage.app.finished(body.id)).totals).toMatchObject({ pending: 0, failed: 0, partial: 0 });
}

async function findUsers(state: "active" | "inactive"): Promise<User[]> {
  const { body } = await stage.app.request<{ items: User[] }>(`/v1/customers/${customer.id}/users?state=${state}`);
  return body.items;
}

beforeAll(async () => {
  stage = await openStage();
  customer = await stage.app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 4 }]);
  await batch({ operation: "createUsers", rows: people(["Ana", "Bo", "Cy", "Di"], { licenses: [{ sku: "SPE_E3" }] }) });
  await batch({ operation: "createUsers", rows: people(["Eva", "Finn"]) });
  await batch({ operation: "deleteUsers", select: { filter: {} } });
  // Three seats are taken again, and two of the names.
  const options = { onDeleted: "create" };
  const rows = people(["Gus", "Bo", "Cy"], { licenses: [{ sku: "SPE_E3" }] });
  await batch({ operation: "createUsers", options, rows });
  page = await stage.open();
  await stage.signIn(page, pageAddress("deletedUsers", { customerId: customer.id }));
}, 240_000);
afterAll(() => stage.close());

const select = (name: string) => page.getByRole("checkbox", { name: texts.selection.select(name) });
const dialog = () => page.getByRole("dialog");
const close = () => dialog().getByRole("button", { name: texts.common.close }).last().click();

describe("deleted users, and what is handed out of users", () => {
  it("many are restored, those whose names are taken under new ones or not at all, and the dialog says which licenses come back", async () => {
    await page.getByRole("button", { name: "Ana", exact: true }).waitFor();
    expect(await shown(page.getByRole("columnheader", { name: texts.users.daysLeft }))).toBe(true);
    expect(await shown(page.getByRole("gridcell", { name: "30", exact: true }))).toBe(true);
    for (const name of ["Ana", "Bo", "Cy"]) await select(name).check();
    await useCommand(page, words.label);
    await dialog()
      .getByRole("heading", { name: words.title("3 users") })
      .waitFor();
    await dialog().getByText(words.comesBack(office, 1)).waitFor();
    await dialog()
      .getByText(words.comesNot(office, 2, 1))
      .waitFor();
    await dialog().getByText(words.takenLead(2)).waitFor();
    const field = dialog().getByLabel(words.newName("Bo"));
    await expect(field.inputValue()).resolves.toBe(`bo2@${customer.domain}`);
    await field.fill(`gus@${customer.domain}`);
    await dialog()
      .getByText(/belongs to "Gus"/)
      .waitFor();
    await dialog().getByRole("button", { name: words.submit }).click();
    await dialog().getByText(words.wrong).waitFor();
    await field.fill(`bo.the.first@${customer.domain}`);
    await dialog().getByText(words.free).waitFor();
    await dialog()
      .getByRole("checkbox", { name: words.leaveOutOf("Cy") })
      .check();
    expect(await unreadable(page)).toEqual([]);
    await dialog().getByRole("button", { name: words.submit }).click();
    await page.getByRole("heading", { name: words.done }).waitFor();
    await page.getByText("2 users, of whom 1 need a look").waitFor();
    const names = (await findUsers("active")).map(({ userPrincipalName }) => userPrincipalName.split("@")[0] ?? "");
    expect(names.toSorted()).toEqual(["ana", "bo", "bo.the.first", "cy", "gus"]);
    expect((await findUsers("inactive")).map(({ displayName }) => displayName).toSorted()).toEqual([
      "Cy",
      "Di",
      "Eva",
      "Finn",
    ]);
    await close();
  }, 120_000);

  it("one whose name is taken gets the name that is suggested, and the license after a seat is added beside it", async () => {
    await select("Cy").check();
    await useCommand(page, words.label);
    await expect(dialog().getByLabel(words.newName("Cy")).inputValue()).resolves.toBe(`cy2@${customer.domain}`);
    await dialog()
      .getByText(words.comesNot(office, 1, 0))
      .waitFor();
    await dialog()
      .getByRole("button", { name: texts.manageLicenses.addSeatsOf(office) })
      .click();
    await dialog().last().getByLabel(texts.products.total).fill("5");
    await dialog().last().getByRole("button", { name: texts.common.save }).click();
    await dialog().getByText(words.comesBack(office, 1)).waitFor();
    await dialog().getByRole("button", { name: words.submit }).click();
    await page.getByText("1 user, all done").waitFor();
    await close();
    const names = (await findUsers("active")).map(({ userPrincipalName }) => userPrincipalName);
    expect(names).toContain(`cy2@${customer.domain}`);
  });

  it("one is removed for good after its name is typed, and the rest after their number is, and then nothing can be restored", async () => {
    await select("Eva").check();
    await useCommand(page, removing.label);
    await dialog().getByLabel(texts.confirm.type("Eva")).fill("Finn");
    await dialog().getByRole("button", { name: removing.submit }).click();
    await dialog().getByText(texts.confirm.wrong("Eva")).waitFor();
    await dialog().getByLabel(texts.confirm.type("Eva")).fill("Eva");
    expect(await unreadable(page)).toEqual([]);
    await dialog().getByRole("button", { name: removing.submit }).click();
    await page.getByText("1 user, all done").waitFor();
    await close();
    await page.getByRole("button", { name: "Eva", exact: true }).waitFor({ state: "detached" });
    await page.getByRole("checkbox", { name: texts.selection.selectShown }).check();
    await useCommand(page, removing.label);
    await dialog().getByLabel(texts.confirm.type("2")).fill("2");
    await dialog().getByRole("button", { name: removing.submit }).click();
    await page.getByText("2 users, all done").waitFor();
    await close();
    await expect(findUsers("inactive")).resolves.toEqual([]);
    await page.getByText(texts.users.emptyDeleted).waitFor();
    const restore = page
      .getByRole("toolbar", { name: texts.commands.bar })
      .getByRole("button", { name: words.label, exact: true });
    await expect(restore.getAttribute("aria-disabled")).resolves.toBe("true");
    await restore.hover();
    expect(await shown(page.getByRole("tooltip", { name: texts.commands.nothingToRestore }))).toBe(true);
  }, 120_000);

  it("new passwords are printed, downloaded and given as one-time links, of many and of one", async () => {
    await page.addInitScript(`window.print = () => { top.printed = document.body.innerText; }`);
    await page.goto(`${pageAddress("users", { customerId: customer.id })}?license=any`);
    await page.getByRole("button", { name: "Gus" }).waitFor();
    await page.getByRole("checkbox", { name: texts.selection.selectShown }).check();
    await useCommand(page, acts.resetPasswords.label);
    await dialog().getByRole("button", { name: acts.resetPasswords.submit }).click();
    const part = dialog().getByRole("region", { name: passwords.title });
    const first = await part.locator("code").first().innerText();
    await part.getByRole("button", { name: passwords.print }).click();
    await expect(page.evaluate<string>("window.printed")).resolves.toContain(first);
    expect(await unreadable(page)).toEqual([]);
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      part.getByRole("button", { name: passwords.download }).click(),
    ]);
    await expect(readFile(await file.path(), "utf8")).resolves.toContain(first);
    await part.getByRole("button", { name: passwords.links }).click();
    const [links] = await Promise.all([
      page.waitForEvent("download"),
      dialog().last().getByRole("button", { name: texts.work.downloads.linksSubmit }).click(),
    ]);
    await expect(readFile(await links.path(), "utf8")).resolves.toMatch(/\/link#\S{20,}/);
    await close();

    await page.getByRole("button", { name: "Gus" }).click();
    await page.getByRole("button", { name: passwords.link }).click();
    await expect(page.getByRole("region", { name: passwords.link }).locator("code").innerText()).resolves.toMatch(
      /\/link#\S{20,}/,
    );
  }, 120_000);

  it("the list is exported as it is filtered, and the file leads to the same users when it comes back", async () => {
    await page.goto(`${pageAddress("users", { customerId: customer.id })}?license=none&sort=-displayName`);
    await page.getByRole("button", { name: "Bo", exact: true }).waitFor();
    const wanted = page.waitForEvent("download");
    await useCommand(page, texts.commands.export);
    const file = await wanted;
    expect(file.suggestedFilename()).toBe("users.csv");
    const csv = await readFile(await file.path(), "utf8");
    expect(csv.trim().split("\r\n")).toHaveLength(2);
    expect(csv.split("\r\n")[1]).toMatch(/^bo\.the\.first@/);
    const back = await stage.app.request<Batch>(
      `/v1/customers/${customer.id}/uploads?operation=update-users&fileName=users.csv`,
      { csv },
    );
    expect(back.body.plan).toMatchObject({ unchanged: 1, invalid: 0, conflict: 0 });
  });

  it("all of many whose names are taken get new ones, of which the first stand in the form", async () => {
    const { db } = stage.app;
    const many = await stage.app.makeCustomer([]);
    await db.sql`
      insert into users (id, customer_id, user_principal_name, display_name, deleted_at)
      select gen_random_uuid(), ${many.id}::uuid, 'x' || no || '@' || ${many.domain}::text, 'Former ' || no, now()
      from generate_series(101, 220) no
      union all
      select gen_random_uuid(), ${many.id}::uuid, 'x' || no || '@' || ${many.domain}::text, 'Now ' || no, null
      from generate_series(101, 220) no`;
    await page.goto(pageAddress("deletedUsers", { customerId: many.id }));
    await page.getByRole("checkbox", { name: texts.selection.selectShown }).check();
    await useCommand(page, words.label);
    await dialog().getByText(words.takenLead(120)).waitFor();
    await dialog().getByText(words.takenMore(70)).waitFor();
    await dialog()
      .getByRole("button", { name: words.showMore(50) })
      .click();
    await dialog().getByText(words.takenMore(20)).waitFor();
    await dialog().getByLabel(words.newName("Former 200"), { exact: true }).waitFor();
    await dialog().getByLabel(words.newName("Former 101"), { exact: true }).fill(`first@${many.domain}`);
    await dialog().getByText(words.free).waitFor();
    await dialog().getByLabel(texts.confirm.type("120")).fill("120");
    await dialog().getByRole("button", { name: words.submit }).click();
    await page.getByText("120 users, all done").waitFor();
    const [restored] = await db.sql<{ users: number; typed: number; numbered: number }[]>`
      select count(*)::int as users, count(*) filter (where user_principal_name like 'first@%')::int as typed,
        count(*) filter (where user_principal_name like 'x___-2@%')::int as numbered
      from users where customer_id = ${many.id} and deleted_at is null and display_name like 'Former%'`;
    expect(restored).toEqual({ users: 120, typed: 1, numbered: 119 });
  });

  it("no page met an error of its script", () => {
    expect(stage.errors).toEqual([]);
  });
});
