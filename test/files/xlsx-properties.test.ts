import * as fc from "fast-check";
import readExcelFile from "read-excel-file/node";
import { expect, test } from "vitest";
import { Problem } from "../../contract/problem.ts";
import { describeCode } from "../../contract/codes.ts";
import { plainNumber } from "../../files/xlsx/show-number.ts";
import { workbookParts, writeSheet, writeWorkbook, type Cell, type WorkbookSpec } from "../support/write-workbook.ts";
import { writeZip } from "../support/write-zip.ts";
import { cells } from "./dialects.ts";
import { readAll } from "./streams.ts";
import { readWorkbookHere, withValues } from "./workbooks.ts";

const ways: fc.Arbitrary<WorkbookSpec> = fc.record({
  texts: fc.constantFrom("shared", "inline"),
  date1904: fc.boolean(),
});

const texts = fc.array(fc.array(cells, { maxLength: 5 }), { minLength: 1, maxLength: 8 });

test("any table of texts written as a workbook reads back cell for cell", async () => {
  await fc.assert(
    fc.asyncProperty(texts, ways, async (rows, spec) => {
      // A sheet without any value is refused, and that is not part of this.
      const table = [["x"], ...rows];
      expect((await readWorkbookHere(writeSheet(table, spec))).rows).toEqual(withValues(table));
    }),
    { numRuns: 300 },
  );
});

test("any table of users comes out of the thread as it was written, however the network cuts it", async () => {
  const row = fc.tuple(cells, cells).map(([name, more]) => [`u${name}`, more]);
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 5 }),
      ways,
      fc.integer({ min: 1, max: 5000 }),
      async (rows, spec, chunk) => {
        const read = await readAll(writeSheet([["User name", "Motto"], ...rows], spec), { chunk });
        expect(read.table.header).toEqual(["User name", "Motto"]);
        expect(read.rows).toEqual(rows.map((one, at) => ({ rowNo: at + 1, cells: one, problem: null })));
      },
    ),
    { numRuns: 10 },
  );
});

const values: fc.Arbitrary<Cell> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.string({ unit: "grapheme", maxLength: 8 }),
  fc.integer({ min: -1_000_000, max: 5_000_000_000 }),
  fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((number) => Number(number.toPrecision(12))),
  fc.record({
    number: fc.integer({ min: 61, max: 2_000_000 }),
    format: fc.constantFrom<(string | number)[]>(14, "yyyy\\-mm\\-dd"),
  }),
);

test("what read-excel-file reads of a workbook, Muster reads too", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(values, { maxLength: 5 }), { maxLength: 8 }), ways, async (some, spec) => {
      const bytes = writeWorkbook([{ name: "Users", rows: [["x"], ...some] }], spec);
      const [theirs] = await readExcelFile(bytes, { trim: false });
      const shown = theirs!.data.map((row) =>
        row.map((value) => shownValue(value as Parameters<typeof shownValue>[0])),
      );
      expect((await readWorkbookHere(bytes)).rows).toEqual(withValues(shown));
    }),
    { numRuns: 200 },
  );
});

function shownValue(value: string | number | boolean | Date | null): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (typeof value === "number") return plainNumber(String(value));
  return value instanceof Date ? value.toISOString().slice(0, 10) : value;
}

const whole = workbookParts(
  [
    {
      name: "Users",
      rows: [
        ["User name", "Postal code", "Since"],
        ["ann@contoso.example", { number: 1067, format: "00000" }, { number: 45413, format: 14 }],
        { cells: ["bo@contoso.example", true, { t: "e", xml: "<f>1/0</f><v>#DIV/0!</v>" }], hidden: true },
      ],
      merged: ["A1:B1"],
    },
    { name: "Read me", rows: [["Fill it in"]], state: "hidden" },
  ],
  {},
);

const spots = fc.array(
  fc.record({ at: fc.nat(), bytes: fc.uint8Array({ maxLength: 4 }), drop: fc.integer({ min: 0, max: 6 }) }),
  { minLength: 1, maxLength: 4 },
);

function spoil(bytes: Uint8Array, changes: { at: number; bytes: Uint8Array; drop: number }[]): Buffer {
  let spoiled = Buffer.from(bytes);
  for (const { at, bytes: more, drop } of changes) {
    const place = at % (spoiled.length + 1);
    spoiled = Buffer.concat([spoiled.subarray(0, place), more, spoiled.subarray(place + drop)]);
  }
  return spoiled;
}

/** Whether `bytes` are read, or refused with a code that answers can carry. */
async function isReadOrRefused(bytes: Buffer): Promise<boolean> {
  try {
    await readWorkbookHere(bytes);
    return true;
  } catch (error) {
    return error instanceof Problem && describeCode(error.code) !== undefined;
  }
}

test("a workbook whose bytes are spoiled is read or refused with a Problem, and nothing else ever happens", async () => {
  const bytes = writeZip(whole);
  await fc.assert(
    fc.asyncProperty(spots, async (changes) => {
      expect(await isReadOrRefused(spoil(bytes, changes))).toBe(true);
    }),
    { numRuns: 1500 },
  );
});

test("a workbook whose parts are spoiled before they are zipped is read or refused with a Problem", async () => {
  const part = fc.nat({ max: whole.length - 1 });
  // Words of the format in places where they do not belong reach further than any bytes.
  const words = fc.constantFrom(
    "<row>",
    "</row>",
    '<c r="A1"',
    "<v>",
    "</v>",
    "<is>",
    "<t>",
    ' t="s"',
    ' s="9"',
    "1E999",
    "-1",
    '"',
    ">",
    "&#0;",
    "<![CDATA[",
    "]]>",
    "<!--",
    ";;;",
    "[h]",
    "\\",
    "0#",
    "../",
  );
  const change = fc.record({
    at: fc.nat(),
    bytes: fc.oneof(
      words.map((word) => Buffer.from(word)),
      fc.uint8Array({ maxLength: 3 }),
    ),
    drop: fc.integer({ min: 0, max: 8 }),
  });
  await fc.assert(
    fc.asyncProperty(part, fc.array(change, { minLength: 1, maxLength: 3 }), async (no, changes) => {
      const parts = whole.map((one, at) =>
        at === no ? { ...one, content: spoil(Buffer.from(one.content), changes) } : one,
      );
      expect(await isReadOrRefused(writeZip(parts))).toBe(true);
    }),
    { numRuns: 1500 },
  );
});
