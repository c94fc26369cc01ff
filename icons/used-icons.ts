import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What of the icon package is imported: names from its root, and names from its other entries. */
export type UsedIcons = { root: Set<string>; entries: Map<string, Set<string>> };

const imports = /(import|export)\s+(type\s+)?\{([^}]*)\}\s+from\s+["']@fluentui\/react-icons([^"']*)["']/g;

/** What the pages, and Fluent's components as they are installed below `root`, import of the icon package. */
export function usedIcons(root: string): UsedIcons {
  const used: UsedIcons = { root: new Set(), entries: new Map() };
  const fluent = join(root, "node_modules/@fluentui");
  const packages = readdirSync(fluent).filter((name) => name !== "react-icons");
  const files = [
    ...filesOf(join(root, "ui"), /\.tsx?$/),
    ...packages.flatMap((name) => filesOf(join(fluent, name, "lib"), /\.js$/)),
  ];
  for (const file of files) {
    for (const [, , type, names = "", entry = ""] of readFileSync(file, "utf8").matchAll(imports)) {
      if (type !== undefined) continue;
      const into = entry === "" ? used.root : entered(used.entries, entry);
      for (const name of names.split(",")) {
        const [imported = ""] = name.trim().split(" as ");
        if (imported !== "" && !imported.startsWith("type ")) into.add(imported);
      }
    }
  }
  return used;
}

function entered(entries: UsedIcons["entries"], entry: string): Set<string> {
  const names = entries.get(entry) ?? new Set();
  entries.set(entry, names);
  return names;
}

function filesOf(folder: string, kind: RegExp): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => kind.test(name))
      .map((name) => join(folder, name));
  } catch (error) {
    // A package of types alone has no such folder.
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}
