import { execFile } from "node:child_process";
import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { list } from "tar";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { startApp, type TestApp } from "../support/app.ts";

vi.setConfig({ testTimeout: 120_000 });

const root = join(import.meta.dirname, "../..");
let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

test("the packed command line carries no server, is installed without a registry, and imports a file", async () => {
  const folder = await mkdtemp(join(inject("scratch"), "pack-"));
  const run = (program: string, args: string[], cwd = folder) =>
    promisify(execFile)(program, args, {
      cwd,
      env: { PATH: process.env["PATH"], HOME: folder, MUSTER_URL: app.url, MUSTER_API_KEY: app.key },
    });
  await run("npm", ["pack", "--workspace", "muster-cli", "--pack-destination", folder], root);
  const tarball = (await readdir(folder)).find((name) => name.endsWith(".tgz")) ?? "";
  const packed: string[] = [];
  await list({ file: join(folder, tarball), onReadEntry: ({ path }) => void packed.push(path) });
  expect(packed.toSorted()).toEqual(["package/README.md", "package/dist/muster.js", "package/package.json"]);
  const version = /^muster \d+\.\d+\.\d+\n$/;
  expect((await run("npx", ["--offline", "--yes", `./${tarball}`, "--version"])).stdout).toMatch(version);
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", `./${tarball}`]);
  expect(await readdir(join(folder, "node_modules"))).toEqual([".bin", ".package-lock.json", "muster-cli"]);
  expect((await run("npx", ["--offline", "muster", "--version"])).stdout).toMatch(version);
  const { domain } = await app.makeCustomer();
  await writeFile(join(folder, "people.csv"), `User name,Display name\nana@${domain},Ana\n`);
  const options = ["--customer", domain, "--operation", "create-users", "--apply"];
  const { stdout } = await run("node_modules/.bin/muster", ["import", "people.csv", ...options]);
  expect(stdout).toMatch(/is finished: 1 succeeded/);
});
