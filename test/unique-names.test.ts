import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { findSharedNames } from "./support/find-shared-names.ts";

const ROOT = resolve(import.meta.dirname, "..");

test("no two files export the same name, so that a name means one thing wherever it is read", async () => {
  expect(await findSharedNames(ROOT)).toEqual([]);
});

test("a name that a second file exports is found, whatever it names there", async () => {
  const tree = await mkdtemp(join(tmpdir(), "muster-names-"));
  const planted = {
    "core/a.ts": "export type Selection = string;\nexport const once = 1;\n",
    "ui/deep/b.tsx":
      "export function Selection(): null {\n  return null;\n}\nexport async function read(): Promise<void> {}\n",
    "main.ts":
      "export function read(one: string): void;\nexport function read(one: number): void;\nexport class Read {}\n",
    "test/c.ts": "export const once = 2;\n",
  };
  for (const [file, text] of Object.entries(planted)) {
    await mkdir(dirname(join(tree, file)), { recursive: true });
    await writeFile(join(tree, file), text);
  }
  expect(await findSharedNames(tree)).toEqual(["Selection: core/a.ts, ui/deep/b.tsx", "read: main.ts, ui/deep/b.tsx"]);
  await rm(tree, { recursive: true, force: true });
});
