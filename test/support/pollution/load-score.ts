/** How well a file was loaded: ten measures from 0 to 1 and their sum, as the benchmark Pollock defines them. */
export type LoadScore = { success: number; header: Measures; records: Measures; cells: Measures; sum: number };

type Measures = { precision: number; recall: number; f1: number };

/**
 * The score of `loaded` against `expected`; null is a file that was refused. Headers and rows are compared after cells are
 * brought into one form, rows as the text of their cells one behind the other; single cells as they are. Order counts
 * within a row only.
 */
export function loadScore(expected: string[][], loaded: string[][] | null): LoadScore {
  if (loaded === null) return total(0, none, none, none);
  if (expected.length === 0) return total(1, all, all, all);
  const text = (cells: string[]) => cells.map(oneForm).join("");
  return total(
    1,
    compare(expected[0]!.map(oneForm), (loaded[0] ?? []).map(oneForm)),
    compare(expected.slice(1).map(text), loaded.slice(1).map(text)),
    compare(expected.flat(), loaded.flat()),
  );
}

const none: Measures = { precision: 0, recall: 0, f1: 0 };
const all: Measures = { precision: 1, recall: 1, f1: 1 };

function total(success: number, header: Measures, records: Measures, cells: Measures): LoadScore {
  const sum = [header, records, cells].reduce(
    (sofar, { precision, recall, f1 }) => sofar + precision + recall + f1,
    success,
  );
  return { success, header, records, cells, sum };
}

function compare(expected: string[], loaded: string[]): Measures {
  if (expected.length === 0) return all;
  const open = new Map<string, number>();
  for (const one of expected) open.set(one, (open.get(one) ?? 0) + 1);
  let both = 0;
  for (const one of loaded) {
    const left = open.get(one) ?? 0;
    if (left === 0) continue;
    both++;
    open.set(one, left - 1);
  }
  if (both === 0) return none;
  const precision = both / loaded.length;
  const recall = both / expected.length;
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) };
}

/**
 * Numbers, days, times and truth values in one way of writing, a text with a price as that price alone; other text in small
 * letters.
 */
function oneForm(cell: string): string {
  if (/^(?:true|false)$/i.test(cell)) return cell.toLowerCase() === "true" ? "1" : "0";
  if (/^\s*[+-]?\d+(?:\.\d+)?\s*$/.test(cell)) return String(Number(cell));
  if (/^\d{2}:\d{2}$/.test(cell)) return `${cell}:00`;
  const price = cell.includes("$") ? /\d[\d.,]*/.exec(cell) : null;
  if (price !== null) return `$${Number(price[0].replaceAll(",", ""))}`;
  const day = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(cell);
  if (day !== null) return `${day[3]}-${day[2]}-${day[1]}`;
  return cell.toLowerCase();
}

/** The benchmark's two scores of many files, from 0 to 10: the mean, and the mean by how often a kind of file is met. */
export function meanScores(scored: { score: LoadScore; weight: number }[]): { simple: number; weighted: number } {
  let simple = 0;
  let weighted = 0;
  let weights = 0;
  for (const { score, weight } of scored) {
    simple += score.sum / scored.length;
    weighted += score.sum * weight;
    weights += weight;
  }
  return { simple, weighted: weighted / weights };
}
