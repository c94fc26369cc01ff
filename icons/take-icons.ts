/**
 * Takes out of the whole icon package just what is used, and writes that to `icons/lib/`: `npm run take -w icons -- FOLDER`,
 * where FOLDER holds `@fluentui/react-icons` as npm unpacks it.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { usedIcons } from "./used-icons.ts";

const [whole] = process.argv.slice(2);
if (whole === undefined) throw new Error("Say where the whole package lies.");
const from = join(whole, "lib");
const root = fileURLToPath(new URL("..", import.meta.url));
const to = join(root, "icons/lib");
const used = usedIcons(root);

const exported = /^export const (\w+) =/gm;
const moduleOf = new Map<string, string>();
for (const name of readdirSync(join(from, "atoms/svg"))) {
  if (!name.endsWith(".js")) continue;
  const code = readFileSync(join(from, "atoms/svg", name), "utf8");
  for (const [, icon = ""] of code.matchAll(exported)) moduleOf.set(icon, name.slice(0, -3));
}

const copied = new Set<string>();
const icons = new Map<string, Set<string>>();
const parts = new Set<string>();
for (const name of used.root) take(moduleOf.get(name), name);
for (const [entry, names] of used.entries) {
  const [, module] = /^\/svg\/(.+)$/.exec(entry) ?? [];
  for (const name of names) take(module, name);
}

function take(module: string | undefined, name: string): void {
  if (module === undefined) parts.add(name);
  else icons.set(module, (icons.get(module) ?? new Set()).add(name));
}

const sorted = (names: Iterable<string>) => [...names].toSorted();

rmSync(to, { recursive: true, force: true });
mkdirSync(join(to, "atoms/svg"), { recursive: true });
for (const module of sorted(icons.keys())) {
  const wanted = icons.get(module) ?? new Set();
  for (const kind of [".js", ".d.ts"]) {
    const lines = readFileSync(join(from, "atoms/svg", module + kind), "utf8").split("\n");
    const kept = lines.filter((line) => {
      const [, name] = /^export (?:declare )?const (\w+)/.exec(line) ?? [];
      return name === undefined || wanted.has(name);
    });
    write(join("atoms/svg", module + kind), kept.join("\n"));
  }
}
console.log(
  `${[...icons.values()].reduce((sum, names) => sum + names.size, 0)} icons; beside them ${sorted(parts).join(", ")}`,
);
for (const kind of [".js", ".d.ts"]) {
  const index = sorted(icons.keys()).map(
    (module) => `export { ${sorted(icons.get(module) ?? []).join(", ")} } from './atoms/svg/${module}.js';`,
  );
  write(`index${kind}`, [...index, "export * from './utils.js';", "export * from './providers.js';", ""].join("\n"));
  for (const entry of ["utils", "providers"]) copyWithImports(entry + kind);
  copyWithImports(join("utils", `createFluentIcon${kind}`));
}

/** Copies a file and all that it imports of the package. */
function copyWithImports(name: string): void {
  const code = readFileSync(join(from, name), "utf8");
  write(name, code);
  for (const [, specifier = ""] of code.matchAll(/from ["'](\.[^"']+)\.js["']/g)) {
    const kind = name.endsWith(".d.ts") ? ".d.ts" : ".js";
    const imported = relative(from, join(from, dirname(name), specifier + kind));
    if (!copied.has(imported)) copyWithImports(imported);
  }
}

function write(name: string, code: string): void {
  copied.add(name);
  mkdirSync(dirname(join(to, name)), { recursive: true });
  writeFileSync(join(to, name), code);
}
