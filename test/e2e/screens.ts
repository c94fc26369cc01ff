import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { pageAddress, type PageName, pages } from "../../contract/pages.ts";
import { launchBrowser } from "./browser.ts";
import { dialogs } from "./dialogs/dialogs.ts";
import { prepareDialogs, type Prepared } from "./dialogs/prepare-dialogs.ts";
import { demoToken, startDemo } from "./start-demo.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = fileURLToPath(new URL("screens/", import.meta.url));
const agent = { email: "ada.lindqvist@muster.example", password: "correct horse battery staple" };
const largeRows = 60_000;
const wide = { width: 1440, height: 900 };
/** The picture of each page: a page of the list that has none does not compile. */
const pictures = {
  home: "home",
  customers: "customers",
  users: "users",
  newUser: "new-user",
  editUser: "edit-user",
  upload: "upload",
  deletedUsers: "deleted-users",
  customerBatches: "customer-batches",
  products: "products",
  batches: "batches",
  batch: "batch",
  bundleUpload: "bundle-upload",
  bundles: "bundles",
  bundle: "bundle",
  people: "people",
  audit: "audit",
  agents: "agents",
  agent: "agent",
  customerGrants: "customer-grants",
  customerAudit: "customer-audit",
  webhooks: "webhooks",
  settings: "settings",
  signIn: "sign-in",
} as const satisfies Record<PageName, string>;
const sizes = { 1440: 900, 390: 844 } as const;
/** This browser shows no scroll bars, and yet leaves room for one beside an open dialog. */
const noGutter = `addEventListener("DOMContentLoaded", () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("html { scrollbar-gutter: auto !important }");
  document.adoptedStyleSheets.push(sheet);
})`;
/** `npm run screens -- batch` takes only the pictures whose name holds the word; `-- pages` those of pages alone. */
const word = process.argv[2] ?? "";
const onlyPages = word === "pages";
const wanted = onlyPages ? "" : word;
/** As long as a machine that is busy with other things may take for a page. */
const patienceMs = 120_000;
const dialogPictures = Object.entries(dialogs).map(([name, { open }]) => ({
  picture: `dialog-${name.toLowerCase().replaceAll(/[^a-z]+/g, "-")}`,
  open,
}));

/** Starts the demo in a folder of its own, photographs each page and dialog wide and narrow, light and dark, and stops it. */
async function main(): Promise<void> {
  await mkdir(folder, { recursive: true });
  const dataDir = await mkdtemp(join(tmpdir(), "muster-screens-"));
  const demo = await startDemo(dataDir, agent);
  const browser = await launchBrowser(join(tmpdir(), "muster-chromium-138"));
  try {
    const onlyDialogs = wanted.startsWith("dialog");
    if (!onlyDialogs) await prepare(browser, demo.address);
    const prepared = await prepareForDialogs(browser, demo.address);
    for (const theme of ["light", "dark"] as const) {
      for (const width of [1440, 390] as const) {
        const look = { browser, address: demo.address, theme, width };
        if (!onlyDialogs) await photographPages(look, prepared);
        if (!onlyPages) await photographDialogs(look, prepared);
      }
    }
  } finally {
    await browser.close();
    demo.child.kill("SIGTERM");
    await once(demo.child, "exit");
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** The demo's file a second time, so that there is a plan to look at, and a large one that is stopped on its way. */
async function prepare(browser: Browser, address: string): Promise<void> {
  const context = await browser.newContext({ baseURL: address, locale: "en-GB" });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  await signIn(page);
  const people = await readFile(join(root, "boot/demo/people.csv"), "utf8");
  await upload(page, "contractors.csv", people.split("\n").slice(1, 60).join("\n"));
  const names = [
    "First name,Last name,Job title",
    "Åsa,Öberg,Nurse",
    "Åsa,Öberg,Driver",
    "Nguyễn,Thị Hoa,Cook",
    "Jo,Li,Porter",
  ];
  await upload(page, "newcomers.csv", names.join("\n"));
  await page.getByRole("link", { name: "Options" }).click();
  await page.getByLabel("Missing usernames").selectOption("{givenName}.{surname}");
  await page.getByRole("button", { name: "Save and plan again" }).click();
  await page.getByText("The plan was made again.").waitFor();
  await upload(page, "people.csv", people);
  await upload(page, "members.csv", manyPeople("Member"));
  await page.getByRole("button", { name: "Start ·" }).click();
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("button", { name: "Resume" }).waitFor();
  await context.close();
}

function manyPeople(name: string): string {
  const rows = Array.from({ length: largeRows }, (_, at) => `${name}.${at}@nordwind.example,${name} ${at},Events,SE`);
  return `User name,Display name,Department,Usage location\n${rows.join("\n")}`;
}

async function upload(page: Page, name: string, text: string): Promise<void> {
  await page.goto("/customers");
  await page.getByRole("link", { name: "Contoso Worldwide" }).click();
  await page.waitForURL(/\/customers\/./);
  await page.goto(`${new URL(page.url()).pathname}/upload`);
  await page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.getByLabel("Update them from the file").check();
  await page.getByRole("button", { name: "Check the file" }).click();
  await page.waitForURL(/\/batches\//);
}

async function signIn(page: Page): Promise<void> {
  await page.goto("/customers");
  await page.getByLabel("Email").fill(agent.email);
  await page.getByLabel("Password").fill(agent.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("link", { name: "Contoso Worldwide" }).waitFor();
}

type Look = { browser: Browser; address: string; theme: "light" | "dark"; width: keyof typeof sizes };

async function openLook({ browser, address, theme, width }: Look): Promise<Page> {
  const viewport = { width, height: sizes[width] };
  const context = await browser.newContext({ baseURL: address, viewport, colorScheme: theme, locale: "en-GB" });
  await context.addInitScript(noGutter);
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  page.on("pageerror", (error) => process.stdout.write(`${theme} ${width}: ${error.message}\n`));
  return page;
}

async function take(page: Page, { theme, width }: Look, name: string): Promise<void> {
  if (!name.includes(wanted)) return;
  await page.mouse.move(0, 0);
  await page.waitForLoadState("networkidle");
  await page.screenshot({ path: join(folder, `${name}-${width}-${theme}.png`), animations: "disabled" });
}

async function prepareForDialogs(browser: Browser, address: string): Promise<Prepared> {
  const page = await openLook({ browser, address, theme: "light", width: 1440 });
  await signIn(page);
  const prepared = await prepareDialogs(page, agent.password, demoToken);
  await page.context().close();
  return prepared;
}

async function photographDialogs(look: Look, prepared: Prepared): Promise<void> {
  const page = await openLook(look);
  await signIn(page);
  for (const { picture, open } of dialogPictures.filter((one) => one.picture.includes(wanted))) {
    await page.setViewportSize(wide);
    // What was left half filled is not to be asked about in the next picture.
    await page.evaluate("localStorage.clear()");
    await open(page, prepared);
    // Opened wide, where each command has room; what only a phone has is open on one already.
    if (page.viewportSize()?.width === wide.width) {
      await page.setViewportSize({ width: look.width, height: sizes[look.width] });
    }
    await take(page, look, picture);
  }
  await page.context().close();
}

async function photographPages(look: Look, { customerId, bundleId, theirFileId }: Prepared): Promise<void> {
  const page = await openLook(look);
  const { width, theme } = look;
  const shot = async (name: string) => await take(page, look, name);
  const link = (name: string | RegExp) => page.getByRole("link", { name });

  await page.goto("/customers");
  await page.getByLabel("Email").waitFor();
  await shot(pictures.signIn);
  await signIn(page);
  await shot(pictures.customers);
  await link("Contoso Worldwide").click();
  await page.getByRole("region", { name: "Users" }).waitFor();
  await shot(pictures.users);
  await page.getByRole("region", { name: "Users" }).getByRole("button", { name: "Åke Törnqvist" }).click();
  await page.getByRole("heading", { name: "Åke Törnqvist" }).waitFor();
  await page.getByRole("tab", { name: "Activity" }).waitFor();
  await shot("user-details");
  await page.keyboard.press("Escape");
  await page.goto(pageAddress("deletedUsers", { customerId }));
  await page.getByRole("checkbox").first().waitFor();
  await shot(pictures.deletedUsers);
  await page.goBack();
  await link("Products").click();
  await page.getByRole("table", { name: "Products" }).waitFor();
  await shot(pictures.products);
  await page.goto("/batches");
  await link(/people.csv/)
    .first()
    .waitFor();
  await shot(pictures.batches);
  await page.goto(pageAddress("bundleUpload"));
  await page.getByRole("button", { name: "Check the file" }).waitFor();
  await shot(pictures.bundleUpload);
  await page.goto(pageAddress("bundles"));
  await link(/leavers.csv/)
    .first()
    .waitFor();
  await shot(pictures.bundles);
  await page.goto(pageAddress("bundle", { bundleId }));
  await page.getByRole("table", { name: "Batches" }).waitFor();
  await shot(pictures.bundle);
  await page.goto(pageAddress("bundle", { bundleId: theirFileId }));
  await page.getByRole("button", { name: "Approve 2 batches" }).waitFor();
  await shot("bundle-questions");
  await upload(page, "seasonal.csv", manyPeople(`Season ${theme} ${width}`.replaceAll(" ", "-")));
  await page.getByRole("button", { name: "Start ·" }).click();
  await page.getByText(/ left$/).waitFor();
  await shot("running");
  await page.getByRole("button", { name: "Cancel the rest" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel the rest" }).click();
  await page.getByText("Cancelled", { exact: true }).first().waitFor();
  await page.goto("/batches");
  await link(/people.csv/)
    .first()
    .click();
  await page.getByRole("region", { name: "Rows of the batch" }).waitFor();
  await shot("plan");
  await page.getByLabel("Cause", { exact: true }).selectOption("domain_unverified");
  await page.getByText("1 row", { exact: true }).waitFor();
  await page.getByRole("button", { name: /^Row / }).first().click();
  await page.getByRole("complementary").waitFor();
  await page.getByRole("complementary").scrollIntoViewIfNeeded();
  await shot("plan-row");
  if (width === 390) await page.getByRole("button", { name: /^Edit User name/ }).click();
  else await page.locator('[data-opens="true"]').first().click();
  await shot("plan-cell");
  await page.goto("/batches");
  await link(/contractors.csv/).click();
  await page.getByRole("combobox", { name: "Field of Column 1", exact: true }).waitFor();
  await shot("columns");
  await page.goto("/batches");
  await link(/newcomers.csv/).click();
  await page.getByRole("region", { name: "Rows of the batch" }).waitFor();
  await shot("built-names");
  await link("Options").click();
  await page.getByRole("heading", { name: "Usernames as they are built" }).waitFor();
  await shot("options");
  await page.goto("/batches");
  await link(/people.csv/)
    .last()
    .click();
  await page.getByRole("region", { name: "Rows of the batch" }).waitFor();
  await shot(pictures.batch);
  await link("Show rows").first().click();
  await page.getByText("28 rows").waitFor();
  await shot("batch-rows");
  await link("Contoso Worldwide").click();
  const customer = new URL(page.url()).pathname;
  await page.goto(`${customer}/upload`);
  await page.getByRole("button", { name: "Check the file" }).waitFor();
  await shot(pictures.upload);
  await page.goto(`${customer}/users/new`);
  await page.getByLabel("First name").waitFor();
  await shot(pictures.newUser);
  await page.goto(`${customer}?q=tornqvist`);
  await page.getByRole("button", { name: "Åke Törnqvist" }).click();
  await page.getByRole("complementary").getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("First name").waitFor();
  await shot(pictures.editUser);
  await page.goto("/customers");
  await link("Contoso Worldwide").click();
  await page.getByRole("navigation", { name: "Customer" }).getByRole("link", { name: "Batches" }).click();
  await link(/people.csv/)
    .first()
    .waitFor();
  await shot(pictures.customerBatches);
  for (const name of ["home", "audit", "agents", "settings"] as const) {
    await page.goto(pages[name].path);
    await page.getByRole("heading", { level: 1, name: pages[name].title }).waitFor();
    await shot(pictures[name]);
  }
  await page.goto(pages.agents.path);
  await page.getByRole("table", { name: "Agents" }).getByRole("link").first().click();
  await page.getByRole("toolbar", { name: "Account" }).waitFor();
  await shot(pictures.agent);
  await page.goto(`${customer}/grants`);
  await page.getByRole("table", { name: "Grants" }).waitFor();
  await shot(pictures.customerGrants);
  await page.goto(`${customer}/audit`);
  await page.getByRole("table", { name: "Audit" }).waitFor();
  await shot(pictures.customerAudit);
  await page.goto(`${pages.people.path}?q=torn`);
  await page.getByRole("table").first().waitFor();
  await shot(pictures.people);
  await page.goto("/nowhere");
  await page.getByRole("heading", { name: "There is nothing here" }).waitFor();
  await shot("not-found");
  await page.context().close();
}

await main();
