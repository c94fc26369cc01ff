/** What a row under a header is to it: the header once more, the header of another table, or a row like others. */
export type HeaderAgain = "same" | "other" | null;

/**
 * Tells of the rows under a header what they are to it: `same` where files were put one behind the other, `other` where the
 * table that begins has more, fewer or other columns. A cell that says what some column is called is a rare value, and
 * several of them are a header. Columns without a name do not count.
 */
export function headerCheck(header: string[]): (cells: string[]) => HeaderAgain {
  // Rows that are read again from where they are stored come one by one.
  let check = checks.get(header);
  if (check === undefined) checks.set(header, (check = makeCheck(header)));
  return check;
}

const checks = new WeakMap<string[], (cells: string[]) => HeaderAgain>();

function makeCheck(header: string[]): (cells: string[]) => HeaderAgain {
  const labels = header.map((label, at) => (label === `Column ${at + 1}` ? "" : label.trim()));
  const named = new Set(labels.filter((label) => label !== ""));
  return (cells) => {
    // One look is enough for nearly all rows.
    if (!named.has(cells[0]?.trim() ?? "")) return null;
    const filled = cells.filter((cell) => cell.trim() !== "").length;
    const known = cells.filter((cell) => named.has(cell.trim())).length;
    if (known === filled && labels.every((label, at) => (cells[at] ?? "").trim() === label)) return "same";
    return known >= 3 && known * 3 >= filled * 2 ? "other" : null;
  };
}
