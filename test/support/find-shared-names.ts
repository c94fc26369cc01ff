import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { codeFiles } from "./code-files.ts";

const declared =
  /^export\s+(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:function\*?|const|let|class|type|interface|enum)\s+(\w+)/gm;

/** The names that several files of our own code below `root` export, each with its files: `name: one.ts, other.ts`. */
export async function findSharedNames(root: string): Promise<string[]> {
  const places = new Map<string, Set<string>>();
  for (const file of await codeFiles(root)) {
    for (const [, name = ""] of (await readFile(join(root, file), "utf8")).matchAll(declared)) {
      places.set(name, (places.get(name) ?? new Set()).add(file));
    }
  }
  return [...places]
    .filter(([, files]) => files.size > 1)
    .map(([name, files]) => `${name}: ${[...files].join(", ")}`)
    .toSorted();
}
