import * as fc from "fast-check";

export type TextEncoding = "utf8" | "utf8-bom" | "utf16le" | "utf16be" | "utf16le-bom" | "utf16be-bom" | "windows-1252";

export type Dialect = {
  delimiter: "," | ";" | "\t" | "|";
  lineEnd: "\r\n" | "\n" | "\r";
  quoteAll: boolean;
  lastLineEnd: boolean;
};

/** Any way in which a program may write a table. */
export const dialects: fc.Arbitrary<Dialect> = fc.record({
  delimiter: fc.constantFrom(",", ";", "\t", "|"),
  lineEnd: fc.constantFrom("\r\n", "\n", "\r"),
  quoteAll: fc.boolean(),
  lastLineEnd: fc.boolean(),
});

const marks = [
  '"',
  '""',
  ",",
  ";",
  "\t",
  "|",
  "\n",
  "\r\n",
  "\r",
  "=",
  "'",
  " ",
  "Example:",
  "é",
  "ß",
  "€",
  "林",
  "😀",
  "e\u0301",
];

// A small file with many control characters is refused as binary, so that none is written.
const controls = /(?!\s)\p{Cc}|\uFFFD/gu;

/** Cells with everything that is hard in them, but what makes a file binary: every Unicode character that is text. */
export const cells = fc
  .array(
    fc.oneof(fc.constantFrom(...marks), fc.string({ unit: "binary", maxLength: 4 }), fc.string({ maxLength: 6 })),
    {
      maxLength: 4,
    },
  )
  .map((parts) => parts.join("").replace(controls, "?"));

/** Cells of Western text: accents, but as in words, no rows of them. */
export const westernCells = fc
  .array(
    fc.constantFrom("Zo\u00eb", "Gro\u00df", "20 €", "a,b", '"', "\r\n", "d\u2019or", "M\u00fcller", "x", "; ", "\t|"),
    {
      maxLength: 4,
    },
  )
  .map((parts) => parts.join("-"));

/** A table as text in `dialect`. */
export function writeTable(rows: string[][], dialect: Dialect): string {
  const lines = rows.map((row) => row.map((cell) => writeCell(cell, dialect)).join(dialect.delimiter));
  return lines.join(dialect.lineEnd) + (dialect.lastLineEnd ? dialect.lineEnd : "");
}

function writeCell(cell: string, { quoteAll }: Dialect): string {
  const needed = quoteAll || /[",;\t|\r\n]|^ /.test(cell);
  return needed ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** `text` in `encoding`, with its BOM where the name says so. */
export function encodeText(text: string, encoding: TextEncoding): Buffer {
  switch (encoding) {
    case "utf8":
      return Buffer.from(text);
    case "utf8-bom":
      return Buffer.from(`\uFEFF${text}`);
    case "utf16le":
      return Buffer.from(text, "utf16le");
    case "utf16be":
      return Buffer.from(text, "utf16le").swap16();
    case "utf16le-bom":
      return Buffer.from(`\uFEFF${text}`, "utf16le");
    case "utf16be-bom":
      return Buffer.from(`\uFEFF${text}`, "utf16le").swap16();
    case "windows-1252":
      return Buffer.from(text.replaceAll("€", "\x80").replaceAll("\u2019", "\x92"), "latin1");
    default: {
      const never: never = encoding;
      throw new Error(`unknown encoding ${String(never)}`);
    }
  }
}
