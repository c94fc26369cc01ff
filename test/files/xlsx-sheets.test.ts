import { describe, expect, test } from "vitest";
import { writeSheet, writeWorkbook, workbookParts, type Row, type SheetSpec } from "../support/write-workbook.ts";
import { writeZip } from "../support/write-zip.ts";
import { readAll } from "./streams.ts";
import { readWorkbookHere } from "./workbooks.ts";

const users: Row[] = [
  ["User name", "Display name", "Department"],
  ["ann@contoso.example", "Ann", "Sales"],
];
const sheet = (name: string, rows: Row[], more: Partial<SheetSpec> = {}): SheetSpec => ({ name, rows, ...more });

async function chosen(...sheets: SheetSpec[]) {
  return (await readWorkbookHere(writeWorkbook(sheets))).sheet;
}

describe("the sheet that looks like users is read", () => {
  test("not the instructions before it", async () => {
    const readMe = sheet("Read me", [["How to fill in this workbook"], ["User name", "the sign-in name, required"]]);
    expect(await chosen(readMe, sheet("Users", users))).toEqual({ read: "Users", others: ["Read me"], hidden: [] });
  });

  test("not lists of countries or of departments", async () => {
    const lists = sheet("Lists", [
      ["Country", "Code"],
      ["Germany", "DE"],
    ]);
    expect((await chosen(lists, sheet("Users", users), sheet("More", lists.rows))).read).toBe("Users");
  });

  test("not a hidden one, however well it fits, and hidden ones are named", async () => {
    const hidden = sheet("Old", users, { state: "hidden" });
    const veryHidden = sheet("Older", users, { state: "veryHidden" });
    expect(await chosen(hidden, sheet("Now", users.slice(0, 2)), veryHidden)).toEqual({
      read: "Now",
      others: [],
      hidden: ["Old", "Older"],
    });
  });

  test("though its state is a word that the standard does not know", async () => {
    const parts = workbookParts([sheet("Users", users)]);
    const book = parts.find(({ name }) => name === "xl/workbook.xml")!;
    for (const state of ["show", "Visible", ""]) {
      const content = String(book.content).replace('state="visible"', `state="${state}"`);
      const bytes = writeZip(parts.map((part) => (part === book ? { ...part, content } : part)));
      expect((await readWorkbookHere(bytes)).sheet).toEqual({ read: "Users", others: [], hidden: [] });
    }
  });

  test("not an empty template with the same header", async () => {
    expect((await chosen(sheet("Template", users.slice(0, 1)), sheet("Filled in", users))).read).toBe("Filled in");
  });

  const ten = Array.from({ length: 10 }, (_, at) => [`u${at}@contoso.example`, `User ${at}`, "Sales"]);
  const short = sheet("People", [["Email", "Full name", "Team"], ...ten]);
  const fields = ["User name", "First name", "Last name", "Display name", "Job title", "Department", "City", "Country"];
  const example = ["chris@contoso.example", "Chris", "Green", "Chris Green", "Clerk", "Sales", "Oslo", "Norway"];

  test.each<[string, Row[]]>([
    [
      "with all fields explained under them",
      [fields, fields.map((field) => `Here goes the ${field} of the user. Required.`)],
    ],
    [
      "with an example among sentences",
      [["How to fill in the next sheet"], ["Keep the header."], fields, example, ["Send it to IT"]],
    ],
    ["with the header alone", [["The columns are"], fields]],
  ])("not instructions that know more columns, %s", async (_, rows) => {
    expect((await chosen(sheet("Instructions", rows), short)).read).toBe("People");
    expect((await chosen(short, sheet("Instructions", rows))).read).toBe("People");
  });

  test("not the instructions beside users without a header", async () => {
    expect((await chosen(sheet("Instructions", [["Read this first"], fields]), sheet("People", ten))).read).toBe(
      "People",
    );
  });

  test("not a long list of who leads what beside one user", async () => {
    const heads = Array.from({ length: 60 }, (_, at) => [`Team ${at}`, `head${at}@contoso.example`]);
    expect(
      (await chosen(sheet("Teams", [["Department", "Email"], ...heads]), sheet("New", [fields, example]))).read,
    ).toBe("New");
  });

  test("the first of two that are alike", async () => {
    expect((await chosen(sheet("Blank", []), sheet("May", users), sheet("June", users))).read).toBe("May");
  });

  test("the first with a value where no header is known", async () => {
    const strange: Row[] = [
      ["alpha", "beta", "gamma"],
      ["1", "2", "3"],
    ];
    expect((await chosen(sheet("A", [["x"]]), sheet("B", strange))).read).toBe("A");
  });

  test("by a header that the agent's mapping names", async () => {
    const strange = sheet("B", [
      ["alpha", "beta"],
      ["1", "2"],
    ]);
    const bytes = writeWorkbook([sheet("A", [["x"], ["y"]]), strange]);
    expect((await readWorkbookHere(bytes, { mapped: ["Beta"] })).sheet.read).toBe("B");
  });

  test("though a chart stands before it", async () => {
    const parts = workbookParts([sheet("Chart", []), sheet("Users", users)]);
    const relations = parts.find(({ name }) => name === "xl/_rels/workbook.xml.rels")!;
    relations.content = String(relations.content).replace(
      /relationships\/worksheet(" Target="worksheets\/sheet1)/,
      "relationships/chartsheet$1",
    );
    expect((await readWorkbookHere(writeZip(parts))).sheet).toEqual({ read: "Users", others: [], hidden: [] });
  });

  test("wherever its part lies and whatever the workbook's part is called", async () => {
    const parts = workbookParts([sheet("Users", users)]).map((part) => ({
      ...part,
      name: part.name.replace("workbook.xml", "workbook7.xml").replace("worksheets/sheet1", "Other/Liste-1"),
      content: String(part.content)
        .replace("xl/workbook.xml", "/xl/workbook7.xml")
        .replace("worksheets/sheet1", "../xl/Other/./Liste-1"),
    }));
    expect((await readWorkbookHere(writeZip(parts))).rows).toHaveLength(2);
  });
});

describe("the sheet that is named is read", () => {
  const book = writeWorkbook([sheet("May", users), sheet("Juni ", users), sheet("Old", users, { state: "hidden" })]);

  test.each([
    ["Juni ", "Juni "],
    ["juni", "Juni "],
    ["Old", "Old"],
  ])("%s", async (wanted, read) => {
    expect((await readWorkbookHere(book, { sheet: wanted })).sheet.read).toBe(read);
  });

  test("and one that is not there is refused with those that are", async () => {
    await expect(readWorkbookHere(book, { sheet: "July" })).rejects.toMatchObject({
      code: "sheet_unknown",
      message: expect.stringMatching(/"July".*"May", "Juni ", "Old"/),
    });
  });

  test("a file of text says that it has none", async () => {
    const { table } = await readAll("User name,Name\nann,Ann\n", { sheet: "May" });
    expect(table).toMatchObject({ sheets: null });
    expect(table.fileNotes()).toEqual([expect.stringContaining("no sheets")]);
  });
});

async function notesOf(bytes: Uint8Array): Promise<string[]> {
  return (await readAll(bytes)).table.notes();
}

describe("what rows do not show is told", () => {
  test("nothing of a plain workbook", async () => {
    const { table, rows } = await readAll(writeSheet(users));
    expect(table.notes()).toEqual([]);
    expect(table).toMatchObject({ delimiter: null, columns: ["userPrincipalName", "displayName", "department"] });
    expect(table.encoding()).toBe("XLSX");
    expect(rows).toEqual([{ rowNo: 1, cells: ["ann@contoso.example", "Ann", "Sales"], problem: null }]);
  });

  test("which sheet was read of several, and hidden rows by their numbers", async () => {
    const rows = [...users, { cells: ["bo@contoso.example", "Bo"], hidden: true }];
    const notes = await notesOf(writeWorkbook([sheet("Users", rows), sheet('"Old"', users, { state: "hidden" })]));
    expect(notes).toEqual([
      expect.stringContaining('hidden sheet ""Old""'),
      expect.stringMatching(/^1 hidden row .*: 3\.$/),
    ]);
  });

  test("many hidden rows by the first ones, and rows that only a filter's colour is in do not count", async () => {
    const hidden = Array.from({ length: 9 }, (_, at) => ({ cells: [`u${at}@contoso.example`], hidden: true }));
    const notes = await notesOf(writeSheet([...users, ...hidden, { cells: [null], hidden: true }]));
    expect(notes).toEqual([expect.stringMatching(/^9 hidden rows .*: 3, 4, 5, 6, 7, …\.$/)]);
  });

  test("merged cells, which have their value in the first one only", async () => {
    const bytes = writeWorkbook([
      sheet("Users", [...users, ["bo@contoso.example", "Bo", null]], { merged: ["C2:C3"] }),
    ]);
    const { table, rows } = await readAll(bytes);
    expect(rows.map(({ cells }) => cells[2])).toEqual(["Sales", ""]);
    expect(table.notes()).toEqual([expect.stringContaining("C2:C3")]);
  });

  test("formulas without a result", async () => {
    expect(await notesOf(writeSheet([...users, ["bo@contoso.example", { xml: "<f>A1</f>" }]]))).toHaveLength(1);
  });

  test("title lines above the header", async () => {
    const { table, rows } = await readAll(writeSheet([["New users in May"], [], ["as of", "1 May"], ...users]));
    expect(table.header).toEqual(["User name", "Display name", "Department"]);
    expect(rows.map(({ rowNo }) => rowNo)).toEqual([1]);
    expect(table.notes()).toEqual(["2 rows above the header were passed over."]);
  });

  test("the version row and the example of a vendor's template that Excel saved", async () => {
    const { table, rows } = await readAll(
      writeSheet([
        ["version:v1.0"],
        [
          "Name [displayName] Required",
          "User name [userPrincipalName] Required",
          "Initial password [passwordProfile] Required",
        ],
        ["Example: Chris Green", "chris@contoso.example", "myPassword1234"],
        ["Ann", "ann@contoso.example", "Blue-Wagon-42"],
      ]),
    );
    expect(table.columns).toEqual(["displayName", "userPrincipalName", "password"]);
    expect(rows).toHaveLength(1);
    expect(table.notes()).toHaveLength(2);
  });
});

describe("rows are the same as those of a CSV file", () => {
  test("a password that no field takes is hidden", async () => {
    const { rows } = await readAll(
      writeSheet([
        ["User name", "Confirm password"],
        ["ann", "Blue-Wagon-42"],
      ]),
    );
    expect(rows[0]?.cells).toEqual(["ann", "(password)"]);
  });

  test("a value beyond the header is a cause of its row", async () => {
    const { rows } = await readAll(writeSheet([...users, ["bo", "Bo", "", null, "call him"]]));
    expect(rows[1]?.problem).toMatchObject({ code: "row_too_wide" });
  });

  test("rows go on over several blocks", async () => {
    const many = Array.from({ length: 2500 }, (_, at) => [`u${at}@contoso.example`, `U ${at}`, "Sales"]);
    const { rows } = await readAll(writeSheet([users[0]!, ...many]));
    expect(rows.map(({ rowNo }) => rowNo)).toEqual(many.map((_, at) => at + 1));
    expect(rows.at(-1)?.cells).toEqual(many.at(-1));
  });

  test("the hash is that of the file", async () => {
    const bytes = writeSheet(users);
    const [one, other] = [await readAll(bytes, { chunk: 100 }), await readAll(Buffer.concat([bytes]))];
    expect(one.table.sha256()).toMatch(/^[\da-f]{64}$/);
    expect(one.table.sha256()).toBe(other.table.sha256());
  });
});
