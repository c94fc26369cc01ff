import { mkdtemp, writeFile, mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { pageAddress, pageNames } from "../../contract/pages.ts";
import { startApp, type TestApp } from "../support/app.ts";

const html = { accept: "text/html,*/*;q=0.8" };
const page = "<!doctype html><title>the page</title>";

let app: TestApp;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "muster-pages-"));
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), page);
  await writeFile(join(folder, "assets/index-1a2b3c.js"), "plain");
  await writeFile(join(folder, "assets/index-1a2b3c.js.gz"), gzipSync("packed"));
  app = await startApp({ workers: false, pagesFolder: folder });
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

it("every address of a page gives the page, to anybody, with a policy that allows no inline script", async () => {
  const asked = pageNames.map((name) =>
    pageAddress(name, { customerId: "1", batchId: "2", userId: "3", agentId: "4", bundleId: "5" }),
  );
  for (const path of [...asked, "/sign-in?next=/docs", "/batches/2?plan=invalid"]) {
    const answer = await app.request(path, { key: null, headers: html });
    expect([path, answer.status, answer.text]).toEqual([path, 200, page]);
    expect(answer.headers.get("cache-control")).toBe("no-cache");
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("default-src 'none'");
  }
});

it("an address that leads nowhere gives the page with 404, and a program hears a problem", async () => {
  for (const path of ["/nowhere", "/customers/1/nothing", "/batches/2/rows", "/customers/1/users/new/er"]) {
    const shown = await app.request(path, { key: null, headers: html });
    expect([path, shown.status, shown.text]).toEqual([path, 404, page]);
  }
  const heard = await app.refused("/nowhere", { key: null });
  expect([heard.status, heard.body.code]).toEqual([404, "not_found"]);
});

it("what the api serves is never a page, though a browser asks for it", async () => {
  for (const path of ["/v1/nothing", "/api/nothing", "/assets/gone-4d5e6f.js"]) {
    const answer = await app.refused(path, { key: null, headers: html });
    expect([path, answer.status, answer.body.code]).toEqual([path, 404, "not_found"]);
  }
  const me = await app.refused("/v1/me", { key: null, headers: html });
  expect([me.status, me.body.code]).toEqual([401, "unauthenticated"]);
});

it("assets are kept for good and come compressed where the browser takes it", async () => {
  const packed = await app.request("/assets/index-1a2b3c.js", { key: null, headers: { "accept-encoding": "gzip" } });
  expect([packed.text, packed.headers.get("content-encoding")]).toEqual(["packed", "gzip"]);
  expect(packed.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(packed.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  expect(packed.headers.get("vary")).toContain("Accept-Encoding");
  const plain = await app.request("/assets/index-1a2b3c.js", { key: null, headers: { "accept-encoding": "identity" } });
  expect([plain.text, plain.headers.get("content-encoding")]).toEqual(["plain", null]);
});

it("no file beside the pages can be reached", async () => {
  for (const path of ["/assets/..%2f..%2fpackage.json", "/assets/../../package.json", "/index.html.gz"]) {
    expect((await app.request(path, { key: null })).status).toBe(404);
  }
});
