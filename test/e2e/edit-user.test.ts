import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import { pageAddress } from "../../contract/pages.ts";
import type { User } from "../../contract/user.ts";
import { pick, pressBehindDialog, signInAgain, useCommand } from "./acts.ts";
import { openStage, type Stage } from "./stage.ts";
import { texts } from "./texts.ts";
import { unreadable } from "./unreadable.ts";

const { editUser, editUsers, userForm, wizard, draft } = texts;

const long = 180_000;

let stage: Stage;
let page: Page;
let customer: { id: string; domain: string };
let users: Map<string, User>;
beforeAll(async () => {
  stage = await openStage();
  const { app } = stage;
  customer = await app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 2 }]);
  await app.request<Batch>(`/v1/customers/${customer.id}/batches`, {
    json: {
      operation: "createUsers",
      rows: Array.from({ length: 60 }, (_none, at) => ({
        userPrincipalName: `user${at}@${customer.domain}`,
        displayName: `User ${at}`,
        department: "Sales",
        city: "Lund",
      })),
    },
    headers: { prefer: "wait=30" },
  });
  users = await readUsers();
  page = await stage.open();
  await stage.signIn(page, pageAddress("users", { customerId: customer.id }));
}, 240_000);
afterAll(() => stage.close());

const panel = () => page.getByRole("dialog").first();
const field = (label: string): Locator => panel().getByRole("textbox", { name: label });
const button = (name: string): Locator => panel().getByRole("button", { name, exact: true });
const next = () => button(wizard.next).click();
const idOf = (name: string) => users.get(name)?.id ?? "";
const address = (name: string) => pageAddress("editUser", { customerId: customer.id, userId: idOf(name) });

async function readUsers(): Promise<Map<string, User>> {
  const { body } = await stage.app.request<{ items: User[] }>(`/v1/customers/${customer.id}/users?limit=500`);
  return new Map(body.items.map((user) => [user.displayName, user]));
}

async function read(name: string): Promise<User> {
  return (await stage.app.request<User>(`/v1/customers/${customer.id}/users/${idOf(name)}`)).body;
}

describe("Edit user", () => {
  it(
    "opens from the details, shows exactly what changes, and changes all of it: fields, name, sign-in, license, role",
    async () => {
      await page.getByRole("button", { name: "User 1", exact: true }).click();
      await page.getByRole("complementary").getByRole("button", { name: editUser.open }).click();
      await field(userForm.last).fill("Berg");
      await field(userForm.username).fill("user2");
      await panel()
        .getByText(/belongs to "User 2"/)
        .waitFor();
      await field(userForm.username).fill("anna.berg");
      await panel().getByText(userForm.usernameFree).waitFor();
      await panel().getByRole("checkbox", { name: userForm.signInAllowed }).uncheck();
      await panel().getByText(userForm.more).click();
      await field("City").fill("");
      await field("Department").fill("Finance");
      expect(await unreadable(page)).toEqual([]);
      await next();
      await panel().getByRole("radio", { name: userForm.permissionHints.custom }).check();
      await next();
      await panel().getByText(userForm.rolesMissing).waitFor();
      await panel().getByRole("checkbox", { name: "Password admin" }).check();
      expect(await unreadable(page)).toEqual([]);
      await next();
      await panel().getByRole("checkbox", { name: "Microsoft 365 E3" }).check();
      await panel().getByText(userForm.locationMissing).waitFor();
      await pick(page, panel().getByRole("combobox", { name: userForm.location }), "Swed", "Sweden");
      expect(await unreadable(page)).toEqual([]);
      await next();
      for (const [label, before, after] of [
        [userForm.username, `user1@${customer.domain}`, `anna.berg@${customer.domain}`],
        ["Department", "Sales", "Finance"],
        ["City", "Lund", texts.changes.empty],
        [userForm.signIn, "Allowed", "Blocked"],
        [userForm.permission, "User", "Password admin"],
        [userForm.location, texts.changes.empty, "Sweden"],
      ]) {
        const cells = panel()
          .getByRole("row")
          .filter({ has: page.getByRole("rowheader", { name: label ?? "", exact: true }) });
        await expect(cells.getByRole("cell").allInnerTexts()).resolves.toEqual([before, after]);
      }
      expect(await unreadable(page)).toEqual([]);
      await button(userForm.complete).click();
      await page.getByText(editUser.saved("User 1")).waitFor();
      await page.getByRole("complementary").getByText("Finance").waitFor();
      await expect(read("User 1")).resolves.toMatchObject({
        userPrincipalName: `anna.berg@${customer.domain}`,
        surname: "Berg",
        department: "Finance",
        city: null,
        accountEnabled: false,
        usageLocation: "SE",
        permission: ["passwordAdmin"],
        licenses: [{ skuPartNumber: "SPE_E3" }],
      });
    },
    long,
  );

  it("with nothing changed cannot be completed and says why", async () => {
    await page.goto(address("User 3"));
    for (let steps = 0; steps < 3; steps++) await next();
    await expect(button(userForm.complete).getAttribute("aria-disabled")).resolves.toBe("true");
    await panel().getByText(editUser.nothing).first().waitFor();
  });

  it(
    "keeps what was typed over a session that ends and a reload, and leaves alone what somebody else changed meanwhile",
    async () => {
      await page.goto(address("User 4"));
      await field(userForm.first).fill("Ulla");
      await next();
      await next();
      await next();
      await page.context().clearCookies();
      await pressBehindDialog(button(userForm.complete));
      await signInAgain(page, stage);
      // Somebody else is faster by a moment.
      const path = `/v1/customers/${customer.id}/users/${idOf("User 4")}`;
      let faster = true;
      await page.route(
        (url) => url.pathname === path,
        async (route) => {
          if (faster && route.request().method() === "PATCH") {
            await stage.app.request(path, { method: "PATCH", json: { city: "Malmö" }, headers: { prefer: "wait=30" } });
          }
          await route.continue();
        },
      );
      await button(userForm.complete).click();
      await panel().getByText(editUser.moved).waitFor();
      faster = false;
      await page.reload();
      await button(userForm.complete).click();
      await page.getByText(editUser.saved("User 4")).waitFor();
      await expect(read("User 4")).resolves.toMatchObject({ givenName: "Ulla", city: "Malmö", department: "Sales" });
    },
    long,
  );

  it("a half-filled one asks before it is left, and is discarded on request", async () => {
    await page.goto(address("User 5"));
    await field(userForm.last).fill("Never");
    await button(texts.common.cancel).click();
    await page.getByRole("button", { name: draft.discard }).click();
    await page.waitForURL((url) => url.pathname === pageAddress("users", { customerId: customer.id }));
    await page.goto(address("User 5"));
    await expect(field(userForm.last).inputValue()).resolves.toBe("");
  });
});

it(
  "many are edited together: only what is filled in or emptied, after a review and the number typed, with the outcome of each",
  async () => {
    await page.goto(pageAddress("users", { customerId: customer.id }));
    await page.getByRole("checkbox", { name: texts.selection.selectShown }).check();
    await useCommand(page, editUsers.label);
    await page.getByRole("heading", { name: editUsers.title("60 users") }).waitFor();
    await button(editUsers.review).click();
    await panel().getByText(editUsers.nothing).waitFor();
    await field("Office").fill("Harbour");
    await panel()
      .getByRole("checkbox", { name: editUsers.emptyOne("Department") })
      .check();
    await expect(field("Department").isEditable()).resolves.toBe(false);
    expect(await unreadable(page)).toEqual([]);
    await button(editUsers.review).click();
    await panel()
      // An earlier test has moved one of them to another department.
      .getByRole("row", { name: new RegExp(`^Department .*Sales.* ${texts.changes.empty}$`) })
      .waitFor();
    await button(editUsers.submit).click();
    await panel().getByText(texts.confirm.wrong("60")).waitFor();
    expect(await unreadable(page)).toEqual([]);
    await panel().getByLabel(texts.confirm.type("60")).fill("60");
    await button(editUsers.submit).click();
    await page.getByRole("heading", { name: editUsers.done }).waitFor();
    await page.getByText("60 users, all done").waitFor();
    const after = await readUsers();
    expect([...after.values()].every(({ officeLocation }) => officeLocation === "Harbour")).toBe(true);
    expect([...after.values()].every(({ department }) => department === null)).toBe(true);
    expect(after.get("User 7")).toMatchObject({ city: "Lund" });
  },
  long,
);

it("no page met an error of its script", () => {
  expect(stage.errors).toEqual([]);
});
