import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { workbookParts, writeSheet } from "./write-workbook.ts";
import { writeZip } from "./write-zip.ts";
import { cells, dialects, encodeText, writeTable } from "../files/dialects.ts";

type Edit = { kind: "flip" | "cut" | "repeat" | "splice" | "end"; at: number; length: number; bytes: Uint8Array };

const edits: fc.Arbitrary<Edit[]> = fc.array(
  fc.record({
    // A torn-off end mostly hides what the other edits did.
    kind: fc.constantFrom("flip", "cut", "repeat", "splice", "flip", "cut", "repeat", "splice", "end"),
    at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    length: fc.nat(60),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 12 }),
  }),
  { minLength: 1, maxLength: 2 },
);

function edit(bytes: Buffer, { kind, at, length, bytes: more }: Edit): Buffer {
  const start = Math.floor(at * bytes.length);
  const [before, after] = [bytes.subarray(0, start), bytes.subarray(start)];
  if (kind === "flip") return Buffer.concat([before, Buffer.from(after).map((byte, n) => (n === 0 ? ~byte : byte))]);
  if (kind === "cut") return Buffer.concat([before, after.subarray(length)]);
  if (kind === "repeat") return Buffer.concat([before, after.subarray(0, length), after]);
  if (kind === "splice") return Buffer.concat([before, more, after]);
  return before;
}

/** Any of `seeds`, with bytes flipped, cut, repeated, put in, or with its end torn off. */
export function mutated(seeds: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> {
  return fc.tuple(seeds, edits).map(([seed, all]) => all.reduce(edit, seed));
}

/** Strings as nobody sends them by mistake: NUL, halves of surrogate pairs, names of an object's own, too long ones. */
export const oddTexts = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 6 }),
  fc.constantFrom("\0", "a\0b", "\ud800", "x\udfff", "__proto__", "constructor", "{}", "[]", "null", "%", "'", "\\"),
  fc.constantFrom("x".repeat(40_000), "é".repeat(300), "-1", "1e999", "Ω@Ω", "@", "a@b@c", "{givenName", "{g}{", "=1"),
);

const samples = (names: string[]) =>
  fc.constantFrom(...names).map((name) => readFileSync(new URL(`../samples/${name}`, import.meta.url)));

const labels = fc.constantFrom(
  "User name",
  "Email",
  "Name",
  "First name",
  "Last name",
  "Country",
  "Licenses",
  "Wo",
  "",
);

const tables = fc
  .record({
    header: fc.array(fc.oneof(labels, cells), { minLength: 1, maxLength: 5 }),
    rows: fc.array(fc.array(fc.oneof(cells, fc.constantFrom("ann", "ann@x.example", "SE", "")), { maxLength: 6 }), {
      maxLength: 6,
    }),
    dialect: dialects,
    encoding: fc.constantFrom("utf8", "utf8-bom", "utf16le", "utf16be-bom", "windows-1252"),
  })
  .map((one) => ({ ...one, table: [one.header, ...one.rows] }));

/** Texts that were tables once: samples and made ones. */
export const spoiledTexts = mutated(
  fc.oneof(
    samples([
      "microsoft-365.csv",
      "cipp-with-licenses.csv",
      "utf16le-no-bom-tab.csv",
      "gb18030.csv",
      "no-header.csv",
      "title-above-header.csv",
      "entra-create.csv",
      "no-sign-in-name.csv",
    ]),
    tables.map(({ table, dialect, encoding }) => encodeText(writeTable(table, dialect), encoding)),
  ),
);

/** Workbooks whose bytes were changed, so that mostly the zip archive is what breaks. */
export const spoiledWorkbooks = mutated(
  fc.oneof(
    samples(["workbook-entra-create.xlsx", "workbook-title-lines.xlsx", "workbook-formulas.xlsx"]),
    tables.map(({ table }) => writeSheet(table)),
  ),
);

/** Sound XML that says what no program says. */
const oddElements = [
  '<row r="1048577"/>',
  '<row r="-3"><c r="A0"><v>1</v></c></row>',
  '<row r="2"><c r="ZZZZ9" t="s"><v>999999999</v></c></row>',
  '<row r="2"><c r="XFD2" t="s"><v>0</v></c></row>',
  '<row><c t="inlineStr"><is><t>ann</t></is></c></row>',
  '<c r="A2" t="s"><v>-1</v></c>',
  '<c r="B2" t="b"><v>maybe</v></c>',
  '<c r="B3" s="4294967296"><v>1e308</v></c>',
  '<c s="-1"><v>NaN</v></c>',
  '<c t="e"><v>#REF!</v></c>',
  '<c t="what"><v/><v>2</v><is><t>x</t></is></c>',
  "<v>3</v>",
  '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
  '<mergeCells><mergeCell ref="nonsense"/></mergeCells>',
  "<!-- remark -->",
  "<?what now?>",
  "<![CDATA[<row>]]>",
  "<y/>",
];

const brokenXml = [
  "</row>",
  "<c>",
  "<!-- -- -->",
  "<![CDATA[ ]]",
  "&nobody;",
  "&#0;",
  "<!DOCTYPE x []>",
  "<x:y/>",
  "\0",
];

/** Workbooks that are sound archives, with one part whose XML says what no program writes. */
export const oddWorkbooks = fc
  .record({
    table: tables.map(({ table }) => [["User name", "Name"], ...table]),
    part: fc.nat(20),
    pieces: fc.array(
      fc.record({
        xml: fc.oneof(
          { weight: 8, arbitrary: fc.constantFrom(...oddElements) },
          { weight: 1, arbitrary: fc.oneof(fc.constantFrom(...brokenXml), oddTexts) },
        ),
        at: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ table, part, pieces }) => {
    const parts = workbookParts([{ name: "Sheet1", rows: table }]);
    // Most of what can go wrong goes wrong in the sheet, which is the last part.
    const spoiled = parts[Math.min(part, parts.length - 1)]!;
    spoiled.content = pieces.reduce((xml, { xml: piece, at }) => {
      const between = xml.indexOf(">", Math.floor(at * (xml.length - 1))) + 1;
      return xml.slice(0, between) + piece + xml.slice(between);
    }, String(spoiled.content));
    return writeZip(parts);
  });
