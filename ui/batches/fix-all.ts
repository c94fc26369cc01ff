import type { Row } from "../../contract/batch.ts";

/** One change for a column of many rows: the cell is set to a value, or a text in it is replaced wherever it stands. */
export type Fix =
  | { label: string; kind: "set"; value: string }
  | { label: string; kind: "replace"; find: string; by: string };

/** A cell that a fix changes. */
export type FixedCell = { rowNo: number; before: string; after: string };

/** A fix that was done, with what undoes it. */
export type DoneFix = { label: string; cells: FixedCell[] };

type RowValues = { rowNo: number; values: Record<string, string | null> };

/** Rows of one request. */
const mostRows = 1_000;

/** The cells of `rows` that `fix` changes; those that it leaves as they are do not count. */
export function fixedCells(rows: readonly Row[], fix: Fix): FixedCell[] {
  return rows.flatMap(({ rowNo, input }) => {
    const before = input[fix.label] ?? "";
    const after = fixed(before, fix);
    return after === before ? [] : [{ rowNo, before, after }];
  });
}

function fixed(before: string, fix: Fix): string {
  if (fix.kind === "set") return fix.value.trim();
  return fix.find === "" ? before : before.replaceAll(fix.find, () => fix.by).trim();
}

/** Reads every page of the rows and gives the cells that `fix` changes, before any of them is. */
export async function cellsToFix(
  readPage: (cursor: string | undefined) => Promise<{ items: Row[]; next: string | null }>,
  fix: Fix,
): Promise<FixedCell[]> {
  const cells: FixedCell[] = [];
  let cursor: string | undefined;
  do {
    const { items, next } = await readPage(cursor);
    cells.push(...fixedCells(items, fix));
    cursor = next ?? undefined;
  } while (cursor !== undefined);
  return cells;
}

/**
 * Writes cells as they are after a fix, or as they were before it, 1,000 rows at a time, and gives those that were written:
 * where a request is refused, the ones before it stand, and `problem` says why.
 */
export async function writeCells(
  send: (rows: RowValues[]) => Promise<unknown>,
  { label, cells }: DoneFix,
  as: "after" | "before",
  onWritten: (cells: number) => void,
): Promise<{ written: FixedCell[]; problem: unknown }> {
  const written: FixedCell[] = [];
  while (written.length < cells.length) {
    const part = cells.slice(written.length, written.length + mostRows);
    try {
      await send(part.map((cell) => ({ rowNo: cell.rowNo, values: { [label]: cell[as] === "" ? null : cell[as] } })));
    } catch (problem) {
      return { written, problem };
    }
    written.push(...part);
    onWritten(written.length);
  }
  return { written, problem: null };
}
