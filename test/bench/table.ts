import { cpus, totalmem } from "node:os";
import { markdownTable } from "../support/markdown-table.ts";

/** One measurement: what, its figure, and its ratio to a figure of the same run with the target for it, and whether that was met. */
export type Line = { what: string; figure: string; ratio?: string } & (
  | { target: string; met: boolean }
  | { target?: never; met?: never }
);

/** The measurements whose target was missed, each in a line. */
export function missedOf(lines: readonly Line[]): string[] {
  return lines
    .filter(({ met }) => met === false)
    .map(({ what, figure, ratio, target }) => {
      const told = ratio === undefined ? figure : `${figure}, ${ratio}`;
      return `${what}: ${told}, target ${target}`;
    });
}

/** Prints the measurements as a Markdown table under the machine and the Postgres settings they were taken with. */
export function printTable(settings: Record<string, string>, lines: readonly Line[]): void {
  const memory = Math.round(totalmem() / 2 ** 30);
  const machine = `Muster on ${cpus().length} × ${cpus()[0]?.model ?? "CPU"}, ${memory} GB, Node ${process.versions.node}`;
  const rows = lines.map((line) => [line.what, line.figure, line.ratio ?? "", line.target ?? ""]);
  const set = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  process.stdout.write(`\n${machine}\nPostgres: ${set.join(", ")}\n\n`);
  process.stdout.write(`${markdownTable([["measured", "figure", "ratio", "target"], ...rows])}\n`);
}
