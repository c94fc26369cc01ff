import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "..");

test("the migrations make exactly the tables that the schema describes", async () => {
  const tree = await copyTree();
  const before = await readdir(join(tree, "db/migrations"));
  await generate(tree);
  expect(await readdir(join(tree, "db/migrations"))).toEqual(before);
  await rm(tree, { recursive: true, force: true });
});

test("a table without its migration is noticed", async () => {
  const tree = await copyTree();
  const before = await readdir(join(tree, "db/migrations"));
  await writeFile(
    join(tree, "db/schema/planted.ts"),
    'import { pgTable, text } from "drizzle-orm/pg-core";\nexport const planted = pgTable("planted", { name: text() });\n',
  );
  await generate(tree);
  expect(await readdir(join(tree, "db/migrations"))).not.toEqual(before);
  await rm(tree, { recursive: true, force: true });
});

async function copyTree(): Promise<string> {
  const tree = await mkdtemp(join(tmpdir(), "muster-schema-"));
  for (const path of ["db", "contract", "drizzle.config.ts", "package.json"]) {
    await cp(join(ROOT, path), join(tree, path), { recursive: true });
  }
  await symlink(join(ROOT, "node_modules"), join(tree, "node_modules"));
  return tree;
}

async function generate(tree: string): Promise<void> {
  await promisify(execFile)(join(ROOT, "node_modules/.bin/drizzle-kit"), ["generate"], { cwd: tree });
}
