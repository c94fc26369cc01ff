import * as fc from "fast-check";
import Papa from "papaparse";
import { expect, test } from "vitest";
import { makeCsvParser } from "../../files/csv/parse-csv.ts";
import { csvLine, readBackCell } from "../../files/csv/write-csv.ts";
import { cells } from "./dialects.ts";
import { readAll } from "./streams.ts";

const formulas = fc
  .array(fc.constantFrom("=1+41", "+1", "-1", "@A1", "＝1", "'", '"', ",", ";", "\t", "|", "\r", "\n", "x", " "), {
    maxLength: 8,
  })
  .map((parts) => parts.join(""));

const hard = fc.oneof(
  cells,
  formulas,
  fc
    .tuple(fc.constantFrom("=", "+", "-", "@", "\t", "\r", "'", "''", "'="), cells)
    .map(([start, rest]) => start + rest),
);

test("cells come back unchanged from a line that was written", () => {
  fc.assert(
    fc.property(fc.array(fc.option(hard), { minLength: 1, maxLength: 6 }), (row) => {
      const parser = makeCsvParser(",");
      const read = [...parser.push(csvLine(row)), ...parser.end()];
      expect(read.map((line) => line.map(readBackCell))).toEqual([row.map((cell) => cell ?? "")]);
    }),
    { numRuns: 2000 },
  );
});

test.for([",", ";", "\t", "|"])(
  "no cell that leaves is run by a program that takes %j for the separator",
  (delimiter) => {
    fc.assert(
      fc.property(fc.array(hard, { minLength: 1, maxLength: 6 }), (row) => {
        const parser = makeCsvParser(delimiter);
        const ours = [...parser.push(csvLine(row)), ...parser.end()];
        const theirs = (["\r\n", "\n", "\r"] as const).map(
          (newline) => Papa.parse<string[]>(csvLine(row), { delimiter, newline }).data,
        );
        for (const cell of [ours, ...theirs].flat(2)) expect(cell).not.toMatch(/^[\t\r\n]*[=+\-@＝＋－＠]/);
      }),
      { numRuns: 2000 },
    );
  },
);

test("a formula behind another program's separator, a line end or a quote is guarded too", () => {
  expect(csvLine(["x;=1+41;y"])).toBe('"x;\'=1+41;y"\r\n');
  expect(csvLine(['a\n=1|-2;"+3"\t@4'])).toBe('"a\n\'=1|\'-2;""\'+3""\'\t\'@4"\r\n');
});

test("a value that begins as a formula gets a quote, also behind quotes of its own", () => {
  expect(csvLine(["=1+1", "'=1+1", "-5", "@x", "'a", "a=b"])).toBe("'=1+1,''=1+1,'-5,'@x,'a,a=b\r\n");
});

test("lines are RFC 4180", () => {
  expect(csvLine(["a", null, 'say "hi"', "x,y", "two\nlines"])).toBe('a,,"say ""hi""","x,y","two\nlines"\r\n');
});

test("a result file that is sent again reads as the cells it was written from", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(hard, hard), { minLength: 1, maxLength: 5 }), async (pairs) => {
      const lines = pairs.map((pair, at) => csvLine([`u${at}`, ...pair, String(at + 1), "failed"]));
      const header = ["User name", "Name", "=Shoe size"];
      const { table, rows } = await readAll([csvLine([...header, "Muster row", "Muster outcome"]), ...lines].join(""));
      expect(table.header).toEqual(header);
      expect(rows.map((row) => row.cells.slice(1))).toEqual(pairs);
    }),
    { numRuns: 300 },
  );
});
