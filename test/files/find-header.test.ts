import { describe, expect, test } from "vitest";
import { readAll } from "./streams.ts";

const users = ["ana@contoso.example,AS,Vertrieb,Porto", "bo@contoso.example,BB,Einkauf,Kiel"];
const unknown = ["Konto,Kuerzel,Sparte,Wo", ...users];

describe("a header that stands below something else is found by how wide the rows are, though no word of it is known", () => {
  test.each([
    ["a title", ["Neue Konten 2026", ...unknown]],
    ["a title that a spreadsheet wrote as wide as the table", ["Neue Konten,,,", ",,,", ...unknown]],
    [
      "lines of two cells",
      ["Quelle,Intranet", "Stand,Mai", "", "Konto,Kuerzel,Sparte,Wo,Zelle", ...users.map((row) => `${row},7`)],
    ],
    [
      "lines of two cells without a gap",
      ["Quelle,Intranet", "Konto,Kuerzel,Sparte,Wo,Zelle", ...users.map((row) => `${row},7`)],
    ],
    ["a smaller table", ["Sparte,Zahl", "Vertrieb,drei", "", ...unknown]],
    [
      "several smaller tables",
      [
        "Sparte,Zahl",
        "Vertrieb,drei",
        "",
        "Halle,Reihe,Zelle",
        "Kiel,A,B",
        "",
        ...unknown,
        "cy@contoso.example,CY,IT,Ulm",
      ].concat(["di", "ed", "fi"].map((name) => `${name}@contoso.example,X,IT,Ulm`)),
    ],
  ])("%s", async (_, lines) => {
    for (const delimiter of [",", ";"]) {
      const { table, rows } = await readAll(lines.join("\r\n").replaceAll(",", delimiter));
      expect(table.header.slice(0, 4)).toEqual(["Konto", "Kuerzel", "Sparte", "Wo"]);
      expect(table.headerless).toBe(false);
      expect(rows[0]?.cells[0]).toBe("ana@contoso.example");
      expect(table.fileNotes().join(" ")).toContain("above the header");
    }
  });
});

test("a header with more known words behind a gap outdoes a narrower line above it that has one, too", async () => {
  const { table, rows } = await readAll(
    "Company,Contoso\nCity,Porto\n\nUser name,Display name,Phone\nana,Ana,+351 1\n",
  );
  expect(table.columns).toEqual(["userPrincipalName", "displayName", "businessPhone"]);
  expect(rows.map(({ cells }) => cells[0])).toEqual(["ana"]);
});

describe("the first row stays the header", () => {
  test.each([
    ["where columns have no name", ["Konto,Kuerzel,,", ...users]],
    [
      "where a wider table of fewer rows follows",
      [...unknown, ...users, ...users, "", "Halle,Reihe,Zelle,Wo,Wer", "Kiel,A,B,7,A"],
    ],
    ["where a table as wide follows", [...unknown, "", "Halle,Reihe,Zelle,Wo", "Kiel,A,B,7"]],
    ["where a row has cells too many", [...unknown, "cy@contoso.example,CY,IT,Ulm,x,y,z,w,v"]],
  ])("%s", async (_, lines) => {
    const { table, rows } = await readAll(lines.join("\n"));
    expect(table.header[0]).toBe("Konto");
    expect(rows[0]?.cells[0]).toBe("ana@contoso.example");
  });
});
