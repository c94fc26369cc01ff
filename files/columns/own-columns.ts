import { recogniseHeader } from "../header/recognise-header.ts";

/**
 * The columns of a result file that were the file's own before Muster wrote its answer beside them; null for a file
 * that Muster did not write, which has no `Muster row` column.
 */
export function ownColumns(header: string[]): number[] | null {
  if (!recogniseHeader(header).includes("musterRow")) return null;
  return header.flatMap((label, at) => (/^\s*muster\s/i.test(label) ? [] : [at]));
}
