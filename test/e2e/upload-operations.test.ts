import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { User } from "../../contract/user.ts";
import { type Operation, operations } from "../../contract/operations.ts";
import { pageAddress, pages } from "../../contract/pages.ts";
import { counted, shown, signInAgain } from "./acts.ts";
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

async function openUpload(operation: Operation): Promise<void> {
  await page.goto(`${pageAddress("upload", { customerId: customer.id })}?operation=${operations[operation].slug}`);
  await page.getByRole("heading", { level: 1, name: upload.operations[operation].title }).waitFor();
}

async function pick(name: string, content: string): Promise<void> {
  const buffer = Buffer.from(here(content));
  await page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer });
}

/** Picks a file for an operation, has it planned, starts its one row and waits for the outcome. */
async function carryOut(operation: Operation, content: string): Promise<void> {
  await openUpload(operation);
  await pick(`${operation}.csv`, content);
  await page.getByRole("button", { name: upload.submit }).click();
  await page.getByRole("button", { name: texts.batch.start(1) }).click();
  await counted(page, texts.batch.states.succeeded, 1);
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

describe("nothing that was chosen is lost", () => {
  it("where the session ends in the middle of choosing options, the file and the options are there after signing in", async () => {
    await openUpload("createUsers");
    await pick("kept.csv", "User name,Display name\nkim@DOMAIN,Kim Lund");
    await page.getByLabel(upload.domain, { exact: true }).selectOption(customer.domain);
    await page.context().clearCookies();
    await page.getByRole("radio", { name: upload.onExistingUpdate }).check();
    await page.getByRole("button", { name: upload.submit }).click();
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
    const asked = page.waitForEvent("dialog");
    const reloading = page.reload();
    await (await asked).accept();
    await reloading;
    await expect.poll(() => page.getByRole("radio", { name: upload.onDeletedRestore }).isChecked()).toBe(true);
    await page.getByRole("link", { name: pages.batches.title, exact: true }).click();
    await page.getByRole("button", { name: texts.draft.discard }).click();
    await page.getByRole("heading", { level: 1, name: pages.batches.title }).waitFor();
    expect(stage.errors).toEqual([]);
  });
});
