import * as fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { makeCsvParser } from "../../files/csv/parse-csv.ts";
import { cells, dialects, writeTable } from "./dialects.ts";

function parse(text: string, delimiter = ","): string[][] {
  const parser = makeCsvParser(delimiter);
  return [...parser.push(text), ...parser.end()];
}

test("CRLF, LF and CR may be mixed in one file", () => {
  expect(parse('a,b\r\n1,"2"\n3,"4"\r5,6\r\n7,8')).toEqual([
    ["a", "b"],
    ["1", "2"],
    ["3", "4"],
    ["5", "6"],
    ["7", "8"],
  ]);
});

test("text after a closing quote belongs to its cell and does not swallow the next rows", () => {
  expect(parse('a,b\n"Nick" Smith,Sales\n"Bob",x\nz,y\n')).toEqual([
    ["a", "b"],
    ["Nick Smith", "Sales"],
    ["Bob", "x"],
    ["z", "y"],
  ]);
});

test("a quote inside an unquoted cell is an ordinary character", () => {
  expect(parse('x,5" pipe\ny,z"\n')).toEqual([
    ["x", '5" pipe'],
    ["y", 'z"'],
  ]);
});

test("a quote that nothing closes is a character of its cell, and the cells behind it stay apart", () => {
  const rows = [
    ['"Ana', "Silva", "Sales, EMEA", "Porto"],
    ["Bo", '"Berg', "IT", "a, b"],
    ["Kim", "Lee", 'say "hi", then go', '"'],
    ["Zoë", "", "", "x"],
  ];
  const text =
    '"Ana,Silva,"Sales, EMEA",Porto\r\nBo,"Berg,IT,"a, b"\r\nKim,Lee,"say ""hi"", then go","\r\n"Zoë",,,x\r\n';
  expect(parse(text)).toEqual(rows);
  for (let size = 1; size < 20; size++) {
    const parser = makeCsvParser(",");
    const found: string[][] = [];
    for (let at = 0; at < text.length; at += size) found.push(...parser.push(text.slice(at, at + size)));
    expect([...found, ...parser.end()]).toEqual(rows);
    expect(parser.oddQuotes()).toEqual({ stray: 3, loose: 0 });
  }
});

test("a quote at the very end that only a line end follows opens nothing, and one that ends the text is cut off", () => {
  const parser = makeCsvParser(",");
  expect(parser.push('a,b\r\nc,"\r\n')).toEqual([["a", "b"]]);
  expect(parser.open().quoted).toBe(false);
  expect(parser.end()).toEqual([["c", '"']]);
  const cut = makeCsvParser(",");
  cut.push('a,b\r\nc,"');
  expect(cut.open().quoted).toBe(true);
});

test("quotes inside a quoted text leave it one cell, if blanks or letters stand before them", () => {
  expect(parse('"Main St 5, "Rear" house",x\n"Nick "the fox" Ray",y\n')).toEqual([
    ['Main St 5, "Rear" house', "x"],
    ['Nick "the fox" Ray', "y"],
  ]);
});

describe("where a writer puts quotes around a text and does not double those inside it", () => {
  const names = ['Dr. "Bob" Ray', '"Best, "Ltd', '5" pipe, 6"', 'Ray "Bob"', '"', 'x"y"z, "', "plain"];

  test.each([
    ["as they are", (name: string) => name],
    ["behind a backslash", (name: string) => name.replaceAll('"', String.raw`\"`)],
  ])("with quotes %s, the text comes out as it was", (_, write) => {
    for (const name of names) {
      const text = `Name,City\r\n"${write(name)}","Kiel, Mitte"\r\nAnn,Ulm\r\n`;
      expect(parse(text)).toEqual([
        ["Name", "City"],
        [name, "Kiel, Mitte"],
        ["Ann", "Ulm"],
      ]);
    }
  });

  test("a quote before a delimiter ends the cell all the same, and so does each that no other in its line does", () => {
    expect(parse('"a "b", c","d"\n"Nick" Smith,5,"x"\n"Nick" Smith\n"x",y"\n')).toEqual([
      ['a "b', ' c"', "d"],
      ["Nick Smith", "5", "x"],
      ["Nick Smith"],
      ["x", 'y"'],
    ]);
  });

  test("a cell of which the end is looked for does not keep back the rest of a long line", () => {
    const parser = makeCsvParser(",");
    parser.push('"Nick" Smith');
    for (let at = 0; at < 100; at++) {
      parser.push(",c".repeat(500));
      expect(parser.open().text.length).toBeLessThan(10_000);
    }
    expect(parser.push("\n")[0]!.slice(0, 2)).toEqual(["Nick Smith", "c"]);
  });
});

test("blanks before an opening quote do not unquote the cell", () => {
  expect(parse('"Green, Chris", "x, y"\n')).toEqual([["Green, Chris", "x, y"]]);
});

test("quoted cells keep line breaks, doubled quotes and delimiters", () => {
  expect(parse('"a\r\nb","say ""hi""",",;"\r\n')).toEqual([["a\r\nb", 'say "hi"', ",;"]]);
});

test("a delimiter at the very end makes one more, empty cell", () => {
  expect(parse("a,b,")).toEqual([["a", "b", ""]]);
  expect(parse("a,b,\n")).toEqual([["a", "b", ""]]);
  expect(parse("")).toEqual([]);
  expect(parse('""')).toEqual([[""]]);
});

test("an unclosed quote is told with its column", () => {
  const parser = makeCsvParser(",");
  expect(parser.push('a,b\nc,"d\ne,f\n')).toEqual([["a", "b"]]);
  expect(parser.open()).toMatchObject({ column: 1, quoted: true });
});

test("the same rows come out however the text is cut", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(cells, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
      dialects,
      fc.integer({ min: 1, max: 9 }),
      (rows, dialect, size) => {
        const text = writeTable(rows, dialect);
        const parser = makeCsvParser(dialect.delimiter);
        const found: string[][] = [];
        for (let at = 0; at < text.length; at += size) found.push(...parser.push(text.slice(at, at + size)));
        found.push(...parser.end());
        expect(found).toEqual(parse(text, dialect.delimiter));
      },
    ),
  );
});

test("text without rhyme or reason comes out the same however it is cut", () => {
  const scraps = fc.array(fc.constantFrom('"', ",", "\r", "\n", " ", "a", '""', "é", "\\", '"a" b'), { maxLength: 30 });
  fc.assert(
    fc.property(scraps, fc.integer({ min: 1, max: 5 }), (parts, size) => {
      const text = parts.join("");
      const parser = makeCsvParser(",");
      const found: string[][] = [];
      for (let at = 0; at < text.length; at += size) found.push(...parser.push(text.slice(at, at + size)));
      found.push(...parser.end());
      expect(found).toEqual(parse(text));
    }),
    { numRuns: 2000 },
  );
});

test("papaparse makes one row of two in both cases, which is why the grammar is ours", () => {
  const mixed = Papa.parse('a,b\r\n1,"2"\n3,"4"\r\n', { delimiter: ",", newline: "\r\n", skipEmptyLines: true });
  expect(mixed.data).toHaveLength(2);
  const nick = Papa.parse('a,b\n"Nick" Smith,Sales\n"Bob",x\n', {
    delimiter: ",",
    newline: "\n",
    skipEmptyLines: true,
  });
  expect(nick.data).toHaveLength(2);
});

test("papaparse reads what is written by the rules as Muster reads it", () => {
  const rows = fc.array(fc.array(cells, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(rows, dialects, (table, dialect) => {
      const text = writeTable(table, { ...dialect, lastLineEnd: false });
      const theirs = Papa.parse<string[]>(text, { delimiter: dialect.delimiter, newline: dialect.lineEnd }).data;
      expect(parse(text, dialect.delimiter)).toEqual(theirs);
    }),
  );
});
