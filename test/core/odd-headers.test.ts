import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDesk, type Desk } from "./desk.ts";

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const sample = (name: string) => readFileSync(fileURLToPath(new URL(`../samples/${name}`, import.meta.url)), "utf8");

test.each([
  ["no-header-with-passwords.csv", "Column 4 (password)"],
  ["header-shifted-right.csv", "Password"],
])("%s becomes a plan in which no row is applied, and keeps no password", async (name, secret) => {
  const shop = await desk.makeCustomer();
  const batch = await desk.upload(shop, sample(name));
  expect(batch).toMatchObject({ state: "ready", totals: { rows: 2, failed: 2 }, plan: { invalid: 2 } });
  expect(batch.unknownColumns).toContain(secret);
  const kept = await desk.context.db.sql`select cells from rows where batch_id = ${batch.id}`;
  expect(JSON.stringify([batch, kept])).not.toContain("s3cret");
});
