import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * The folder of the built pages, or null where they are not built: dist/ui, beside the compiled server, or under the
 * sources when those run as they are.
 */
export function pagesFolder(): string | null {
  const fromSources = import.meta.url.endsWith(".ts");
  const folder = fileURLToPath(new URL(fromSources ? "../../dist/ui/" : "../../ui/", import.meta.url));
  return existsSync(`${folder}index.html`) ? folder : null;
}
