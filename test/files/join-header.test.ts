import { describe, expect, test } from "vitest";
import { readAll } from "./streams.ts";

describe("a header in two rows is read as one, and that is told", () => {
  test.each([
    [
      "with groups over some columns",
      "User name,Display name,Address,,\n,,Street,City,Country\nana,Ana Silva,Rua 1,Porto,PT\n",
      ["User name", "Display name", "Street", "City", "Country"],
    ],
    [
      "with a group over every column but one",
      "Person,,,Office,\nUser name,First name,Last name,,Phone\nana,Ana,Silva,7,+351 1\n",
      ["User name", "First name", "Last name", "Office", "Phone"],
    ],
    [
      "below a title",
      "New people,,,\n,,,\nUser name,Address,,\n,Street,City,Country\nana,Rua 1,Porto,PT\n",
      ["User name", "Street", "City", "Country"],
    ],
    [
      "with one label in two groups",
      "User name,Work,,Private,\n,City,Country,City,Phone\nana,Porto,PT,Braga,+351 1\n",
      ["User name", "Work City", "Country", "Private City", "Phone"],
    ],
  ])("%s", async (_, text, header) => {
    const { table, rows } = await readAll(text);
    expect(table.header).toEqual(header);
    expect(table.fileNotes()).toContainEqual(expect.stringContaining("two rows, which were read as one"));
    expect(rows.map(({ cells, problem }) => [cells[0], problem])).toEqual([["ana", null]]);
  });
});

describe("a row under a header is a user and no part of it", () => {
  test.each([
    ["with values that are words of headers", "User name,Display name,Department,City\nservice,Manager,Service,City\n"],
    ["with few values", "User name,Display name,Department,City\nana,,,\n"],
    ["under a column without a name", "User name,Display name,,City\nana,Ana,Phone,\n"],
    ["without an address", "First name,Last name,Office\nAna,Silva,Service\n"],
  ])("%s", async (_, text) => {
    const { table, rows } = await readAll(text);
    expect(rows).toHaveLength(1);
    expect(table.header[0]).toBe(text.split(",")[0]);
    expect(table.fileNotes()).toEqual([]);
  });
});

test("a password under its label never becomes a label, whatever stands beside it", async () => {
  const { table, rows } = await readAll("User name,Password,,\n,Aa1!s3cret,Manager,Office\nana,Bb2!xxxxx,,\n");
  expect(table.header.slice(0, 2)).toEqual(["User name", "Password"]);
  expect(rows).toHaveLength(2);
});

test("of two rows that each have all labels the lower is the header, as SAP writes it", async () => {
  const { table } = await readAll(
    "userName,firstName,lastName,city\nUser name,First name,Last name,City\nana,Ana,Silva,Porto\n",
  );
  expect(table.header).toEqual(["User name", "First name", "Last name", "City"]);
  expect(table.fileNotes().join(" ")).not.toContain("two rows, which");
});
