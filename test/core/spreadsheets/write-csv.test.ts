import * as fc from "fast-check";
import { expect, test } from "vitest";
import { makeCsvParser } from "../../../core/spreadsheets/parse-csv.ts";
import { csvLine, readBackCell } from "../../../core/spreadsheets/write-csv.ts";
import { cells } from "./dialects.ts";
import { readAll } from "./streams.ts";

const hard = fc.oneof(
  cells,
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

test("no cell that leaves is one that a spreadsheet program runs", () => {
  fc.assert(
    fc.property(fc.array(hard, { minLength: 1, maxLength: 6 }), (row) => {
      const parser = makeCsvParser(",");
      for (const cell of parser.push(csvLine(row)).flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
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
