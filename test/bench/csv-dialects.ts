import { readFile } from "node:fs/promises";
import { isRowFile, pollutedFiles, type PollutedFile } from "../support/pollution/polluted-files.ts";
import { loadScore, meanScores, type LoadScore } from "../support/pollution/load-score.ts";
import { loadTable, type Loaded } from "../support/pollution/load-table.ts";
import { readSource } from "../support/pollution/source-table.ts";

type Scored = PollutedFile & { loaded: Loaded; score: LoadScore; expected: string[][] };

const worstShown = 15;

/**
 * Reads all polluted files and prints the scores, each kind of file with its own, and the worst ones as they were read. The
 * path of a CSV file as the first argument makes them of the table in it.
 */
async function main(path: string | undefined): Promise<void> {
  const source = path === undefined ? undefined : readSource(await readFile(path, "utf8"));
  const scored: Scored[] = [];
  for (const file of pollutedFiles(source)) {
    const { text, expected } = file.make();
    const loaded = await loadTable(text);
    scored.push({ ...file, loaded, expected, score: loadScore(expected, loaded.table) });
  }
  const { simple, weighted } = meanScores(scored);
  process.stdout.write(`${scored.length} files, simple ${simple.toFixed(4)}, weighted ${weighted.toFixed(4)}\n\n`);
  const kinds = new Map<string, Scored[]>();
  for (const one of scored) {
    const kind = isRowFile(one) ? one.name.replace(/[0-9].*/, "…") : one.name;
    kinds.set(kind, [...(kinds.get(kind) ?? []), one]);
  }
  const lines = [...kinds].map(([kind, files]) => ({ kind, files, mean: meanScores(files).simple }));
  for (const { kind, files, mean } of lines.toSorted((one, other) => one.mean - other.mean)) {
    process.stdout.write(`${mean.toFixed(4)}  ${String(files.length).padStart(4)}  ${kind}\n`);
  }
  for (const one of scored.toSorted((a, b) => a.score.sum - b.score.sum).slice(0, worstShown)) show(one);
}

function show({ name, loaded, score, expected }: Scored): void {
  const { header, records, cells, sum } = score;
  const parts = [header, records, cells].map(({ precision, recall }) => `${precision.toFixed(2)}/${recall.toFixed(2)}`);
  process.stdout.write(`\n${name} ${sum.toFixed(3)}: header, rows, cells by precision/recall ${parts.join(", ")}\n`);
  for (const note of loaded.notes) process.stdout.write(`  note: ${note}\n`);
  if (loaded.table === null) return void process.stdout.write(`  refused: ${loaded.refused}\n`);
  process.stdout.write(`  ${loaded.table.length} rows instead of ${expected.length}\n`);
  const first = loaded.table.findIndex((row, at) => row.join("\n") !== expected[at]?.join("\n"));
  if (first === -1) return;
  process.stdout.write(`  row ${first} read: ${short(loaded.table[first])}\n  instead of: ${short(expected[first])}\n`);
}

function short(cells: string[] | undefined): string {
  if (cells === undefined) return "nothing";
  return JSON.stringify(cells.map((cell) => (cell.length > 30 ? `${cell.slice(0, 30)}…` : cell))).slice(0, 400);
}

await main(process.argv[2]);
