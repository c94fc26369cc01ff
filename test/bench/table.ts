/** One measurement: what, its figure, and its ratio to a figure of the same run with the target for it. */
export type Line = { what: string; figure: string; ratio?: string; target?: string };

/** Prints the measurements as a Markdown table under the machine and the Postgres settings they were taken with. */
export function printTable(machine: string, settings: Record<string, string>, lines: readonly Line[]): void {
  const rows = lines.map((line) => [line.what, line.figure, line.ratio ?? "", line.target ?? ""]);
  const table = [["measured", "figure", "ratio", "target"], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (cells: string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  const set = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  const rule = line(widths.map((width) => "-".repeat(width)));
  process.stdout.write(`\n${machine}\nPostgres: ${set.join(", ")}\n\n`);
  process.stdout.write(`${[line(table[0] ?? []), rule, ...rows.map(line)].join("\n")}\n`);
}
