import { array, assert, asyncProperty, string, tuple } from "fast-check";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { readFirstRows } from "../../../ui/upload/read-first-rows.ts";

const file = (...parts: (string | Buffer<ArrayBuffer>)[]) => new Blob(parts);

describe("the first rows of a file in the browser", () => {
  it("are the header and twenty rows, however long the file is", async () => {
    const text = ["User name,Name", ...Array.from({ length: 50_000 }, (_, at) => `u${at}@a.example,Å ${at}`)].join(
      "\n",
    );
    const read = await readFirstRows(file(text));
    expect(read).toMatchObject({ kind: "rows", header: ["User name", "Name"] });
    expect(read.kind === "rows" && read.rows).toHaveLength(20);
  });

  it("leave out a row that the end of the looked-at bytes cuts in half", async () => {
    const wide = "x".repeat(40_000);
    const read = await readFirstRows(file("A,B\n", ...Array.from({ length: 20 }, () => `1,${wide}\n`)));
    expect(read.kind === "rows" && read.rows.map((row) => row[1]?.length)).toEqual(
      Array.from({ length: 6 }, () => 40_000),
    );
  });

  it("keep letters that UTF-16 and Windows write otherwise, and one that the looked-at bytes cut", async () => {
    const rows = { kind: "rows", header: ["Namn"], rows: [["Åsa"]] };
    expect(await readFirstRows(file(Buffer.from("\uFEFFNamn\nÅsa", "utf16le")))).toEqual(rows);
    expect(await readFirstRows(file(Buffer.from("Namn\nÅsa", "latin1")))).toEqual(rows);
    expect(await readFirstRows(file("Namn\nÅsa"))).toEqual(rows);
    const long = await readFirstRows(file(`Namn\nÅsa\n${"é".repeat(200_000)}`));
    expect(long).toEqual(rows);
  });

  it("pass over the version line of Entra ID's templates", async () => {
    expect(await readFirstRows(file("version:v1.0\nUser name [userPrincipalName] Required\na@b.example"))).toEqual({
      kind: "rows",
      header: ["User name [userPrincipalName] Required"],
      rows: [["a@b.example"]],
    });
  });

  it("are not looked for in a workbook, and there are none in an empty file", async () => {
    expect(await readFirstRows(file("PK\u0003\u0004"))).toEqual({ kind: "workbook" });
    expect(await readFirstRows(file(""))).toEqual({ kind: "none" });
  });

  it("are the cells that any writer of tables put there", async () => {
    const cell = string({ unit: "grapheme", minLength: 1 }).filter((one) => one.trim() !== "");
    const table = array(tuple(cell, cell, cell), { minLength: 1, maxLength: 30 });
    await assert(
      asyncProperty(table, async (rows) => {
        const header = ["User name", "First name", "Last name"];
        const read = await readFirstRows(file(Papa.unparse([header, ...rows], { quotes: true })));
        expect(read).toEqual({ kind: "rows", header, rows: rows.slice(0, 20) });
      }),
    );
  });
});
