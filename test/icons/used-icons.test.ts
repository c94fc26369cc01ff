import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { usedIcons } from "../../icons/used-icons.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const names = /export (?:const (\w+)|\{([^}]*)\})/g;

/** What a file of the small package exports, and what it exports again of others. */
async function exportsOf(path: string): Promise<Set<string>> {
  const code = await readFile(new URL(`../../icons/lib/${path}`, import.meta.url), "utf8");
  const own = [...code.matchAll(names)].flatMap(
    ([, one, many = ""]) => one ?? many.split(",").map((name) => name.trim()),
  );
  const again = [...code.matchAll(/export \* from '\.\/([^']+)'/g)].map(([, other = ""]) => exportsOf(other));
  return new Set([...own, ...(await Promise.all(again)).flatMap((found) => [...found])]);
}

/** Which of the `wanted` names a file of the small package lacks. */
async function missing(path: string, wanted: Set<string>): Promise<string[]> {
  const found = await exportsOf(path);
  return [...wanted].filter((name) => !found.has(name));
}

test("the small icon package has every icon that the pages and Fluent's components import", async () => {
  const used = usedIcons(root);
  expect(used.root.size).toBeGreaterThan(60);
  expect(await missing("index.js", used.root)).toEqual([]);
  const entries = [...used.entries].map(async ([entry, wanted]) => {
    const path = entry.replace(/^\/svg\//, "atoms/svg/").replace(/^\/lib\//, "");
    return await missing(`${path}.js`, wanted);
  });
  expect((await Promise.all(entries)).flat()).toEqual([]);
});
