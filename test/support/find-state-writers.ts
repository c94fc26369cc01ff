import { codeFilesThat } from "./code-files.ts";

const home = "core/batches/state/";

/** The files of our own code below `root`, but for those in `core/batches/state/`, that write the state of batches or chunks. */
export async function findStateWriters(root: string): Promise<string[]> {
  return await codeFilesThat(root, writesState, home);
}

const updates =
  /\bupdate\s+(?:only\s+)?(?:"?\w+"?\.)?"?(?:batches|chunks)"?(?:\s+(?:as\s+)?(?!set\b)\w+)?\s+set\b|\binto\s+(?:batches|chunks)\b[^`;]*?\bdo\s+update\s+set\b/gi;

/** Whether a text writes the state of batches or chunks, or columns of theirs whose names it does not say. */
export function writesState(text: string): boolean {
  if (/\.update\(\s*(?:batches|chunks)\s*\)|\bmerge\s+into\s+(?:batches|chunks)\b/i.test(text)) return true;
  return [...text.matchAll(updates)].some(({ index, 0: found }) => assigns(text.slice(index + found.length)));
}

/** Whether what follows a `set` assigns the state, up to the end of the assignments. */
function assigns(text: string): boolean {
  const outer = outside(text);
  const columns = outer.slice(0, /\b(?:where|from|returning)\b|[`;]|$/i.exec(outer)?.index);
  if (/^\s*\(/.test(text)) return /^\s*\([^)]*\bstate\b/i.test(text);
  return /(?:^|,)\s*(?:"?state"?\s*=|\$\{)/i.test(columns);
}

/** The text without what stands in brackets, up to the bracket that closes more than were opened. */
function outside(text: string): string {
  let depth = 0;
  let outer = "";
  for (const one of text) {
    if (one === "(") depth += 1;
    else if (one === ")") depth -= 1;
    else if (depth === 0) outer += one;
    if (depth < 0) break;
  }
  return outer;
}
