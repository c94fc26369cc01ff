import { describe, expect, test } from "vitest";
import { writeSheet, type Cell, type WorkbookSpec } from "../support/write-workbook.ts";
import { readWorkbookHere } from "./workbooks.ts";

async function shown(cells: Cell[], spec: WorkbookSpec = {}): Promise<string[]> {
  const { rows } = await readWorkbookHere(
    writeSheet(
      [
        ["Name", ...cells.map(() => "x")],
        ["Ann", ...cells],
      ],
      spec,
    ),
  );
  return (rows[1] ?? []).slice(1);
}

describe("texts", () => {
  test.each(["shared", "inline"] as const)("%s ones come as they are, blanks and line breaks too", async (texts) => {
    const cells = ["  Zoë Müller ", "two\nlines", "<b> & \"c\" 'd'", "林美 😀", "\t", "_x000D_", "tab\rreturn"];
    expect(await shown(cells, { texts })).toEqual(cells);
  });

  test("that are shared may be empty, the first and only one too", async () => {
    for (const texts of [[""], ["", "Zoë"], ["Zoë", "", ""]]) {
      const strings = texts.map((text) => `<si><t>${text}</t></si>`).join("");
      const cells = texts.map((_, at) => `<c t="s"><v>${at}</v></c>`).join("");
      const bytes = writeSheet([], {
        parts: [
          { name: "xl/sharedStrings.xml", content: `<sst>${strings}</sst>` },
          {
            name: "xl/worksheets/sheet1.xml",
            content: `<worksheet><row>${cells}<c t="inlineStr"><is><t>end</t></is></c></row></worksheet>`,
          },
        ],
      });
      expect((await readWorkbookHere(bytes)).rows).toEqual([[...texts, "end"]]);
    }
  });

  test("that are shared by many cells are each its own, however many there are and wherever they are named", async () => {
    const numbers = Array.from({ length: 10_000 }, (_, at) => at);
    const rows = numbers.map((at) => [`text ${at}`, `text ${(at * 4096) % numbers.length}`, `ü ${at % 7}`]);
    expect((await readWorkbookHere(writeSheet(rows))).rows).toEqual(rows);
  });

  test("in several runs are one text, without the reading aids beside it", async () => {
    const runs =
      '<is><r><rPr><b/></rPr><t xml:space="preserve">Anna </t></r><r><t>Berg</t></r><rPh sb="0" eb="1"><t>あんな</t></rPh></is>';
    expect(await shown([{ t: "inlineStr", xml: runs }])).toEqual(["Anna Berg"]);
  });

  test("that name a character by its number are that character, beyond 16 bits too", async () => {
    expect(await shown([{ t: "inlineStr", xml: "<is><t>&#128512;&#x1F600;&#235;</t></is>" }])).toEqual(["😀😀ë"]);
  });

  test("in a CDATA section are texts", async () => {
    expect(await shown([{ t: "inlineStr", xml: "<is><t><![CDATA[A & B]]></t></is>" }])).toEqual(["A & B"]);
  });

  test("what is no text, NUL and half a character, becomes the mark of damage", async () => {
    const cell = { t: "inlineStr", xml: "<is><t>a_x0000_b_xD83D_c</t></is>" };
    expect(await shown([cell])).toEqual(["a\uFFFDb\uFFFDc"]);
  });

  test("in UTF-16 are read, as the standard allows", async () => {
    const xml =
      '\uFEFF<?xml version="1.0" encoding="UTF-16"?><worksheet><sheetData><row><c t="inlineStr"><is><t>Zoë 林</t></is></c></row></sheetData></worksheet>';
    for (const content of [Buffer.from(xml, "utf16le"), Buffer.from(xml, "utf16le").swap16()]) {
      const bytes = writeSheet([], { parts: [{ name: "xl/worksheets/sheet1.xml", content }] });
      expect((await readWorkbookHere(bytes)).rows).toEqual([["Zoë 林"]]);
    }
  });
});

describe("numbers", () => {
  test.each([
    ["490000000", "490000000"],
    ["5", "5"],
    ["-0", "0"],
    ["1.5", "1.5"],
    ["0.30000000000000004", "0.3"],
    ["4.9151234567E10", "49151234567"],
    ["1E+21", "1000000000000000000000"],
    ["1.2345678901234568E+16", "12345678901234600"],
    ["12345678901234567890", "12345678901234567890"],
    ["-2.5E-3", "-0.0025"],
    ["5.0", "5"],
    ["no number", "no number"],
  ])("%s is shown as %s", async (number, text) => {
    expect(await shown([{ xml: `<v>${number}</v>` }])).toEqual([text]);
  });

  test.each([
    [1067, "00000", "01067"],
    [1067, '00000;"-"00000', "01067"],
    [987654321, "00000\\-0000", "98765-4321"],
    [1234, "[<=99999]00000;00000\\-0000", "01234"],
    [12345678, "[<=99999]00000;00000\\-0000", "01234-5678"],
    [5551234, "000\\-0000", "555-1234"],
    [301234567, '"0"00 000 00 00', "030 123 45 67"],
    [612345678, '0#" "##" "##" "##" "##', "06 12 34 56 78"],
    [4915112345678, "+00 000 00000000", "+49 151 12345678"],
    [7, "00", "07"],
    [0, "0000", "0000"],
    [-7, "000", "-007"],
    [123456, "000", "123456"],
    [1067.4, "00000", "01067"],
  ])("%s in the format %s keeps its leading zeros: %s", async (number, format, text) => {
    expect(await shown([{ number, format }])).toEqual([text]);
  });

  test.each([
    [0.15, "0%", "0.15"],
    [0.15, 9, "0.15"],
    [1234.5, "#,##0.00", "1234.5"],
    [1234.5, 4, "1234.5"],
    [1200, '#,##0 "EUR"', "1200"],
    [4255550100, "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "4255550100"],
    [49301234, "@", "49301234"],
    [3, "0", "3"],
    [3, '0 "days"', "3"],
    [12000, "0.00E+00", "12000"],
    [5, "General", "5"],
    [1e16, "00000", "10000000000000000"],
  ])("%s in the format %s is shown plainly: %s", async (number, format, text) => {
    expect(await shown([{ number, format }])).toEqual([text]);
  });
});

describe("dates and times", () => {
  test.each([
    [45413, 14, "2024-05-01"],
    [45413, "dd/mm/yyyy", "2024-05-01"],
    [45413, "[$-407]d/\\ mmmm\\ yyyy;@", "2024-05-01"],
    [45413, "mmm", "2024-05-01"],
    [45413.5625, 22, "2024-05-01T13:30:00"],
    [45413.5625, "yyyy-mm-dd", "2024-05-01"],
    [45413, "yyyy-mm-dd hh:mm", "2024-05-01"],
    [45413.999999999, "yyyy-mm-dd hh:mm", "2024-05-02"],
    [0.5625, "hh:mm", "13:30:00"],
    [0.5625, "h:mm AM/PM", "13:30:00"],
    [1.5, "[h]:mm:ss", "36:00:00"],
    [1, 14, "1900-01-01"],
    [59, 14, "1900-02-28"],
    [60, 14, "1900-02-29"],
    [61, 14, "1900-03-01"],
    [2958465, 14, "9999-12-31"],
    [2958466, 14, "2958466"],
    [-1, 14, "-1"],
    [0, 14, "0"],
    [44927, 57, "2023-01-01"],
  ])("day %s in the format %s is %s", async (number, format, text) => {
    expect(await shown([{ number, format }])).toEqual([text]);
  });

  test("count from 1904 where the workbook says so", async () => {
    const cells = [
      { number: 43951, format: 14 },
      { number: 0, format: 14 },
      { number: 0.25, format: 20 },
    ];
    expect(await shown(cells, { date1904: true })).toEqual(["2024-05-01", "1904-01-01", "06:00:00"]);
  });

  test("that are stored as such come as they are, without a time that is none", async () => {
    const dates = ["2024-05-01T00:00:00", "2024-05-01T13:30:00", "2024-05-01"];
    expect(await shown(dates.map((date) => ({ t: "d", xml: `<v>${date}</v>` })))).toEqual([
      "2024-05-01",
      "2024-05-01T13:30:00",
      "2024-05-01",
    ]);
  });

  test("formats of other cells do not make dates of numbers", async () => {
    expect(await shown([{ number: 45413, format: "0" }, 45413])).toEqual(["45413", "45413"]);
  });
});

describe("other cells", () => {
  test("yes and no are TRUE and FALSE", async () => {
    expect(await shown([true, false])).toEqual(["TRUE", "FALSE"]);
  });

  test("an error is its text", async () => {
    expect(await shown([{ t: "e", xml: "<f>1/0</f><v>#DIV/0!</v>" }])).toEqual(["#DIV/0!"]);
  });

  test("a formula is its last result, and one that nobody worked out is blank and told", async () => {
    const { rows, tally } = await readWorkbookHere(
      writeSheet([
        ["Name", "x", "y", "z"],
        [
          { t: "str", xml: '<f>B2&amp;"@contoso.example"</f><v>ann@contoso.example</v>' },
          { xml: "<f>1+1</f><v>2</v>" },
          { xml: "<f>1+1</f>" },
          "end",
        ],
      ]),
    );
    expect(rows[1]).toEqual(["ann@contoso.example", "2", "", "end"]);
    expect(tally.unworked).toBe(1);
  });

  test("cells and rows without a reference follow one another, and prefixes of names do not matter", async () => {
    const content =
      '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c r="D1"><x:v>4</x:v></x:c><x:c><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    const bytes = writeSheet([], { parts: [{ name: "xl/worksheets/sheet1.xml", content }] });
    expect((await readWorkbookHere(bytes)).rows).toEqual([["1", "", "", "4", "5"]]);
  });

  test("rows and cells that have a colour and no value do not count", async () => {
    const bytes = writeSheet([
      ["Name"],
      [null],
      [{ number: "", format: "0" }],
      ["Ann", { number: "", format: "0" }],
      [],
    ]);
    expect((await readWorkbookHere(bytes)).rows).toEqual([["Name"], ["Ann"]]);
  });
});
