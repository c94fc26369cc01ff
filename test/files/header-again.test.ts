import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { rowProblem } from "../../files/rows/row-problems.ts";
import { readAll } from "./streams.ts";

const header = "User name,Display name,Department,City";
const first = `${header}\r\nana,Ana Silva,Sales,Porto\r\nbo,Bo Berg,Sales,Kiel\r\n`;

describe("lists put one behind the other", () => {
  test("are read as one where they have the same header, and the header is no user", async () => {
    const { table, rows } = await readAll(`${first}\r\n${header}\r\nzoe,Zoë,Sales,Ulm\r\n`);
    expect(rows.map(({ cells, rowNo }) => [rowNo, cells[0]])).toEqual([
      [1, "ana"],
      [2, "bo"],
      [3, "zoe"],
    ]);
    expect(rows.map(({ problem }) => problem)).toEqual([null, null, null]);
    expect(table.fileNotes()).toContainEqual(expect.stringContaining("1 row with the header once more"));
  });

  test.each([
    ["one column more", "User name,Display name,Department,City,Phone", "zoe,Zoë,Sales,Ulm,+49 731 1"],
    ["one column less", "User name,Display name,Department", "zoe,Zoë,Sales"],
    ["another column", "User name,Display name,Department,Office", "zoe,Zoë,Sales,7"],
  ])("are read up to a header with %s, which fails as the one row that tells it", async (_, other, row) => {
    const text = `${first}${other}\r\n${row}\r\nkim,Kim,Sales,Bonn\r\n`;
    const { table, rows } = await readAll(text, { chunk: 7 });
    expect(rows.map(({ cells, problem }) => [cells[0], problem?.code])).toEqual([
      ["ana", undefined],
      ["bo", undefined],
      ["User name", "second_table"],
    ]);
    expect(table.fileNotes()).toContainEqual(expect.stringContaining("2 rows under the header of another table"));
    // The same file is known again by what it holds to its end.
    expect(table.sha256()).toBe(createHash("sha256").update(text).digest("hex"));
    // The cause is found again when the batch is planned anew from what is stored.
    const stored = rows.at(-1)!;
    expect(rowProblem(stored.rowNo, stored.cells, table.header, table.columns)?.code).toBe("second_table");
  });

  test("show no password of the second one, wherever that stands there", async () => {
    const { rows } = await readAll(
      "User name,Display name,City,Password\nana,Ana,Porto,Aa1!first\nUser name,Display name,City,Phone,Password\nzoe,Zoë,Ulm,1,Zz9!second\n",
    );
    expect(JSON.stringify(rows)).not.toContain("Zz9!second");
  });
});

test("a header stays one where a second table further down has most of its words", async () => {
  const lines = Array.from({ length: 12 }, (_, no) => `x${no},Sales ${no},p${no},ana.${no}@contoso.example`);
  const text = ["Kürzel,Bereich,Kennzahl,Wo", ...lines, "Kürzel,Bereich,Kennzahl", "y,z,w"].join("\n");
  const { table, rows } = await readAll(text);
  expect(table).toMatchObject({ headerless: false, header: ["Kürzel", "Bereich", "Kennzahl", "Wo"] });
  expect(rows).toHaveLength(13);
});

test("users who are much like each other are no headers, with a header or without one", async () => {
  const users = ["ana,Sales,Porto,PT,E3", "bo,Sales,Porto,PT,E3", "zoe,Sales,Porto,PT,E3"];
  const headed = await readAll(["User name,Department,City,Country,Hobby", ...users].join("\n"));
  expect(headed.rows.map(({ problem }) => problem)).toEqual([null, null, null]);
  const bare = await readAll(users.map((line) => line.replace(",", "@contoso.example,")).join("\n"));
  expect(bare.table.headerless).toBe(true);
  expect(bare.rows).toHaveLength(3);
});

test("a department called as its column is a department", async () => {
  const { rows } = await readAll("User name,Display name,Department,City\nana,Ana,Department,City\n");
  expect(rows.map(({ cells, problem }) => [cells[2], problem])).toEqual([["Department", null]]);
});
