import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { User } from "../../contract/user.ts";
import { type FileOperation, fileOperationNames, operations } from "../../contract/operations.ts";
import { pageAddress, pages } from "../../contract/pages.ts";
import {
  counted,
  makeColleague,
  pick as pickOption,
  pressBehindDialog,
  reloadHalfFilled,
  shown,
  signInAgain,
} from "./acts.ts";
import { workbookType } from "../../contract/media-types.ts";
import { writeWorkbook } from "../support/write-workbook.ts";
import { openStage, type Stage } from "./stage.ts";
import { texts } from "./texts.ts";
import { unreadable } from "./unreadable.ts";

const { upload } = texts;

let stage: Stage;
let page: Page;
let customer: { id: string; domain: string };
beforeAll(async () => {
  stage = await openStage();
  customer = await stage.app.makeCustomer([
    { skuPartNumber: "SPE_E3", total: 5 },
    { skuPartNumber: "VISIOCLIENT", total: 5 },
  ]);
  page = await stage.open();
  await stage.signIn(page, pageAddress("upload", { customerId: customer.id }));
}, 240_000);
afterAll(() => stage.close());

const here = (text: string) => text.replaceAll("DOMAIN", customer.domain);

async function openUpload(operation: FileOperation): Promise<void> {
  await page.goto(`${pageAddress("upload", { customerId: customer.id })}?operation=${operations[operation].slug}`);
  await page.getByRole("heading", { level: 1, name: upload.operations[operation].title }).waitFor();
}

/** Waits for the upload page with an operation chosen. */
async function uploads(operation: FileOperation): Promise<void> {
  await page.waitForURL(new RegExp(`/upload\\?operation=${operations[operation].slug}$`));
  await page.getByRole("heading", { level: 1, name: upload.operations[operation].title }).waitFor();
  await page.getByRole("radio", { name: upload.operations[operation].label, checked: true }).waitFor();
}

async function pick(name: string, content: string): Promise<void> {
  const buffer = Buffer.from(here(content));
  await page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer });
}

/** Picks a file for an operation, has it planned, starts its rows and waits for the outcome. */
async function carryOut(operation: FileOperation, content: string): Promise<void> {
  await openUpload(operation);
  await pick(`${operation}.csv`, content);
  await page.getByRole("button", { name: upload.submit }).click();
  const rows = content.split("\n").filter((line) => line.includes("DOMAIN")).length;
  await page.getByRole("button", { name: texts.batch.start(rows) }).click();
  await counted(page, texts.batch.states.succeeded, rows);
}

async function usersOf(state: string): Promise<User[]> {
  const address = `/v1/customers/${customer.id}/users?state=${state}&q=ana`;
  return (await stage.app.request<{ items: User[] }>(address)).body.items;
}

async function user(): Promise<User | undefined> {
  return [...(await usersOf("active")), ...(await usersOf("inactive"))][0];
}

/** Puts what a spreadsheet copies on the clipboard's event, as Ctrl+V on the page does. */
async function paste(rows: string): Promise<void> {
  await page.evaluate(
    `(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", ${JSON.stringify(here(rows))});
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
    })()`,
  );
}

const sheetOf = (name: string) => [
  ["User name", "Display name"],
  [`${name}1@${customer.domain}`, `${name} One`],
];

describe("each operation by a file", () => {
  it("makes, updates, licenses, permits, resets, deletes, restores and removes a user, from click to database", async () => {
    await carryOut("createUsers", "User name,Display name,Usage location\nana@DOMAIN,Ana Broz,SE");
    expect(await user()).toMatchObject({ displayName: "Ana Broz", state: "active", department: null });
    await carryOut("updateUsers", "User name,Department\nana@DOMAIN,Research");
    expect(await user()).toMatchObject({ department: "Research" });
    await carryOut("changeLicenses", "User name\tLicenses\nana@DOMAIN\tSPE_E3");
    expect((await user())?.licenses.map(({ skuPartNumber }) => skuPartNumber)).toEqual(["SPE_E3"]);
    await carryOut("changePermissions", "User name,Permission\nana@DOMAIN,Password admin");
    expect((await user())?.permission).toEqual(["passwordAdmin"]);
    await carryOut("resetPasswords", "User name\nana@DOMAIN");
    await carryOut("deleteUsers", "version:v1.0\nUser name [userPrincipalName] Required\nana@DOMAIN");
    expect(await user()).toMatchObject({ state: "inactive", licenses: [] });
    await carryOut("restoreUsers", "User name,New user principal name\nana@DOMAIN,");
    expect(await user()).toMatchObject({ state: "active" });
    await carryOut("deleteUsers", "User name\nana@DOMAIN");
    await carryOut("removeUsers", "User name,Display name\nana@DOMAIN,Ana Broz");
    expect(await user()).toBeUndefined();
  }, 180_000);

  it("is chosen by the way there: the menu beside the commands over the users, and the palette", async () => {
    const byFile = async (view: "users" | "deletedUsers", operation: FileOperation) => {
      await page.goto(pageAddress(view, { customerId: customer.id }));
      await page.getByRole("button", { name: texts.commands.forMany }).click();
      await page.getByRole("menuitem", { name: upload.operations[operation].title }).click();
      await uploads(operation);
    };
    for (const operation of fileOperationNames) {
      await byFile(operation === "removeUsers" ? "deletedUsers" : "users", operation);
    }
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").getByRole("combobox").fill("reset file");
    await page.getByRole("option", { name: upload.operations.resetPasswords.title }).click();
    await uploads("resetPasswords");
    expect(new URL(page.url()).searchParams.get("operation")).toBe("reset-passwords");
  });

  it("is chosen on the page, with its own words, template and options", async () => {
    await openUpload("createUsers");
    await shown(page.getByText(upload.onDeleted));
    await page.getByRole("radio", { name: upload.operations.deleteUsers.label }).check();
    await page.getByRole("heading", { level: 1, name: upload.operations.deleteUsers.title }).waitFor();
    expect(new URL(page.url()).searchParams.get("operation")).toBe("delete-users");
    expect(await page.getByText(upload.onDeleted).count()).toBe(0);
    const template = page.getByRole("link", { name: upload.template(upload.operations.deleteUsers.label) });
    const [file] = await Promise.all([page.waitForEvent("download"), template.click()]);
    expect(file.suggestedFilename()).toBe("delete-users.csv");
    const entra = page.getByRole("link", { name: "Entra ID" });
    const [vendors] = await Promise.all([page.waitForEvent("download"), entra.click()]);
    expect(vendors.suggestedFilename()).toBe("entra-id-delete-users.csv");
    expect(await unreadable(page)).toEqual([]);
  });

  it("is greyed where the agent lacks the role, and names it", async () => {
    const { body: agent } = await stage.app.request<{ id: string }>("/v1/agents", {
      json: { name: "Lena Lic", email: "lena@partner.example", partnerRole: "adminAgent", password: "one password 1" },
    });
    await stage.app.request(`/v1/customers/${customer.id}/grants`, {
      json: { agentId: agent.id, role: "licenseAdministrator", days: 1 },
    });
    const own = await stage.open();
    const address = `${pageAddress("upload", { customerId: customer.id })}?operation=change-licenses`;
    await stage.signIn(own, address, { email: "lena@partner.example", password: "one password 1" });
    const deleting = own.getByRole("radio", { name: upload.operations.deleteUsers.label });
    await expect.poll(() => deleting.isDisabled()).toBe(true);
    await own
      .getByText(/Needs User Administrator/)
      .first()
      .waitFor();
    expect(await own.getByRole("radio", { name: upload.operations.changeLicenses.label }).isEnabled()).toBe(true);
    await own.context().close();
  });
});

describe("the first rows", () => {
  const twentyFive = Array.from({ length: 25 }, (_, at) => `p${at}@DOMAIN,Person ${at}`).join("\n");

  it("are shown the moment a file is picked, twenty of them, and nothing is sent", async () => {
    await openUpload("createUsers");
    const sent: string[] = [];
    page.on("request", (request) => {
      if (!new URL(request.url()).pathname.startsWith("/assets/")) sent.push(request.url());
    });
    await pick("many.csv", `User name,Display name\n${twentyFive}`);
    const preview = page.getByRole("table").filter({ hasText: "Person 0" });
    await preview.getByRole("cell", { name: "Person 19" }).waitFor();
    expect(await preview.getByRole("cell", { name: "Person 20" }).count()).toBe(0);
    await shown(page.getByText(upload.previewLead(20)));
    expect(sent).toEqual([]);
    expect(await unreadable(page)).toEqual([]);
  });

  it("are shown of rows that are pasted from a spreadsheet, which are then sent as they are", async () => {
    await openUpload("createUsers");
    await paste("just a word");
    await page.getByRole("alert").filter({ hasText: upload.notRows }).waitFor();
    await paste('User name\tDisplay name\tUsage location\r\npat@DOMAIN\tPat, "the" Lee\tSE\r\n');
    await page.getByRole("cell", { name: 'Pat, "the" Lee' }).waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
    await page.getByRole("button", { name: upload.submit }).click();
    await page.getByRole("heading", { level: 1, name: upload.pastedName }).waitFor();
    await counted(page, texts.batch.plan.create, 1);
  });

  it("a workbook says that its rows come with the plan", async () => {
    await openUpload("createUsers");
    await pick("people.xlsx", "PK\u0003\u0004 not read here");
    expect(await shown(page.getByText(upload.previewWorkbook))).toBe(true);
  });
});

const cause = (code: string) => page.locator(`tr:has([data-code="${code}"])`);
const remedy = (code: string, name: string) => cause(code).getByRole("button", { name });

async function plan(lines: string[]): Promise<void> {
  await openUpload("createUsers");
  await pick("mend.csv", ["User name,Display name,Usage location,Licenses", ...lines].join("\n"));
  await page.getByRole("button", { name: upload.submit }).click();
  await page.getByRole("heading", { name: texts.batch.causesHeading }).waitFor();
}

describe("a plan that will fail", () => {
  it("cannot be started, says what will happen, and has the control that mends each cause beside it", async () => {
    await plan(["out@else.example,Out One,,SPE_E3"]);
    const start = page.getByRole("button", { name: texts.batch.startNone, exact: true });
    expect(await start.getAttribute("aria-disabled")).toBe("true");
    await shown(page.getByRole("gridcell", { name: texts.plan.willBe.invalid, exact: true }));
    expect(await page.getByText(texts.batch.states.failed, { exact: true }).count()).toBe(0);
    expect(await unreadable(page)).toEqual([]);
    await remedy("domain_unverified", texts.plan.remedies.domain).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: texts.plan.remedies.submit }).click();
    await remedy("usage_location_missing", texts.plan.remedies.location).click();
    await pickOption(page, dialog.getByRole("combobox"), "Swed", "Sweden");
    expect(await unreadable(page)).toEqual([]);
    await dialog.getByRole("button", { name: texts.plan.remedies.submit }).click();
    await page.getByRole("button", { name: texts.batch.start(1) }).waitFor();
    await counted(page, texts.batch.plan.create, 1);
  });

  it("is mended by seats, by updating who exists and by restoring who was deleted, each with one button", async () => {
    await carryOut("createUsers", "User name,Display name\nold@DOMAIN,Old One\nhas@DOMAIN,Has One");
    await carryOut("deleteUsers", "User name\nold@DOMAIN");
    const seats = Array.from({ length: 7 }, (_, at) => `seat${at}@DOMAIN,Seat ${at},SE,SPE_E3`);
    await plan(["old@DOMAIN,Old One,SE,", "has@DOMAIN,Has Two,SE,", ...seats]);
    await remedy("seat_shortage", texts.plan.remedies.seats).click();
    await page.getByRole("dialog").getByRole("button", { name: texts.common.save }).click();
    await cause("seat_shortage").waitFor({ state: "detached" });
    await remedy("user_exists", texts.plan.remedies.update).click();
    await cause("user_exists").waitFor({ state: "detached" });
    await remedy("deleted_user_exists", texts.plan.remedies.restore).click();
    await page.getByRole("button", { name: texts.batch.start(9) }).click();
    await counted(page, texts.batch.states.succeeded, 9);
    const { body } = await stage.app.request<{ items: { skuPartNumber: string; total: number; consumed: number }[] }>(
      `/v1/customers/${customer.id}/products`,
    );
    expect(body.items.find(({ skuPartNumber }) => skuPartNumber === "SPE_E3")).toMatchObject({ total: 7, consumed: 7 });
  });

  it("is mended by one change for all rows of a cause, shown before it is done, and undone", async () => {
    await plan(["f1@DOMAIN,Fix One,Atlantis,", "f2@DOMAIN,Fix Two,Atlantis,", "f3@DOMAIN,Fix Three,Freedonia,"]);
    await remedy("country_unknown", texts.plan.fix.open).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("radio", { name: texts.plan.fix.replace }).check();
    await dialog.getByLabel(texts.plan.fix.find).fill("Atlantis");
    await dialog.getByLabel(texts.plan.fix.by, { exact: true }).fill("Sweden");
    await dialog.getByRole("listitem").filter({ hasText: "Atlantis" }).first().waitFor();
    expect(await dialog.getByRole("listitem").count()).toBe(2);
    expect(await unreadable(page)).toEqual([]);
    await dialog.getByRole("button", { name: texts.plan.fix.submit(2) }).click();
    await page.getByText(texts.plan.fix.done(2, "Usage location")).waitFor();
    await counted(page, texts.batch.plan.create, 2);
    // What undoes it is kept by the server, not by the tab.
    await page.reload();
    await page.getByRole("button", { name: texts.common.undo }).click();
    await counted(page, texts.batch.plan.invalid, 3);
    await page.getByText(texts.plan.fix.done(2, "Usage location")).waitFor({ state: "detached" });
    const batchId = new URL(page.url()).pathname.split("/").at(-1);
    const { body } = await stage.app.request<{ items: { input: Record<string, string> }[] }>(
      `/v1/batches/${batchId}/rows`,
    );
    expect(body.items.map(({ input }) => input["Usage location"])).toEqual(["Atlantis", "Atlantis", "Freedonia"]);
  });

  it("that was applied at once and failed in every row keeps its columns and options, and is a plan again with them", async () => {
    const { id } = await stage.app.upload(
      customer.id,
      "User name,Display name\nlate@else.example,Late One\nlater@else.example,Later One",
      "&apply=true",
    );
    await stage.app.finished(id);
    await page.goto(`/batches/${id}`);
    await page.getByText(texts.list.allFailed(2)).waitFor();
    const steps = page.getByRole("navigation", { name: texts.steps.label });
    await steps.getByRole("link", { name: texts.steps.options }).click();
    await page.getByLabel(upload.domain, { exact: true }).selectOption(customer.domain);
    await page.getByRole("button", { name: texts.batchOptions.save }).click();
    await page.getByRole("button", { name: texts.batch.start(2) }).click();
    expect(await counted(page, texts.batch.states.succeeded, 2)).toBe(true);
  });

  it("keeps the person in sight, leaves out columns that say the same, and shows the row of a link", async () => {
    const lines = Array.from({ length: 300 }, (_, at) => `wide${at}@DOMAIN,Wide ${at},SE,`);
    const { id } = await stage.app.upload(
      customer.id,
      here(["User name,Display name,Usage location,Licenses", ...lines].join("\n")),
    );
    await page.goto(`/batches/${id}?row=290`);
    await page.getByRole("complementary").getByText("wide289@").first().waitFor();
    const table = page.getByRole("grid", { name: texts.batch.table });
    expect(await table.getByRole("columnheader").allInnerTexts()).toEqual([
      texts.batch.row,
      texts.plan.person,
      texts.plan.willHappen,
      "User name",
      "Display name",
    ]);
    await page.getByRole("button", { name: texts.common.columns }).click();
    await page.getByRole("menuitemcheckbox", { name: "Usage location" }).click();
    await page.keyboard.press("Escape");
    await table.getByRole("columnheader", { name: "Usage location" }).waitFor();
    await table.getByRole("gridcell", { name: "Wide 0", exact: true }).first().waitFor();
    await page.evaluate(`document.querySelector('[role=region][aria-label="${texts.batch.table}"]').scrollTo(9999, 0)`);
    const person = table.getByRole("gridcell", { name: "Wide 0", exact: true }).first();
    expect((await person.boundingBox())?.x).toBeGreaterThan(0);
    expect(await person.getAttribute("data-stuck")).toBe("true");
  });

  it("of a workbook with several sheets offers them before it is sent, and reads the one that was chosen", async () => {
    await openUpload("createUsers");
    const workbook = writeWorkbook([
      { name: "May", rows: sheetOf("may") },
      { name: "June & July", rows: sheetOf("jun"), state: "hidden" },
    ]);
    await page.locator("input[type=file]").setInputFiles({ name: "s.xlsx", mimeType: workbookType, buffer: workbook });
    const sheet = page.getByLabel(upload.sheet, { exact: true });
    await sheet.waitFor();
    expect(await sheet.locator("option").allTextContents()).toEqual([
      upload.sheetAny,
      "May",
      upload.sheetHidden("June & July"),
    ]);
    await sheet.selectOption("June & July");
    expect(await unreadable(page)).toEqual([]);
    await page.getByRole("button", { name: upload.submit }).click();
    await page.getByText(texts.plan.sheets.read("June & July", 2)).waitFor();
    await shown(page.getByRole("gridcell", { name: "jun One" }));
  });

  it("of a workbook with several sheets names the one that was read, and reads another in its place", async () => {
    const people = (name: string) => [
      ["User name", "Display name"],
      [`${name}1@${customer.domain}`, `${name} One`],
    ];
    await openUpload("createUsers");
    const workbook = writeWorkbook([
      { name: "March", rows: people("mar") },
      { name: "April", rows: people("apr") },
    ]);
    await page.locator("input[type=file]").setInputFiles({ name: "m.xlsx", mimeType: workbookType, buffer: workbook });
    await page.getByRole("button", { name: upload.submit }).click();
    await page.getByText(texts.plan.sheets.read("March", 2)).waitFor();
    await page.getByRole("button", { name: texts.plan.sheets.another }).click();
    await page.getByRole("menuitem", { name: "April" }).click();
    await page.getByText(texts.plan.sheets.read("April", 2)).waitFor();
    await shown(page.getByRole("gridcell", { name: "apr One" }));
    const { body } = await stage.app.request<{ items: { state: string; fileName: string }[] }>(
      `/v1/batches?customerId=${customer.id}&q=m.xlsx`,
    );
    expect(body.items.map(({ state }) => state)).toEqual(["ready", "cancelled"]);
  });
});

/** The names of the files that the browser keeps. */
async function keptFiles(on: Page): Promise<string[]> {
  return await on.evaluate<string[]>(
    `new Promise((resolve) => {
      const opening = indexedDB.open("muster-files");
      // Where there is no such database, none is to be made.
      opening.onupgradeneeded = () => opening.transaction.abort();
      opening.onerror = () => resolve([]);
      opening.onsuccess = () => {
        const all = opening.result.transaction("files").objectStore("files").getAll();
        all.onsuccess = () => {
          opening.result.close();
          resolve(all.result.map(({ name }) => name));
        };
      };
    })`,
  );
}

/** Another tab of the same browser. */
async function otherTab(of: Page): Promise<Page> {
  const other = await of.context().newPage();
  other.on("pageerror", (error) => stage.errors.push(error.message));
  return other;
}

describe("a chosen file is kept until it is sent", () => {
  it("through a reload and a closed tab, where it is asked about, with its options", async () => {
    await openUpload("createUsers");
    await paste("User name\tDisplay name\nlin@DOMAIN\tLin Berg");
    await page.getByLabel(upload.domain, { exact: true }).selectOption(customer.domain);
    await expect.poll(() => keptFiles(page)).toEqual([upload.pastedName]);
    await reloadHalfFilled(page);
    await shown(page.getByRole("cell", { name: "Lin Berg" }));
    await page.close();
    page = await otherTab(page);
    await openUpload("createUsers");
    await page.getByRole("button", { name: texts.draft.takeUp }).click();
    await shown(page.getByRole("cell", { name: "Lin Berg" }));
    expect(await page.getByLabel(upload.domain, { exact: true }).inputValue()).toBe(customer.domain);
    await page.getByRole("button", { name: upload.submit }).click();
    await page.getByRole("button", { name: texts.batch.start(1) }).waitFor();
    await expect.poll(() => keptFiles(page)).toEqual([]);
    await openUpload("createUsers");
    await shown(page.getByText(upload.drop));
  });

  it("and says what it was chosen for where another operation is asked for later, and can be removed", async () => {
    await openUpload("createUsers");
    await pick("starters.csv", "User name,Display name\nida@DOMAIN,Ida Holm");
    await expect.poll(() => keptFiles(page)).toEqual(["starters.csv"]);
    await openUpload("deleteUsers");
    await shown(page.getByText(upload.chosenFor(upload.operations.createUsers.label)));
    expect(await unreadable(page)).toEqual([]);
    await page.getByRole("button", { name: upload.remove }).click();
    await shown(page.getByText(upload.drop));
    await expect.poll(() => keptFiles(page)).toEqual([]);
    await page.getByRole("link", { name: pages.batches.title, exact: true }).click();
    await page.getByRole("heading", { level: 1, name: pages.batches.title }).waitFor();
  });

  it("while it is left for a question in another tab, and is given up there", async () => {
    await openUpload("createUsers");
    await pick("given-up.csv", "User name,Display name\nida@DOMAIN,Ida Holm");
    await expect.poll(() => keptFiles(page)).toEqual(["given-up.csv"]);
    await page.close();
    page = await otherTab(page);
    await openUpload("createUsers");
    await page.getByRole("button", { name: texts.draft.throwAway }).click();
    await expect.poll(() => keptFiles(page)).toEqual([]);
  });

  it("for the agent who chose it: another one who signs in on the page or in a new tab gets nothing of it", async () => {
    await stage.app.db.sql`delete from rate_limits`;
    const colleague = await makeColleague(stage, customer.id);
    await openUpload("createUsers");
    await pick("private.csv", "User name,Display name\nida@DOMAIN,Ida Holm");
    await expect.poll(() => keptFiles(page)).toEqual(["private.csv"]);
    await page.context().clearCookies();
    await pressBehindDialog(page.getByRole("button", { name: upload.submit }));
    await signInAgain(page, stage, colleague);
    await shown(page.getByText(upload.drop));
    expect(await page.getByText("private.csv").count()).toBe(0);
    const other = await otherTab(page);
    await other.goto(page.url());
    await shown(other.getByText(upload.drop));
    expect(await other.getByRole("button", { name: texts.draft.takeUp }).count()).toBe(0);
    await other.context().clearCookies();
    await other.close();
    await stage.signIn(page, page.url());
    await shown(page.getByText("private.csv"));
    await page.getByRole("button", { name: /^Signed in as/ }).click();
    await page.getByRole("menuitem", { name: texts.nav.signOut }).click();
    await page.getByLabel(texts.signIn.password).waitFor();
    await expect.poll(() => keptFiles(page)).toEqual([]);
    await stage.signIn(page, page.url());
    await shown(page.getByText(upload.drop));
  });

  it("by its name, where the browser keeps no files: it is asked for again and all else is there", async () => {
    const context = await page.context().browser()!.newContext({ baseURL: stage.app.url, locale: "en-GB" });
    await context.addInitScript("Object.defineProperty(window, 'indexedDB', { value: undefined })");
    const bare = await context.newPage();
    bare.on("pageerror", (error) => stage.errors.push(error.message));
    await stage.signIn(bare, pageAddress("upload", { customerId: customer.id }));
    const file = { name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(here("User name\nida@DOMAIN")) };
    await bare.locator("input[type=file]").setInputFiles(file);
    await bare.getByLabel(upload.domain, { exact: true }).selectOption(customer.domain);
    await reloadHalfFilled(bare);
    await shown(bare.getByText(upload.again("people.csv")));
    expect(await unreadable(bare)).toEqual([]);
    expect(await bare.getByLabel(upload.domain, { exact: true }).inputValue()).toBe(customer.domain);
    await bare.locator("input[type=file]").setInputFiles(file);
    await shown(bare.getByRole("button", { name: upload.replace }));
    await context.close();
  });
});

describe("nothing that was chosen is lost", () => {
  it("where the session ends in the middle of choosing options, the file and the options are there after signing in", async () => {
    await openUpload("createUsers");
    await pick("kept.csv", "User name,Display name\nkim@DOMAIN,Kim Lund");
    await page.getByLabel(upload.domain, { exact: true }).selectOption(customer.domain);
    await page.getByRole("radio", { name: upload.onExistingUpdate }).check();
    await page.context().clearCookies();
    await pressBehindDialog(page.getByRole("button", { name: upload.submit }));
    await signInAgain(page, stage);
    expect(await page.getByRole("radio", { name: upload.onExistingUpdate }).isChecked()).toBe(true);
    await shown(page.getByText("kept.csv"));
    await page.getByRole("button", { name: upload.submit }).click();
    await page.getByRole("heading", { level: 1, name: "kept.csv" }).waitFor();
    const batchId = new URL(page.url()).pathname.split("/").at(-1);
    const { body } = await stage.app.request<{ options: object }>(`/v1/batches/${batchId}`);
    expect(body.options).toMatchObject({ domain: customer.domain, onExisting: "update" });
  });

  it("leaving half-chosen options asks, and a reload keeps them", async () => {
    await openUpload("createUsers");
    await page.getByRole("radio", { name: upload.onDeletedRestore }).check();
    await reloadHalfFilled(page);
    await expect.poll(() => page.getByRole("radio", { name: upload.onDeletedRestore }).isChecked()).toBe(true);
    await page.getByRole("link", { name: pages.batches.title, exact: true }).click();
    await page.getByRole("button", { name: texts.draft.discard }).click();
    await page.getByRole("heading", { level: 1, name: pages.batches.title }).waitFor();
    expect(stage.errors).toEqual([]);
  });
});
