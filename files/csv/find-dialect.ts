import {
  compareScores,
  delimiters,
  findHeaderIn,
  firstRows,
  type FoundHeader,
  passedOver,
  type TableStart,
} from "../header/find-header.ts";
import { makeCsvParser, type OddQuotes, type Quote } from "./parse-csv.ts";
import { isAddress } from "../rows/value-kinds.ts";

/**
 * Where a table begins, the character around its cells, and `head` without a quote that is there by a slip. `header` is that
 * of a table whose rows have another delimiter than it has, null otherwise.
 */
export type Dialect = TableStart & { quote: Quote; head: string; strayQuote: boolean; header: string[] | null };

/**
 * The dialect of the text that begins with `head`. What is usual is tried first; what is not is taken only where it is
 * plain: blanks between cells, apostrophes around them, a blank behind each delimiter, a quote in the header that nothing
 * closes, a header with other delimiters than the rows under it. `complete` says that `head` is the whole file. `mapped` are
 * headers that the agent names.
 */
export function findDialect(head: string, complete: boolean, mapped: string[]): Dialect {
  const look = (text: string, dialect: Partial<Pick<Dialect, "delimiter" | "quote">> = {}) =>
    findHeaderIn(text, complete, mapped, dialect);
  const usual = look(head);
  let best: Dialect = { ...startOf(usual), quote: '"', head, strayQuote: false, header: null };
  let known = usual.score[0]!;
  const meant = withoutStrayQuotes(usual.header);
  for (const text of withoutOneQuote(head)) {
    const found = look(text);
    const better = found.score[0]! > known || (!best.strayQuote && sameCells(found.header, meant));
    if (!isEven(found.score) || found.score[0]! < 2 || !better) continue;
    best = { ...best, ...startOf(found), head: text, strayQuote: true };
    known = found.score[0]!;
  }
  if (best.strayQuote) return best;
  if (/(?:^|[\r\n,;\t| ])'/.test(head) && !/(?:^|[\r\n,;\t|]) *"/.test(head)) {
    const found = [usual.delimiter, " "]
      .map((delimiter) => look(head, { delimiter, quote: "'" }))
      .filter(({ score }) => isEven(score) && score[0]! >= usual.score[0]!)
      .toSorted((one, other) => compareScores(other.score, one.score))[0];
    if (found !== undefined && isQuoted(head, complete, usual)) return { ...best, ...startOf(found), quote: "'" };
  }
  // `User name` over one column of names is no two columns.
  if (usual.score[0] === 0) {
    const found = look(head, { delimiter: " " });
    const plain =
      found.score[0]! > 1 || (!isEven(usual.score) && hasAddresses(firstRows(head, complete, " "), found.headerAt));
    if (isEven(found.score) && plain) return { ...best, ...startOf(found) };
  }
  const delimiter = delimiterOfRows(head, complete, usual);
  if (delimiter !== null) return { ...best, delimiter, header: usual.header };
  return { ...best, delimiter: hasBlanks(head, best) ? `${best.delimiter} ` : best.delimiter };
}

function startOf({ delimiter, headerAt }: FoundHeader): TableStart {
  return { delimiter, headerAt };
}

/**
 * The delimiter of the rows under a header that has another: each of them has as many cells as the header then, and none
 * has by the header's delimiter. Null where that is not so.
 */
function delimiterOfRows(head: string, complete: boolean, { delimiter, headerAt, header, score }: FoundHeader) {
  if (score[0]! < 2 || isEven(score)) return null;
  const widths = (by: string) => {
    const below = firstRows(head, complete, by).slice(headerAt + 1, headerAt + 100);
    return below.filter((cells) => passedOver(cells) === null).map((cells) => cells.length);
  };
  if (widths(delimiter).includes(header.length)) return null;
  const other = delimiters.find((by) => by !== delimiter && head.includes(by) && alike(widths(by), header.length));
  return other ?? null;
}

function alike(widths: number[], width: number): boolean {
  return widths.length > 0 && widths.every((one) => one === width);
}

/** Whether all rows under the header are as wide as it is, and that is more than one column. */
function isEven(score: number[]): boolean {
  return score[1] === 1;
}

/**
 * Whether apostrophes stand around cells: at both ends of all that have one, or of the first line, or the rows come out
 * uneven otherwise. `'t Hooft` has one and is a name.
 */
function isQuoted(head: string, complete: boolean, usual: FoundHeader): boolean {
  const plain = firstRows(head, complete, usual.delimiter).map((cells) => cells.map((cell) => cell.trim()));
  const begun = plain.flat().filter((cell) => cell.startsWith("'"));
  if (begun.length < 2) return false;
  return !isEven(usual.score) || begun.every(inApostrophes) || inApostrophes(firstLine(head));
}

function inApostrophes(cell: string): boolean {
  return cell.length > 1 && cell.startsWith("'") && cell.endsWith("'");
}

/** Whether one of the columns holds an e-mail address in each row: no text has one as its third word in every line. */
function hasAddresses(rows: string[][], headerAt: number): boolean {
  const [first, ...below] = rows.slice(headerAt, headerAt + 100).filter((cells) => passedOver(cells) === null);
  return below.length > 1 && first!.some((_, at) => below.every((cells) => isAddress(cells[at]!)));
}

/** Whether in the first 100 rows every cell behind the first of its row begins with a blank. Most files say no at once. */
function hasBlanks(head: string, { delimiter, quote }: Dialect): boolean {
  const parser = makeCsvParser(delimiter, quote, true);
  let [rows, cells] = [0, 0];
  for (let [at, size] = [0, 1024]; at < head.length && rows < 100; [at, size] = [at + size, size * 2]) {
    const text = head.slice(at, at + size);
    const pushed = parser.push(at + size < head.length ? text : `${text}\n`).slice(0, 100 - rows);
    const behind = pushed.flatMap((row) => row.slice(1).filter((cell) => cell !== ""));
    if (!behind.every((cell) => cell.startsWith(" "))) return false;
    rows += pushed.length;
    cells += behind.length;
  }
  return cells > 1;
}

/** The cells of a header as they are meant where a quote that nothing closes is a part of one; null where none is. */
function withoutStrayQuotes(header: string[]): string[] | null {
  if (!header.some((cell) => cell.startsWith('"'))) return null;
  return header.map((cell) => (cell.startsWith('"') ? cell.slice(1) : cell));
}

function sameCells(one: string[], other: string[] | null): boolean {
  return one.length === other?.length && one.every((cell, at) => cell === other[at]);
}

const mostQuotes = 9;

/** `head` without each of the quotes in its first line, where they are odd in number. */
function withoutOneQuote(head: string): string[] {
  const line = firstLine(head);
  const places = Array.from(line.matchAll(/"/g), ({ index }) => index);
  if (line === head || places.length % 2 === 0 || places.length > mostQuotes) return [];
  return places.map((at) => head.slice(0, at) + head.slice(at + 1));
}

function firstLine(head: string): string {
  const end = head.search(/[\r\n]/);
  return end === -1 ? head : head.slice(0, end);
}

/** What is odd about a dialect, one sentence each. */
export function dialectNotes({ delimiter, quote, strayQuote, header }: Dialect): string[] {
  const notes: string[] = [];
  if (delimiter === " ")
    notes.push("The cells of the file were taken apart at blanks, for nothing else is between them.");
  if (delimiter.length > 1) notes.push("A space follows each delimiter of the file; it is not part of the cells.");
  if (quote === "'") notes.push("The cells of the file stand between apostrophes, which were taken for quotes.");
  if (strayQuote) notes.push("The header has a quote that nothing closes; it was left out.");
  if (header !== null) notes.push("The header has other delimiters than the rows under it; each was cut by its own.");
  return notes;
}

/** What is odd about the quotes in the cells of a file, one sentence each. */
export function quoteNotes({ stray, loose }: OddQuotes): string[] {
  const notes: string[] = [];
  const begins = stray === 1 ? "1 cell begins" : `${stray} cells begin`;
  const holds = loose === 1 ? "1 cell holds" : `${loose} cells hold`;
  if (stray > 0)
    notes.push(
      `${begins} with a quote that nothing closes; it was kept as it is. Look for a quote too many in the file.`,
    );
  if (loose > 0) notes.push(`${holds} quotes that are not doubled; they were kept as parts of the text.`);
  return notes;
}
