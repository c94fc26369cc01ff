import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestCore, type TestCore } from "./test-core.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

const sample = (name: string) => readFileSync(fileURLToPath(new URL(`../samples/${name}`, import.meta.url)), "utf8");

test.each([
  ["no-header-with-passwords.csv", "Column 4 (password)"],
  ["header-shifted-right.csv", "Password"],
])("%s becomes a plan in which no row is applied, and keeps no password", async (name, secret) => {
  const tenant = await core.makeCustomer();
  const batch = await core.upload(tenant, sample(name));
  expect(batch).toMatchObject({ state: "ready", totals: { rows: 2, failed: 2 }, plan: { invalid: 2 } });
  expect(batch.unknownColumns).toContain(secret);
  const kept = await core.context.db.sql`select cells from rows where batch_id = ${batch.id}`;
  expect(JSON.stringify([batch, kept])).not.toContain("s3cret");
});
