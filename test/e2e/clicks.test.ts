import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import { pageAddress, pages } from "../../contract/pages.ts";
import { useCommand } from "./acts.ts";
import { countEffort, type Effort, effortOf } from "./effort.ts";
import { type Flow, keysOf, referenceFlows } from "./reference-flows.ts";
import { openStage, type Stage } from "./stage.ts";
import { texts } from "./texts.ts";

const { acts, addUser, commands, editUser, manageLicenses, restoring, selection, userForm, wizard } = texts;
const office = "Microsoft 365 E3";
const mobility = "Enterprise Mobility + Security E3";

let stage: Stage;
let page: Page;
let customer: { id: string; domain: string };
beforeAll(async () => {
  stage = await openStage();
  const { app } = stage;
  customer = await app.makeCustomer([
    { skuPartNumber: "SPE_E3", total: 50 },
    { skuPartNumber: "EMS", total: 50 },
  ]);
  await app.request<Batch>(`/v1/customers/${customer.id}/batches`, {
    json: {
      operation: "createUsers",
      rows: ["Ada", "Bo", "Cy", "Di", "Ed"].map((name) => ({
        userPrincipalName: `${name}@${customer.domain}`,
        displayName: name,
        usageLocation: "SE",
      })),
    },
    headers: { prefer: "wait=30" },
  });
  page = await stage.open();
  await countEffort(page);
  await stage.signIn(page, users());
}, 240_000);
afterAll(() => stage.close());

const users = () => pageAddress("users", { customerId: customer.id });
const dialog = () => page.getByRole("dialog").last();
const press = (name: string) => dialog().getByRole("button", { name, exact: true }).click();
const tick = (name: string) => dialog().getByRole("checkbox", { name, exact: true }).click();
const select = (name: string) => page.getByRole("checkbox", { name: selection.select(name) }).click();
const done = (amount: string) => dialog().getByText(`${amount}, all done`).waitFor();
const next = () => press(wizard.next);

/** Types the names of a new user, whose username and location then stand there by themselves. */
async function typeNames(first: string, last: string): Promise<void> {
  await dialog().getByRole("textbox", { name: userForm.first }).and(page.locator(":focus")).waitFor();
  await page.keyboard.type(first);
  await page.keyboard.press("Tab");
  await page.keyboard.type(last);
  await page.locator(`[role=dialog] input[value="${`${first}.${last}`.toLowerCase()}"]`).waitFor();
  await dialog().getByText(userForm.usernameFree).waitFor();
}

/** Chooses a file that `content` stands in, and has it checked and carried out. */
async function upload(content: string, options: () => Promise<void> = async () => undefined): Promise<void> {
  await useCommand(page, pages.upload.title);
  const picking = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: texts.upload.pick }).click();
  const buffer = Buffer.from(content.replaceAll("DOMAIN", customer.domain));
  await (await picking).setFiles({ name: "people.csv", mimeType: "text/csv", buffer });
  await options();
  await page.getByRole("button", { name: texts.upload.submit }).click();
  await page.getByRole("button", { name: texts.batch.start(2) }).click();
  await page.getByText(texts.batches.states.finished, { exact: true }).first().waitFor();
  const file = page.waitForEvent("download");
  await page.getByRole("button", { name: texts.batch.passwords }).click();
  await file;
}

const walks: Record<Flow, () => Promise<void>> = {
  addUser: async () => {
    await useCommand(page, pages.newUser.title);
    await typeNames("Grace", "Ito");
    await next();
    await next();
    await tick(office);
    await next();
    await press(userForm.complete);
    await dialog()
      .getByRole("heading", { name: addUser.madeTitle("Grace Ito") })
      .waitFor();
  },
  addTwoUsers: async () => {
    await useCommand(page, pages.newUser.title);
    await typeNames("Kim", "Berg");
    await next();
    await next();
    await tick(office);
    await next();
    await press(addUser.another);
    await typeNames("Lea", "Moe");
    await next();
    await next();
    await next();
    await press(userForm.complete);
    await dialog()
      .getByRole("heading", { name: addUser.madeMany(2, 2) })
      .waitFor();
  },
  editUser: async () => {
    await page.getByRole("button", { name: "Ada", exact: true }).click();
    await page.getByRole("complementary").getByRole("button", { name: editUser.open }).click();
    await dialog().getByRole("textbox", { name: userForm.last }).click();
    await page.keyboard.type("Eve");
    await next();
    await next();
    await next();
    await press(userForm.complete);
    await page.getByText(editUser.saved("Ada")).waitFor();
  },
  uploadUsers: async () => {
    const rows = ["ray@DOMAIN,Ray,SE,SPE_E3", "roy@DOMAIN,Roy,SE,SPE_E3"];
    await upload(["User name,Display name,Usage location,Licenses", ...rows].join("\n"));
  },
  uploadTemplate: async () => {
    const rows = ["Sam,Ost,Sam Ost,sam@DOMAIN,", "Sue,Ek,Sue Ek,sue@DOMAIN,"];
    await upload(["First name,Last name,Display name,Email,Status update", ...rows].join("\n"), async () => {
      await page.getByRole("combobox", { name: texts.upload.location }).click();
      await page.getByRole("option", { name: "Sweden" }).click();
      await page.getByRole("checkbox", { name: office }).click();
    });
  },
  manageLicenses: async () => {
    await select("Bo");
    await useCommand(page, manageLicenses.label);
    await tick(office);
    await tick(mobility);
    await press(manageLicenses.submit);
    await done("1 user");
  },
  deleteTwoUsers: async () => {
    await select("Cy");
    await select("Di");
    await useCommand(page, acts.deleteUsers.label);
    await press(acts.deleteUsers.submit);
    await done("2 users");
  },
  restoreUser: async () => {
    await useCommand(page, commands.restore);
    await page.getByRole("button", { name: restoring.restoreOne("Cy") }).click();
    await press(restoring.submit);
    await done("1 user");
  },
  resetPassword: async () => {
    await select("Ed");
    await useCommand(page, acts.resetPasswords.label);
    await press(acts.resetPasswords.submit);
    await page.getByRole("region", { name: texts.passwords.title }).locator("code").waitFor();
  },
};

it("no flow needs more clicks or keys than the reference product, and the documentation says how many", async () => {
  const lines: string[][] = [];
  const tooMany: string[] = [];
  for (const [flow, walk] of Object.entries(walks) as [Flow, () => Promise<void>][]) {
    const { title, clicks, typed } = referenceFlows[flow];
    const reference: Effort = { clicks: clicks.length, keys: keysOf(typed) };
    await page.goto(users());
    await page.getByRole("gridcell").first().waitFor();
    const ours = await effortOf(page, walk);
    lines.push([title, ...[ours.clicks, reference.clicks, ours.keys, reference.keys].map(String)]);
    if (ours.clicks > reference.clicks || ours.keys > reference.keys) tooMany.push(title);
  }
  await expect(table(lines)).toMatchFileSnapshot("../../docs/clicks.md");
  expect(tooMany).toEqual([]);
  expect(stage.errors).toEqual([]);
}, 180_000);

/** The document as the formatter leaves it. */
function table(lines: string[][]): string {
  const rows = [["Flow", "Clicks", "Reference", "Keys", "Reference"], ...lines];
  const widths = rows[0]?.map((_head, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  const cell = (text: string, at: number) => (at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0));
  const rule = (_text: string, at: number) =>
    at === 0 ? "-".repeat(widths[at] ?? 0) : `${"-".repeat((widths[at] ?? 1) - 1)}:`;
  const [head = [], ...body] = rows;
  return [lead, draw(head, cell), draw(head, rule), ...body.map((row) => draw(row, cell)), ""].join("\n");
}

function draw(row: string[], pad: (cell: string, at: number) => string): string {
  return `| ${row.map(pad).join(" | ")} |`;
}

const lead = `# Clicks

What an agent needs for each flow from the users of a customer on, beside what the reference product needs by its public
documentation. A browser has counted ours (\`npm run clicks\` does it again); the steps of the reference are in
[reference-flows.ts](../test/e2e/reference-flows.ts). Keys are those that are typed into fields, with Tab between them.
`;
