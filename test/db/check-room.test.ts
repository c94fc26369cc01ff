import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkRoom } from "../../db/check-room.ts";
import { makeLog } from "../../db/log.ts";
import { openToRole } from "../../db/app-role.ts";
import { asAdmin } from "../support/as-admin.ts";
import { freshDatabase, type FreshDatabase } from "../support/fresh-database.ts";

let fresh: FreshDatabase;
let url: string;
let role: string;
const held: Client[] = [];

beforeAll(async () => {
  fresh = await freshDatabase();
  const own = new URL(fresh.url);
  role = `room_${own.pathname.slice(-12)}`;
  own.username = role;
  own.password = "of the tests alone";
  url = own.href;
  await openToRole(fresh.url, url);
});
afterAll(async () => {
  await Promise.all(held.map((client) => client.end()));
  await asAdmin(fresh.url, `drop owned by ${role} cascade`);
  await fresh.drop();
  await asAdmin(new URL("/postgres", fresh.url).href, `drop role ${role}`);
});

async function warningsOf(needed: number): Promise<string[]> {
  const lines: string[] = [];
  await checkRoom(url, needed, makeLog("warn", { write: (line) => lines.push(line) }));
  return lines.map((line) => (JSON.parse(line) as { msg: string }).msg);
}

async function hold(count: number): Promise<void> {
  for (let no = 0; no < count; no++) {
    const client = new Client({ connectionString: url });
    held.push(client);
    await client.connect();
  }
}

test("a process that Postgres can never give enough connections stops and is told max_connections", async () => {
  await expect(warningsOf(10_000)).rejects.toThrow(/10000 connections .* max_connections .*raise that/);
});

test.each([
  ["role", () => role],
  ["database", () => new URL(url).pathname.slice(1)],
])("the limit of a %s counts too: what does not fit stops, what does not fit now is warned of", async (kind, name) => {
  const alter = (limit: number) => asAdmin(fresh.url, `alter ${kind} ${name()} connection limit ${limit}`);
  await alter(30);
  expect(await warningsOf(3)).toEqual([]);
  await expect(warningsOf(31)).rejects.toThrow(`the connection limit of the ${kind} "${name()}" lets it have 30`);
  await hold(5);
  expect(await warningsOf(28)).toEqual([expect.stringMatching(`of the 30 that the connection limit of the ${kind}`)]);
  await alter(-1);
  expect(await warningsOf(28)).toEqual([]);
});
