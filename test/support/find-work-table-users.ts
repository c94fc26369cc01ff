import { workColumns, workRows } from "../../core/batches/work-rows/work-table.ts";
import { codeFilesThat } from "./code-files.ts";

const home = "core/batches/work-rows/";
const columns = Object.values(workColumns("")).map((column) => column.constant().slice(1));
const table = new RegExp(`\\b${workRows.constant()}\\b`, "i");
/** Columns of one word are left out: our own objects have fields of these names. */
const column = new RegExp(`\\b(\\w+)\\.(?:${columns.filter((name) => name.includes("_")).join("|")})\\b`, "g");
const alias = /\b(?:work|input)Columns\("(\w+)"\)/g;

/**
 * The files of our own code below `root`, but for those in `core/batches/work-rows/`, that write the name of the work table, or
 * the name of a column of what they have `workColumns` or `inputColumns` for.
 */
export async function findWorkTableUsers(root: string): Promise<string[]> {
  return await codeFilesThat(root, namesWorkTable, home);
}

/** Whether a text writes the name of the work table or of one of its columns, instead of asking its owner for it. */
export function namesWorkTable(text: string): boolean {
  if (table.test(text)) return true;
  const owned = new Set([...text.matchAll(alias)].map(([, name]) => name));
  return [...text.matchAll(column)].some(([, name]) => owned.has(name));
}
