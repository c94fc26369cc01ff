import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Client } from "pg";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { inject } from "vitest";
import { texts } from "./texts.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { launchBrowser } from "./browser.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A Muster with its pages, and a browser to open them. */
export type Stage = {
  app: TestApp;
  /** A page in a browser session of its own. Any error in its script fails the test that closes the stage. */
  open(options?: BrowserContextOptions): Promise<Page>;
  /** Opens `path`, signs the first admin in there, or another agent, and waits for what lies behind. */
  signIn(page: Page, path: string, agent?: { email: string; password: string }): Promise<void>;
  errors: string[];
  close(): Promise<void>;
};

/** Builds the pages once for all test files of a run, unpacks the browser once, and starts an app. */
export async function openStage(): Promise<Stage> {
  const pagesFolder = join(inject("scratch"), "pages");
  const browserFolder = join(inject("scratch"), "chromium");
  const browser = await inTurn(async () => {
    if (!existsSync(pagesFolder)) await buildPages(pagesFolder);
    return await launchBrowser(browserFolder);
  });
  // Nobody answers there, but fields that ask for a mail address are shown.
  const mail = { server: "smtp://127.0.0.1:9", from: "muster@partner.example" };
  const app = await startApp({ pagesFolder, mail });
  return stageOf(app, browser);
}

function stageOf(app: TestApp, browser: Browser): Stage {
  const errors: string[] = [];
  return {
    app,
    errors,
    async open(options = {}) {
      const context = await browser.newContext({
        baseURL: app.url,
        locale: "en-GB",
        viewport: { width: 1440, height: 900 },
        // No test is about motion, and each waits for what moves to stand still.
        reducedMotion: "reduce",
        ...options,
      });
      context.setDefaultTimeout(15_000);
      const page = await context.newPage();
      page.on("pageerror", (error) => errors.push(error.message));
      return page;
    },
    async signIn(page, path, { email, password } = app.admin) {
      await page.goto(path);
      await page.getByLabel(texts.signIn.email, { exact: true }).fill(email);
      await page.getByLabel(texts.signIn.password).fill(password);
      await page.getByRole("button", { name: texts.signIn.submit }).click();
      await page.locator("#content").waitFor();
    },
    async close() {
      await browser.close();
      await app.close();
    },
  };
}

/** Test files run side by side; the first to come prepares and the others wait. */
async function inTurn<Made>(prepare: () => Promise<Made>): Promise<Made> {
  const client = new Client({ connectionString: inject("adminUrl") });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock(hashtext('the stage of the pages'))");
    return await prepare();
  } finally {
    await client.end();
  }
}

async function buildPages(folder: string): Promise<void> {
  const draft = `${folder}-draft`;
  const vite = join(root, "node_modules/vite/bin/vite.js");
  await promisify(execFile)(process.execPath, [vite, "build", "--logLevel", "warn", "--outDir", draft], {
    cwd: root,
    // The test runner says "test", which would build the slow React for developers.
    env: { ...process.env, NODE_ENV: "production" },
  });
  await rename(draft, folder);
}
