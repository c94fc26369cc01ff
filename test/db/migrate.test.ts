import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { assertServerVersion } from "../../db/assert-server-version.ts";
import { migrate } from "../../db/migrate.ts";
import { freshDatabase } from "../support/fresh-database.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const name = `muster_migrate_${randomBytes(6).toString("hex")}`;
let url: string;

beforeAll(async () => {
  await run(inject("adminUrl"), `create database ${name} template template0 encoding 'UTF8'`);
  const own = new URL(inject("adminUrl"));
  own.pathname = `/${name}`;
  url = own.href;
});
afterAll(() => run(inject("adminUrl"), `drop database ${name} with (force)`));

test("several processes that start at once on an empty database migrate it once", async () => {
  const script = `import { migrate } from "./db/migrate.ts"; await migrate(process.argv[1]);`;
  const start = () =>
    promisify(execFile)(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script, url], {
      cwd: ROOT,
    });
  await Promise.all([start(), start(), start()]);
  const applied = await run(
    url,
    "select count(*)::int as files, count(distinct hash)::int as once from drizzle.__drizzle_migrations",
  );
  expect(applied[0]?.["files"]).toBe(applied[0]?.["once"]);
  expect(await run(url, "select count(*)::int as here from batches")).toEqual([{ here: 0 }]);
});

test("a database that is up to date stays as it is", async () => {
  const before = await run(url, "select * from drizzle.__drizzle_migrations order by id");
  await migrate(url);
  expect(await run(url, "select * from drizzle.__drizzle_migrations order by id")).toEqual(before);
});

test("a migration leaves no lock and no connection behind", async () => {
  await migrate(url);
  expect(
    await run(
      url,
      "select from pg_locks join pg_database on pg_database.oid = database where locktype = 'advisory' and datname = current_database()",
    ),
  ).toEqual([]);
});

test("no database at the address is told of without the password", async () => {
  const nowhere = "postgres://muster:secret@127.0.0.1:1/muster";
  await expect(migrate(nowhere)).rejects.toMatchObject({ message: "08006" });
  const told = await assertServerVersion(nowhere).catch(String);
  expect(told).toContain("DATABASE_URL leads to 127.0.0.1:1");
  expect(told).not.toContain("secret");
});

test("the server of this run is new enough, and a database that is not in UTF-8 is refused", async () => {
  await assertServerVersion(url);
  await run(
    inject("adminUrl"),
    `create database ${name}_ascii template template0 encoding 'SQL_ASCII' locale 'C' locale_provider libc`,
  );
  await expect(assertServerVersion(`${url}_ascii`)).rejects.toThrow("UTF-8");
  await run(inject("adminUrl"), `drop database ${name}_ascii with (force)`);
});

async function run(where: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: where });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

test("a database that a newer Muster has changed is refused in one sentence", async () => {
  const fresh = await freshDatabase();
  await fresh.db.sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 4102444800000)`;
  await expect(migrate(fresh.url)).rejects.toThrow(/^The database is newer than this Muster, by 1 change/);
  await fresh.drop();
});
