import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAll } from "./streams.ts";

const header = ["User name", "Display name", "Department", "City"];

const values = fc
  .array(fc.constantFrom("Zoë", "Ana", "a,b", ";", "O'Hara", '5"', "x y", "\n", "\t|", "'", "Łódź"), { maxLength: 3 })
  .map((parts) => parts.join("-"));

const tables = fc.array(fc.tuple(values, values, values), { minLength: 2, maxLength: 6 }).map((rows) => [
  header,
  // Each of them says something, and differs from its header.
  ...rows.map((row, at) => [`u${at}`, ...row.map((cell) => `v${cell}`)]),
]);

/** `table` with every cell in quotes, as most writers of such files do. */
function write(table: string[][], delimiter: string, quote: string, lineEnd: string): string {
  const cell = (value: string) => quote + value.replaceAll(quote, quote + quote) + quote;
  return table.map((row) => row.map(cell).join(delimiter)).join(lineEnd);
}

test("any table is read back whatever stands between its cells and around them, however the network cuts it", async () => {
  await fc.assert(
    fc.asyncProperty(
      tables,
      fc.constantFrom(",", ";", "\t", "|", " ", ", ", "; "),
      fc.constantFrom('"', "'"),
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.integer({ min: 1, max: 40 }),
      async (table, delimiter, quote, lineEnd, chunk) => {
        const { table: read, rows } = await readAll(write(table, delimiter, quote, lineEnd), { chunk });
        expect([read.header, ...rows.map(({ cells }) => cells)]).toEqual(table);
        const told = read.fileNotes().join(" ");
        expect(told.includes("apostrophes")).toBe(quote === "'");
        expect(told.includes("at blanks")).toBe(delimiter === " ");
      },
    ),
    { numRuns: 500 },
  );
});

test("a blank behind each delimiter is not part of the cells, however long the file is", async () => {
  const rows = Array.from({ length: 5000 }, (_, at) => [`u${at}`, `  Zoë ${at}`, "", "Köln"]);
  const text = [header, ...rows].map((row) => row.join(", ")).join("\r\n");
  const { table, rows: read } = await readAll(text, { chunk: 4097 });
  expect(table.delimiter).toBe(", ");
  expect(read.map(({ cells }) => cells)).toEqual(rows);
});

test("a blank behind each delimiter is told, also where quotes stand around cells with blanks and delimiters", async () => {
  const { table, rows } = await readAll(
    `Konto, Kuerzel, "Text, lang", Ort\r\nzoe@contoso.example, AB-1, "rot, gelb", Kiel\r\nana@contoso.example, , "", Ulm\r\n`,
  );
  expect(table).toMatchObject({ delimiter: ", ", header: ["Konto", "Kuerzel", "Text, lang", "Ort"] });
  expect(rows.map(({ cells }) => cells)).toEqual([
    ["zoe@contoso.example", "AB-1", "rot, gelb", "Kiel"],
    ["ana@contoso.example", "", "", "Ulm"],
  ]);
  expect(table.fileNotes()).toEqual([expect.stringContaining("space follows each delimiter")]);
});

test("columns of words apart by blanks are read where all rows have as many", async () => {
  const { table, rows } = await readAll(
    "Email Surname City\nana@contoso.example Silva Porto\nbo@contoso.example Berg Kiel\n",
  );
  expect(table).toMatchObject({ delimiter: " ", columns: ["userPrincipalName", "surname", "city"] });
  expect(rows.map(({ cells }) => cells[2])).toEqual(["Porto", "Kiel"]);
});

describe("where no word of the header is known", () => {
  test("blanks are between the cells where each row has as many and one column is of addresses", async () => {
    const { table, rows } = await readAll(
      'Konto Kuerzel "Wo, genau"\nana@contoso.example AS "Porto, Foz"\nbo@contoso.example BB Kiel\n',
    );
    expect(table).toMatchObject({ delimiter: " ", header: ["Konto", "Kuerzel", "Wo, genau"] });
    expect(rows.map(({ cells }) => cells[2])).toEqual(["Porto, Foz", "Kiel"]);
    expect(table.fileNotes()).toEqual([expect.stringContaining("taken apart at blanks")]);
  });

  test("blanks are parts of texts where that is not plain, and nothing is used unasked", async () => {
    const unclear = "Konto Kuerzel Wo\nana@contoso.example AS Porto Foz\nbo@contoso.example BB Kiel\n";
    const { table } = await readAll(unclear);
    expect(table).toMatchObject({ header: ["Konto Kuerzel Wo"], columns: [null] });
    await expect(readAll("Wer ist da\nAna Maria Silva\nBo von Berg\n")).rejects.toMatchObject({
      code: "header_unrecognised",
    });
  });

  test("apostrophes around cells are quotes where the rows come out even, with apostrophes inside as people write them", async () => {
    const { table, rows } = await readAll(
      "Konto,'Text','Wo'\nana@contoso.example,'the kids' room, and it isn't large','Porto'\nbo@contoso.example,'O''Hara, B.','Kiel, Mitte'\n",
    );
    expect(table.header).toEqual(["Konto", "Text", "Wo"]);
    expect(rows.map(({ cells }) => cells.slice(1))).toEqual([
      ["the kids' room, and it isn't large", "Porto"],
      ["O'Hara, B.", "Kiel, Mitte"],
    ]);
    expect(table.fileNotes()).toEqual([expect.stringContaining("apostrophes")]);
  });
});

describe("a quote in the header that nothing closes", () => {
  test.each([
    ['User name,"Display name,City'],
    ['"User name,Display name,City'],
    ['User name,Display name,"City'],
    ['"User name","Display name","City'],
  ])("%s is left out, and told", async (line) => {
    const { table, rows } = await readAll(`${line}\nzoe,Zoë,"Köln, Mitte"\nana,Ana,Porto\n`);
    expect(table.header).toEqual(["User name", "Display name", "City"]);
    expect(rows.map(({ cells }) => cells)).toEqual([
      ["zoe", "Zoë", "Köln, Mitte"],
      ["ana", "Ana", "Porto"],
    ]);
    expect(table.fileNotes()).toEqual([expect.stringContaining("nothing closes")]);
  });

  test("is none where the label goes on in the next line", async () => {
    const { table } = await readAll('"User\nname",Display name,City\nzoe,Zoë,Köln\n');
    expect(table.header).toEqual(["User\nname", "Display name", "City"]);
    expect(table.fileNotes()).toEqual([]);
  });
});

test("a quote too many in a row is told, and spoils that cell alone", async () => {
  const { table, rows } = await readAll(
    'User name,Display name,City\nzoe,"Zoë,"Köln, Mitte"\nana,Ana,Porto\n"bo,Bo,"Kiel"\n',
  );
  expect(rows.map(({ cells, problem }) => [...cells, problem])).toEqual([
    ["zoe", '"Zoë', "Köln, Mitte", null],
    ["ana", "Ana", "Porto", null],
    ['"bo', "Bo", "Kiel", null],
  ]);
  expect(table.fileNotes()).toEqual([expect.stringContaining("2 cells begin with a quote that nothing closes")]);
});

test("quotes that are not doubled are told, and the row that has them stays in step", async () => {
  const { table, rows } = await readAll(
    'User name,Display name,City\nzoe,"Zoë "Zo, the fox" Ray",Köln\nana,"Ana \\"Nana\\" Silva","Porto"\nbo,""Berg, Bo",Kiel\n',
  );
  expect(rows.map(({ cells, problem }) => [...cells, problem])).toEqual([
    ["zoe", 'Zoë "Zo, the fox" Ray', "Köln", null],
    ["ana", 'Ana "Nana" Silva', "Porto", null],
    ["bo", '"Berg, Bo', "Kiel", null],
  ]);
  expect(table.fileNotes()).toEqual([expect.stringContaining("3 cells hold quotes that are not doubled")]);
});

describe("a header with other delimiters than its rows", () => {
  const pairs = [",", ";", "\t", "|"].flatMap((one, _, all) =>
    all.flatMap((other) => (one === other ? [] : [[one, other]])),
  );

  test.each(pairs)("is read by its own %j, and the rows by %j", async (one, other) => {
    const rows = [
      ["zoe", 'Zoë "Zo" Ray', "Köln"],
      ["ana", "Ana", ""],
    ];
    const lines = [
      ["Staff of May"],
      ["User name", "Display name", "City"].join(one),
      ...rows.map((row) => row.join(other)),
    ];
    const { table, rows: read } = await readAll(lines.join("\r\n"), { chunk: 7 });
    expect(table).toMatchObject({ delimiter: other, columns: ["userPrincipalName", "displayName", "city"] });
    expect(read.map(({ cells }) => cells)).toEqual(rows);
    expect(table.fileNotes()).toContainEqual(expect.stringContaining("other delimiters than the rows"));
  });

  test("is none where a row has the header's delimiters", async () => {
    const { table, rows } = await readAll("User name,Display name,Licenses\nzoe;Zoë;E3\nana,Ana,E3;E5;P1\n");
    expect(table).toMatchObject({ delimiter: "," });
    expect(rows.map(({ cells }) => cells[0])).toEqual(["zoe;Zoë;E3", "ana"]);
  });
});

describe("what is not plain stays as it was written", () => {
  test.each([
    [
      "names that begin with an apostrophe",
      "User name,Last name\nhans,'t Hooft\nana,'s Gravesande\n",
      ["'t Hooft", "'s Gravesande"],
    ],
    ["a name between apostrophes beside others", "User name,Last name\nhans,'Hooft\nana,'Bo'\n", ["'Hooft", "'Bo'"]],
    ["cells of which some begin with a blank", "User name,Last name\nhans, Hooft\nana,Bo\n", [" Hooft", "Bo"]],
  ])("%s", async (_, text, cells) => {
    const { table, rows } = await readAll(text);
    expect(rows.map((row) => row.cells[1])).toEqual(cells);
    expect(table).toMatchObject({ delimiter: "," });
    expect(table.fileNotes()).toEqual([]);
  });

  test("one column of names with blanks in them", async () => {
    for (const label of ["Display name", "User name", "User principal name"]) {
      const { table, rows } = await readAll(`${label}\nAna Silva\nBo Berg\n`);
      expect(table.header).toEqual([label]);
      expect(rows.map(({ cells }) => cells)).toEqual([["Ana Silva"], ["Bo Berg"]]);
    }
  });
});
