import { describe, expect, test } from "vitest";
import { Problem } from "../../contract/problem.ts";
import { passwordMark } from "../../contract/fields.ts";
import { guessColumns } from "../../files/columns/guess-columns.ts";
import { readAll } from "./streams.ts";

const people = "Ana,Silva,ana.silva@contoso.example,Aa1!s3cret\nRui,Costa,rui.costa@contoso.example,Bb2!s3cret\n";

describe("passwords in a table without words for them", () => {
  test("without a header a column that looks like passwords never becomes a cell, a note or an offer", async () => {
    const { table, rows } = await readAll(people);
    const guesses = guessColumns(
      table.header,
      table.columns,
      rows.map((row) => row.cells),
    );
    expect(rows.map((row) => row.cells[3])).toEqual([passwordMark, passwordMark]);
    expect(JSON.stringify([table.header, table.notes(), guesses, rows])).not.toContain("s3cret");
  });

  test("with a mapping it is the password", async () => {
    const mapping = { "Column 3": "userPrincipalName", "Column 4": "password" };
    const { table, rows } = await readAll(people, { mapping });
    expect(table.columns).toEqual([null, null, "userPrincipalName", "password"]);
    expect(rows[0]?.cells[3]).toBe("Aa1!s3cret");
  });

  test("under a header out of step both the label's column and that of the values are kept from becoming cells", async () => {
    const { table, rows } = await readAll(
      ",First name,Email,Password,Office\nAna,ana@contoso.example,Aa1!s3cret,2.14,\nRui,rui@contoso.example,Bb2!s3cret,2.15,\n",
    );
    expect(table.columns).toEqual([null, null, "password", null, null]);
    expect(rows[0]?.cells).toEqual(["Ana", "ana@contoso.example", "Aa1!s3cret", passwordMark, ""]);
  });

  test("a refusal of a table that says nothing shows none of its values", async () => {
    const error = await readAll("1,Aa1!s3cret\n2,Bb2!s3cret\n").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({ code: "header_unrecognised" });
    expect(JSON.stringify([(error as Problem).message, (error as Problem).errors])).not.toContain("s3cret");
  });
});

describe("what is no missing header", () => {
  test.each([
    ["labels that are years beside known ones", "Name,Email,2023,2024\nAna,ana@contoso.example,1,2\n"],
    ["a header that was pasted twice", "Name,Email,City\nName,Email,City\nAna,ana@contoso.example,Porto\n"],
    ["a value that is its label", "Name,Service\nAna,Service\n"],
    ["an address in the remark of a label", "Name,Email (such as anna@contoso.example)\nAna,ana@contoso.example\n"],
    ["words that nobody knows, with a column that is guessed", "Wer,Wie\nAna,ana@contoso.example\n"],
  ])("%s", async (_, text) => {
    const { table, rows } = await readAll(text);
    expect(rows).toHaveLength(1);
    expect(table.header[0]).toBe(text.split(",")[0]);
  });

  test("a first row that a mapping names is the header, whatever it looks like", async () => {
    const { table } = await readAll("0301234567,x@y.example\n1,ana@contoso.example\n", {
      mapping: { "x@y.example": "userPrincipalName" },
    });
    expect(table.columns).toEqual([null, "userPrincipalName"]);
  });
});

test("a first row that repeats a value of the rows below is a user, with or without an address", async () => {
  const { table, rows } = await readAll("Ana,Hamburg\nRui,Hamburg\nEva,Kiel\n", {
    mapping: { "Column 1": "displayName" },
  });
  expect(table.header).toEqual(["Column 1", "Column 2"]);
  expect(rows).toHaveLength(3);
});

test("a known word in the first row is a value where a row below repeats it", async () => {
  const { table } = await readAll("Ana,Service,x\nRui,Service,y\n", { mapping: { "Column 1": "displayName" } });
  expect(table.header).toEqual(["Column 1", "Column 2", "Column 3"]);
});

test("a header out of step is used as it is once the agent says so", async () => {
  const text = ",First name,Last name,Email\nAna,Silva,ana@contoso.example\n";
  const { table } = await readAll(text, { mapping: { Email: "userPrincipalName" } });
  expect(table.columns).toEqual([null, "givenName", "surname", "userPrincipalName"]);
});

test("two thousand columns that nobody knows are looked through in a moment, and one more is refused", async () => {
  const { table } = await readAll(wide(1999));
  expect(table.header).toHaveLength(2000);
  await expect(readAll(wide(2000))).rejects.toMatchObject({ code: "too_many_columns" });
});

/** A table of a hundred rows with `count` unknown columns and a known one. */
function wide(count: number): string {
  const header = Array.from({ length: count }, (_, at) => `Foo ${at}`).join(",");
  const row = Array.from({ length: count }, (_, at) => `some value ${at}`).join(",");
  return `${header},UPN\n${`${row},ana\n`.repeat(100)}`;
}

describe("a single cell that stands twice is no header out of step", () => {
  const labels = ["Department", "First name", "Last name", "Display name", "Email", "Phone", "Country"];
  const silva = ["Sales", "Ana", "Silva", "Ana Silva", "ana@contoso.example", "+351 21 123 4567", "Portugal"];
  const costa = ["IT", "Rui", "Costa", "Rui Costa", "rui@contoso.example", "+351 21 123 4568", "Portugal"];
  const places = labels.map((label, at) => [label, at] as const);

  test.each(places)("in the only row, at %s: the row says so", async (_, at) => {
    const { table, rows } = await readAll(csv(labels, doubled(silva, at)));
    expect(table).toMatchObject({ header: labels, shift: 0 });
    expect(table.columns).not.toContain(null);
    expect(rows.map(({ problem }) => problem?.code)).toEqual(["row_too_wide"]);
  });

  test.each(places.slice(0, 3))("in the header, at %s: it counts once, and that is told", async (label, at) => {
    const { table, rows } = await readAll(csv(doubled(labels, at), silva, costa));
    expect(table).toMatchObject({ header: labels, shift: 0 });
    expect(rows.map(({ cells }) => cells)).toEqual([silva, costa]);
    expect(table.notes()).toEqual([expect.stringContaining(`"${label}" twice`)]);
    expect(table.fileNotes()).toEqual(table.notes());
  });

  test("two columns of one name whose rows fill both stay two", async () => {
    const rows = [silva, costa].map((row) => row.toSpliced(5, 0, "0171 1234567"));
    const { table } = await readAll(csv(doubled(labels, 5), ...rows), {
      mapping: { "Phone (2)": null },
    });
    expect(table.header).toEqual(doubled(labels, 5).with(6, "Phone (2)"));
  });
});

function doubled(cells: string[], at: number): string[] {
  return cells.toSpliced(at, 0, cells[at]!);
}

function csv(...rows: string[][]): string {
  return rows.map((cells) => `${cells.join(",")}\n`).join("");
}
