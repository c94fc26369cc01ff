const widest = 48;

/** Lines of `rows` in columns, below their titles; what is too wide is cut. */
export function table(titles: readonly string[], rows: readonly string[][]): string[] {
  const cut = rows.map((row) => row.map((cell) => (cell.length > widest ? `${cell.slice(0, widest - 1)}…` : cell)));
  const widths = titles.map((title, at) => Math.max(title.length, ...cut.map((row) => row[at]?.length ?? 0)));
  return [titles, ...cut].map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
