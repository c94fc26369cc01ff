import { createReadStream, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { FieldName, TextField } from "../../contract/fields.ts";
import { Problem } from "../../contract/problem.ts";
import { buildUpn } from "../../files/rows/build-upn.ts";
import type { Mapping } from "../../files/columns/choose-columns.ts";
import { guessColumns } from "../../files/columns/guess-columns.ts";
import { readRow } from "../../files/rows/read-row.ts";
import { readTable } from "../../files/table/read-table.ts";
import type { Reading, RowInput } from "../../files/rows/row-input.ts";
import type { RawRow } from "../../files/table/table-rows.ts";
import { parseUpnPattern } from "../../files/rows/upn-pattern.ts";
import { readingOf } from "./readings.ts";
import { limits } from "./streams.ts";
import { cellsOf, readAsWorkbook } from "./as-workbook.ts";

/** What a sample gives: `NAME.expected.json` beside each. Rows go by their number; those not named have no cause. */
type Expected = {
  /** The code of the refusal; then nothing else is said. */
  problem?: string;
  /** Sent with the file. */
  mapping?: Mapping;
  encoding?: string;
  /** null for a workbook. */
  delimiter?: string | null;
  columns?: Record<string, FieldName | null>;
  rows?: number;
  notes?: (keyof typeof noteKinds)[];
  guesses?: Record<string, FieldName>;
  causes?: Record<string, string>;
  /** The causes that are left once the agent puts every address on one of the customer's domains. */
  causesOnDomain?: Record<string, string>;
  /** Values of rows, where they are worth a look. */
  values?: Record<string, Record<string, string>>;
  licenses?: Record<string, string[]>;
  /** Whether sign-in is allowed, row by row. */
  enabled?: (boolean | null)[];
  /** The sign-in names that a pattern builds, or the codes of why not, row by row. */
  upnPattern?: { pattern: string; names: string[] };
};

/** What the notes say, told by a word of theirs: notes are sentences for people and have no codes. */
const noteKinds = {
  encoding: /read as/,
  ours: /Muster wrote/,
  above: /above the header/,
  comment: /with a comment/,
  version: /version or delimiter/,
  example: /with an example/,
  blank: /without a value/,
  headerless: /no header row/,
  shifted: /out of step/,
  guesses: /could be fields/,
  outdone: /same field/,
  secret: /hold passwords/,
  sheet: /was read and not/,
  hiddenRows: /hidden rows? (?:was|were)/,
  merged: /merged cells/,
  formulas: /no result/,
};

const folder = fileURLToPath(new URL("../samples/", import.meta.url));
const samples = readdirSync(folder).filter((name) => /\.(?:csv|txt|xlsx)$/.test(name));

test("the corpus is there, and each sample says what it gives", () => {
  expect(samples.length).toBeGreaterThanOrEqual(60);
  const expectations = readdirSync(folder).filter((name) => name.endsWith(".expected.json"));
  expect(expectations).toEqual(samples.map(expectationOf).toSorted());
});

test.each(samples)("%s", async (name) => {
  const expected = expectedOf(name);
  expect(await outcomeOf(() => readAll(name, expected.mapping), expected)).toEqual(expected);
});

/** Samples that are about what only text has, or whose bytes are no table at all. */
const textOnly = [
  "blank.csv",
  "cyrillic-code-page.csv",
  "empty.csv",
  "json.csv",
  "quote-never-closed.csv",
  "shift-jis.csv",
  "text-after-quotes.csv",
  "utf32.csv",
  "utf8-mixed-line-ends.csv",
  "web-page.csv",
  // Node's own decoder reads it as Latin-1.
  "windows-1252-quotes-and-euro.csv",
];
const tables = samples.filter((name) => !name.endsWith(".xlsx") && !textOnly.includes(name));

test.each(tables)("%s, saved as a workbook, gives the same", async (name) => {
  const { encoding, delimiter, ...expected } = expectedOf(name);
  const rows = cellsOf(readFileSync(folder + name), encoding ?? "UTF-8", delimiter ?? "");
  const found = await outcomeOf(() => readAsWorkbook(rows, expected.mapping), expected);
  expect(withoutTextNotes(found)).toEqual(withoutTextNotes(expected));
});

/** A workbook has no encoding, and not every blank line of a file becomes one of its rows. */
function withoutTextNotes({ notes, ...more }: Expected): Expected {
  const kept = notes?.filter((kind) => kind !== "encoding" && kind !== "blank");
  return { ...more, ...(kept === undefined ? {} : { notes: kept }) };
}

function expectedOf(name: string): Expected {
  const told = JSON.parse(readFileSync(folder + expectationOf(name), "utf8")) as Expected;
  return told.problem === undefined ? { guesses: {}, causes: {}, ...told } : told;
}

/** What reading a sample gives, as far as `expected` asks. */
async function outcomeOf(readIt: () => ReturnType<typeof readAsWorkbook>, expected: Expected): Promise<Expected> {
  const read = await readIt().catch((error: unknown) => error);
  if (read instanceof Problem) return { problem: read.code };
  if (read instanceof Error) throw read;
  const { table, raw } = read as Awaited<ReturnType<typeof readAsWorkbook>>;
  const { header, columns } = table;
  const reading = readingOf(header, { columns });
  const inputs = raw.map((row) => readRow(row.rowNo, row.cells, reading));
  const inputOf = (rowNo: string) => inputs[Number(rowNo) - 1];
  const cells = raw.map((row) => row.cells);
  const guesses = guessColumns(header, columns, cells);
  const found = {
    mapping: expected.mapping,
    encoding: table.encoding(),
    delimiter: table.delimiter,
    columns: Object.fromEntries(header.map((label, at) => [label, columns[at]])),
    rows: raw.length,
    notes: table.notes().map(noteKind),
    guesses: Object.fromEntries(guesses.map(({ column, field }) => [column, field])),
    causes: causesOf(raw, reading),
    causesOnDomain: causesOf(raw, { ...reading, domain: "contoso.example" }),
    values: pick(expected.values, (rowNo, asked) => pick(asked, (field) => inputOf(rowNo)?.values[field as TextField])),
    licenses: pick(expected.licenses, (rowNo) => inputOf(rowNo)?.licenses.map((license) => license.skuPartNumber)),
    enabled: inputs.map((input) => input.accountEnabled),
    upnPattern: { pattern: expected.upnPattern?.pattern, names: buildNames(inputs, expected.upnPattern?.pattern) },
  };
  return Object.fromEntries(Object.entries(found).filter(([key]) => key in expected)) as Expected;
}

/** What `find` gives for each key that is asked for. */
function pick<T>(
  asked: Record<string, T> | undefined,
  find: (key: string, value: T) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(asked ?? {}).map(([key, value]) => [key, find(key, value)]));
}

function buildNames(inputs: RowInput[], pattern = "{givenName}"): string[] {
  return inputs.map(({ values: { givenName, surname, displayName, usageLocation } }) => {
    const person = { givenName, surname, displayName, country: usageLocation ?? null };
    const built = buildUpn(parseUpnPattern(pattern), person);
    return "local" in built ? built.local : built.code;
  });
}

function expectationOf(name: string): string {
  return name.replace(/\.\w+$/, ".expected.json");
}

async function readAll(name: string, mapping: Mapping | undefined) {
  const table = await readTable(createReadStream(folder + name), { ...limits, mapping });
  const raw: RawRow[] = [];
  for await (const block of table.rows) raw.push(...block);
  return { table, raw };
}

function causesOf(raw: RawRow[], reading: Reading): Record<string, string> {
  const causes = raw.map((row) => [row.rowNo, row.problem ?? readRow(row.rowNo, row.cells, reading).problem] as const);
  return Object.fromEntries(causes.flatMap(([rowNo, cause]) => (cause === null ? [] : [[rowNo, cause.code]])));
}

function noteKind(note: string): string {
  const found = Object.entries(noteKinds).find(([, words]) => words.test(note));
  return found?.[0] ?? note;
}
