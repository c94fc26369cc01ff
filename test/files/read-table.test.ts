import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Problem } from "../../contract/problem.ts";
import { decodeText } from "../../files/bytes/decode-text.ts";
import { makeCsvParser } from "../../files/csv/parse-csv.ts";
import { readTable } from "../../files/table/read-table.ts";
import { cells, dialects, encodeText, westernCells, writeTable, type TextEncoding } from "./dialects.ts";
import { limits, readAll } from "./streams.ts";

const header = ["User name", "Display name", "Shoe size", "Motto"];

function tables(cell: fc.Arbitrary<string>) {
  return fc
    .tuple(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.array(cell, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
    )
    .map(([width, rows]) => [
      header.slice(0, width),
      // The first cell is filled, because blank rows, examples and version rows are passed over.
      ...rows.map((row, at) => [`u${at}${row[0] ?? ""}`, ...row.slice(1, width)]),
    ]);
}

const unicode: TextEncoding[] = ["utf8", "utf8-bom", "utf16le", "utf16be", "utf16le-bom", "utf16be-bom"];
const written = fc.oneof(
  fc.record({ table: tables(cells), dialect: dialects, encoding: fc.constantFrom(...unicode) }),
  fc.record({ table: tables(westernCells), dialect: dialects, encoding: fc.constant<TextEncoding>("windows-1252") }),
);

test("any table in any dialect and encoding reads back cell for cell, however the network cuts it", async () => {
  await fc.assert(
    fc.asyncProperty(written, fc.integer({ min: 1, max: 40 }), async ({ table, dialect, encoding }, chunk) => {
      const { rows, table: read } = await readAll(encodeText(writeTable(table, dialect), encoding), { chunk });
      expect([read.header, ...rows.map((row) => row.cells)]).toEqual(table);
      expect(rows.map((row) => row.rowNo)).toEqual(rows.map((_, at) => at + 1));
      expect(rows.every((row) => row.problem === null)).toBe(true);
      // A table of one column has no delimiter to find.
      expect(table[0]!.length === 1 || read.delimiter === dialect.delimiter).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("characters may lie across every border between the blocks that are decoded", async () => {
  await fc.assert(
    fc.asyncProperty(written, fc.integer({ min: 1, max: 7 }), async ({ table, dialect, encoding }, size) => {
      const bytes = encodeText(writeTable(table, dialect), encoding);
      // Encodings are told apart by the first block, so that one is whole enough for it.
      const first = encoding === "utf16le" || encoding === "utf16be" ? 18 : 4;
      const parser = makeCsvParser(dialect.delimiter);
      const rows: string[][] = [];
      for await (const piece of decodeText(cut(bytes, first, size)).pieces) rows.push(...parser.push(piece));
      rows.push(...parser.end());
      expect(rows).toEqual(table);
    }),
    { numRuns: 500 },
  );
});

async function* cut(bytes: Buffer, first: number, size: number): AsyncGenerator<Buffer> {
  yield bytes.subarray(0, first);
  for (let at = first; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test("names on the border of 64 kB come through whole, wherever the border cuts them", async () => {
  const names = "Zoë Müller 林美 😀 Łukasz €";
  for (const encoding of ["utf8", "utf16le-bom", "utf16be-bom"] as const) {
    const bytesEach = encoding === "utf8" ? 1 : 2;
    for (let before = 0; before <= 44; before += bytesEach) {
      const head = `User name,Display name\nfirst,`;
      const filler = "x".repeat(30_000);
      const upToBorder = 65_536 / bytesEach - head.length - before;
      const rest = upToBorder - filler.length - 1;
      const rows = bytesEach === 1 ? `${filler}\n${"y".repeat(rest - 6)},a\nz,` : `${"y".repeat(upToBorder - 7)}\nz,`;
      const text = `${head}${rows}${names},\n`;
      const { rows: read } = await readAll(encodeText(text, encoding), { maxCellBytes: 70_000 });
      expect(read.at(-1)?.cells).toEqual(["z", names]);
    }
  }
});

test("random bytes are refused with a Problem or read, and nothing else is ever thrown", async () => {
  const scraps = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.concat([Buffer.from("Email,Name\n"), bytes])),
    fc
      .uint8Array({ maxLength: 200 })
      .map((bytes) => Buffer.concat([Buffer.from("\uFEFFEmail;Name\r\n", "utf16le"), bytes])),
    fc.string({ unit: "binary", maxLength: 100 }).map((text) => Buffer.from(`UPN|x\n${text}`)),
  );
  await fc.assert(
    fc.asyncProperty(scraps, fc.integer({ min: 1, max: 50 }), async (bytes, chunk) => {
      const outcome = await readAll(bytes, { chunk, maxColumns: 5, maxRows: 5, maxCellBytes: 50 }).catch(
        (error: unknown) => error,
      );
      expect(outcome instanceof Error && !(outcome instanceof Problem)).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

test("the source is read no faster than the rows are taken, and is closed when nobody wants the rest", async () => {
  let given = 0;
  let closed = false;
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      yield Buffer.from("User name,Display name\n");
      const block = Buffer.from("zoe,Zoë Müller\n".repeat(2000));
      for (;;) {
        given += block.length;
        yield block;
      }
    } finally {
      closed = true;
    }
  }
  const table = await readTable(endless(), limits);
  const afterHeader = given;
  expect(afterHeader).toBeLessThan(300_000);
  let blocks = 0;
  for await (const block of table.rows) {
    expect(block).toHaveLength(1000);
    if (++blocks === 3) break;
  }
  expect(given).toBeLessThan(afterHeader + 300_000);
  expect(closed).toBe(true);
});

test("the hash is that of the raw bytes", async () => {
  const bytes = encodeText("UPN;Name\r\nzoë;Zoë\r\n", "utf16le-bom");
  const { table } = await readAll(bytes, { chunk: 3 });
  expect(table.sha256()).toBe(createHash("sha256").update(bytes).digest("hex"));
});

describe("rows", () => {
  test("version, example and blank rows have no number and are told in the notes", async () => {
    const { table, rows } = await readAll(
      "version:v1.0,,\r\nUPN,Name,City\r\nExample: a,b,c\r\n\r\nzoe,Zoë,Köln\r\n , ,\r\n,,\r\nana,Ana,Lisboa\r\n",
    );
    expect(rows.map(({ rowNo, cells: row }) => [rowNo, row[0]])).toEqual([
      [1, "zoe"],
      [2, "ana"],
    ]);
    expect(table.notes()).toHaveLength(3);
  });

  test("short rows are filled up, blank cells beyond the header dropped, and a filled one fails its row only", async () => {
    const { rows } = await readAll("UPN,Name,City\nzoe\nana,Ana,Lisboa,, ,\nrui,Rui,Porto,,Boss\nbo,Bo,Oslo\n");
    expect(rows.map((row) => row.cells)).toEqual([
      ["zoe", "", ""],
      ["ana", "Ana", "Lisboa"],
      ["rui", "Rui", "Porto", "", "Boss"],
      ["bo", "Bo", "Oslo"],
    ]);
    expect(rows.map((row) => row.problem?.code)).toEqual([undefined, undefined, "row_too_wide", undefined]);
  });

  test("columns without a name get one where something stands in them, and are dropped where nothing does", async () => {
    const { table, rows } = await readAll("UPN,,Name,Phone,Fax,fax number,,\nzoe,a,Zoë,1,2,3,,\n", {
      mapping: { "fax number": null },
    });
    expect(table.header).toEqual(["UPN", "Column 2", "Name", "Phone", "Fax", "fax number"]);
    expect(rows[0]?.cells).toEqual(["zoe", "a", "Zoë", "1", "2", "3"]);
    const filled = await readAll("UPN,Name,\nzoe,Zoë,left\n");
    expect(filled.table.header).toEqual(["UPN", "Name", "Column 3"]);
  });

  test("commas in free text and in quotes do not mislead the choice of delimiter", async () => {
    const text = 'User name;Display name;Office\nzoe;"Müller, Zoë, Dr.";"1, 2, 3, 4"\nana;Silva, Ana;5, 6, 7, 8\n';
    const { table, rows } = await readAll(text);
    expect(table.delimiter).toBe(";");
    expect(rows.map((row) => row.cells[1])).toEqual(["Müller, Zoë, Dr.", "Silva, Ana"]);
  });

  test("a row of values that are words of headers too is not taken for the header", async () => {
    const { table, rows } = await readAll("Email,Foo,Bar,Baz\nzoe,User,Service,Land\nana,User,Service,Pays\n");
    expect(table.header).toEqual(["Email", "Foo", "Bar", "Baz"]);
    expect(rows).toHaveLength(2);
  });

  test("Excel's sep= line names the delimiter and is no row", async () => {
    const { table, rows } = await readAll("sep=|\r\nUPN|Name\r\nzoe|Zoë\r\n");
    expect(table.delimiter).toBe("|");
    expect(rows).toHaveLength(1);
  });

  test("bytes that are no text fail their own row, and the rows beside it are read right", async () => {
    const bytes = Buffer.concat([
      Buffer.from("UPN,Name,Hobby\nzoe,Zoë,x\njuergen,J"),
      Buffer.from([0xfc]),
      Buffer.from("rgen,y\nana,Anaïs,z\nbo,Bo,"),
      Buffer.from([0xff]),
      Buffer.from("\n"),
    ]);
    for (const chunk of [1, 7, 1000]) {
      const { table, rows } = await readAll(bytes, { chunk });
      expect(table.encoding()).toBe("UTF-8");
      // The last one's bad byte stands in a column that nothing is read from.
      expect(rows.map((row) => row.problem?.code)).toEqual([undefined, "encoding_invalid", undefined, undefined]);
      expect(rows.map((row) => row.cells[1])).toEqual(["Zoë", "J\uFFFDrgen", "Anaïs", "Bo"]);
    }
  });

  test("Windows-1252 is recognised at the first letter beyond ASCII, however late it comes", async () => {
    const ascii = "zoe,Zoe\n".repeat(20_000);
    const bytes = Buffer.concat([Buffer.from(`UPN,Name\n${ascii}`), Buffer.from("j,J\xfcrgen \x80\n", "latin1")]);
    const { table, rows } = await readAll(bytes);
    expect(table.encoding()).toBe("Windows-1252");
    expect(rows.at(-1)?.cells).toEqual(["j", "Jürgen €"]);
    expect(rows).toHaveLength(20_001);
  });

  test("a second password column and its like never become cells", async () => {
    const { table, rows } = await readAll(
      "UPN,Name,Password,Confirm password,Password expires\nzoe,Zoë,Aa345678,Aa345678,No\n",
    );
    expect(table.columns).toEqual(["userPrincipalName", "displayName", "password", null, null]);
    expect(rows[0]?.cells).toEqual(["zoe", "Zoë", "Aa345678", "(password)", "No"]);
    expect(JSON.stringify(table.notes())).toContain("Confirm password");
  });

  test("links in a file without a header are no passwords and stay", async () => {
    const lines = [1, 2, 3].map((no) => `ana.${no}@contoso.example,7,https://www.example.com/Ana_${no}.html`);
    const { table, rows } = await readAll(lines.join("\n"));
    expect(table).toMatchObject({ headerless: true, header: ["Column 1", "Column 2", "Column 3"] });
    expect(rows[0]?.cells).toEqual(["ana.1@contoso.example", "7", "https://www.example.com/Ana_1.html"]);
  });

  test("a file that Muster wrote loses its guards and the columns of the answer, and another keeps its quotes", async () => {
    const ours = await readAll("Muster row,UPN,Name,'=Hobby,Muster code\n1,zoe,''=x,'-1,\n2,ana,Ana,,x,'+1\n");
    expect(ours.table.header).toEqual(["UPN", "Name", "=Hobby"]);
    expect(ours.rows.map((row) => row.cells)).toEqual([
      ["zoe", "'=x", "-1"],
      ["ana", "Ana", "", "+1"],
    ]);
    expect(ours.rows.map((row) => row.problem?.code)).toEqual([undefined, "row_too_wide"]);
    const theirs = await readAll("UPN,Name\nzoe,'=x\n");
    expect(theirs.rows[0]?.cells).toEqual(["zoe", "'=x"]);
  });

  test("a row out of step shows no password, wherever in it that stands", async () => {
    const { rows } = await readAll("UPN,Name,Password,City\nana,Silva, Ana,Aa1!s3cret,Lisboa\nbo,Bo,Bb2!xxxx,Oslo\n");
    expect(JSON.stringify(rows[0])).not.toContain("s3cret");
    expect(rows[0]).toMatchObject({ cells: ["ana", "Silva", ...Array(3).fill("(password)")] });
    expect(rows[0]?.problem?.code).toBe("row_too_wide");
    expect(rows[1]?.cells).toEqual(["bo", "Bo", "Bb2!xxxx", "Oslo"]);
  });

  test("a mapping wins over the header's words", async () => {
    const { table } = await readAll("Personal,Email,Name\nzoe,z@x.example,Zoë\n", {
      mapping: { personal: "userPrincipalName", Email: "otherMail" },
    });
    expect(table.columns).toEqual(["userPrincipalName", "otherMail", "displayName"]);
  });

  test("a mapping makes an unrecognised header readable", async () => {
    const { table, rows } = await readAll("Kürzel;Wer\nzoe;Zoë\n", {
      mapping: { Kürzel: "userPrincipalName", Wer: "displayName" },
    });
    expect(table.columns).toEqual(["userPrincipalName", "displayName"]);
    expect(rows).toHaveLength(1);
  });
});

describe("refusals", () => {
  const cases: [says: string, content: string | Buffer, code: string, more?: Parameters<typeof readAll>[1]][] = [
    ["an empty file", "", "upload_empty"],
    ["a file of blank lines", "\r\n \r\n", "upload_empty"],
    ["a file with nothing but a BOM", "\uFEFF", "upload_empty"],
    ["delimiters and nothing else", ",,,\n,,,\n", "upload_empty"],
    ["the beginning of an old Office file", Buffer.from("d0cf11e0a1b11ae100000000", "hex"), "upload_not_text"],
    ["a PDF document", "%PDF-1.7\n%âãÏÓ", "upload_not_text"],
    ["an image", Buffer.from("89504e470d0a1a0a0000000d", "hex"), "upload_not_text"],
    ["a web page", "<!DOCTYPE html><html><body>Sign in</body></html>", "upload_not_text"],
    ["bytes without meaning", Buffer.from(Array.from({ length: 300 }, (_, at) => (at * 7) % 32)), "upload_not_text"],
    ["JSON", ' [{"userPrincipalName": "zoe@contoso.example"}]', "upload_json"],
    ["a JSON object", '{\n "rows": []}', "upload_json"],
    ["a header without rows", "UPN,Name\r\n", "upload_header_only"],
    ["a header with an example only", "UPN,Name\r\nExample: zoe,Zoë\r\n", "upload_header_only"],
    ["a quote that never closes", 'UPN,Name\nzoe,Zoë\nana,"Ana\nbo,Bo\n', "upload_truncated"],
    ["a quote that never closes in the header", 'UPN,"Foo\nzoe,Zoë\n', "upload_truncated"],
    ["a header that says nothing", "Foo,Bar\n1,2\n", "header_unrecognised"],
    ["rows without a header that say nothing", "1,Ana\n2,Rui\n", "header_unrecognised"],
    ["two columns for one field", "User name,Username,Name\na,b,c\n", "header_ambiguous"],
    ["a mapping of a column that is not there", "UPN,Name\na,b\n", "mapping_invalid", { mapping: { Foo: "city" } }],
    ["a mapping to a field that is not there", "UPN,Name\na,b\n", "mapping_invalid", { mapping: { Name: "shoeSize" } }],
    [
      "a mapping of two columns to one field",
      "UPN,A,B\na,b,c\n",
      "mapping_invalid",
      { mapping: { A: "city", B: "city" } },
    ],
    ["one row too many", "UPN,Name\na,A\nb,B\nc,C\n", "too_many_rows", { maxRows: 2 }],
    ["one column too many", "UPN,Name,City\na,A,C\n", "too_many_columns", { maxColumns: 2 }],
    ["a row of far too many cells", `UPN,Name\na${",x".repeat(30)}\n`, "too_many_columns", { maxColumns: 20 }],
    ["a cell too long", `UPN,Name\na,${"é".repeat(51)}\n`, "cell_too_long", { maxCellBytes: 100 }],
    ["a cell that never ends", `UPN,Name\na,"${"x\n".repeat(500_000)}`, "cell_too_long"],
    ["a header that never ends", "UPN ".repeat(100_000), "cell_too_long"],
    ["blank rows that never end", ",,,\n".repeat(20_000), "upload_empty"],
    ["UTF-32", Buffer.from("fffe000055000000", "hex"), "encoding_undecodable"],
    [
      "Cyrillic in a code page",
      Buffer.concat([Buffer.from("UPN,Name\nivan,"), Buffer.from("c8e2e0ede3ee", "hex")]),
      "encoding_undecodable",
    ],
  ];

  test.each(cases)("%s", async (_, content, code, more) => {
    for (const chunk of [65_536, 5]) {
      await expect(readAll(content, { ...more, chunk })).rejects.toMatchObject({ name: "Problem", code });
    }
  });

  test("an unclosed quote names the row and column where it opened", async () => {
    const refused = readAll('UPN,Name\nzoe,Zoë\nana,"Ana\nbo,Bo\n');
    await expect(refused).rejects.toMatchObject({ errors: [{ row: 2, column: "Name" }] });
  });

  test("a refusal never shows a password", async () => {
    const long = `Aa1!${"s3cret".repeat(20_000)}`;
    for (const text of [
      `UPN,Password\nzoe,${long}\n`,
      `UPN,Kennwort (neu)\nzoe,"${long}`,
      `UPN,Password\nzoe,"Aa1!s3cret`,
      `UPN,Name,Password\nzoe,"Zoë,Aa1!s3cret\nana,Ana,Bb2!s3cret\n`,
    ]) {
      const error = await readAll(text).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Problem);
      const { message, errors } = error as Problem;
      expect(JSON.stringify({ message, errors })).not.toContain("s3cret");
    }
  });

  test("a source that breaks off throws its own error on", async () => {
    await expect(readTable(broken(), limits)).rejects.toThrow("aborted");
  });
});

async function* broken(): AsyncGenerator<Uint8Array> {
  yield Buffer.from("UPN,Name\nzoe,Zoë\n");
  throw new Error("aborted");
}
