import { describe, expect, test } from "vitest";
import { guessColumns } from "../../files/columns/guess-columns.ts";
import { recogniseHeader } from "../../files/header/recognise-header.ts";

/** What is offered for a table whose first row is the header, as `column: field`. */
function guess(table: string[][], columns = recogniseHeader(table[0]!)): string[] {
  return guessColumns(table[0]!, columns, table.slice(1)).map(({ column, field }) => `${column}: ${field}`);
}

/** One unknown column beside known ones. */
function guessOne(...values: string[]): string[] {
  return guess([["Display name", "Foo"], ...values.map((value, at) => [`Person ${at}`, value])]);
}

describe("one column, by its values", () => {
  test.each([
    [["ana@contoso.example", "rui@contoso.example"], ["Foo: userPrincipalName"]],
    [["ana@<<<your domain>>>", "rui@<<<your domain>>>"], ["Foo: userPrincipalName"]],
    [["+351 21 123 45 67", "030 1234567", "(206) 555-0100"], ["Foo: businessPhone"]],
    [["+49 171 1234567", "0176 1234567", "+33 6 12 34 56 78"], ["Foo: mobilePhone"]],
    [["Germany", "France", "Österreich"], ["Foo: country"]],
    [["日本", "中国"], ["Foo: country"]],
    [["DE", "FR", "NO"], ["Foo: usageLocation"]],
    [["NO", "NO"], ["Foo: usageLocation"]],
    [["Yes", "No", "yes", ""], ["Foo: accountEnabled"]],
    [["ja", "nein"], ["Foo: accountEnabled"]],
    [["SPE_E3", "SPE_E3;VISIOCLIENT", "AAD_PREMIUM"], ["Foo: licenses"]],
    [["Microsoft 365 E3", "Microsoft 365 E3"], ["Foo: licenses"]],
    [["05e9a617-0261-4cee-bb44-138d3ef5d965"], ["Foo: licenses"]],
    [["aaaaaaaa-0261-4cee-bb44-138d3ef5d965"], ["Foo: objectId"]],
    [["2024-01-31", "2023-11-02"], []],
    [["31.01.2024", "02.11.2023"], []],
    [["1/31/2024 8:00", "11/2/2023 9:30"], []],
    [["10115", "80331"], []],
    [["12345678", "12345679"], []],
    [["CA", "TX", "NY", "WA"], []],
    [["en", "de", "fr"], []],
    [["1", "0", "1"], []],
    [["Sales", "Finance"], []],
    [["boss@contoso.example", "boss@contoso.example", "boss@contoso.example"], []],
    [["ana@contoso.example", "-", "x", "y"], []],
    [["", ""], []],
  ])("%j", (values, guesses) => {
    expect(guessOne(...values)).toEqual(guesses);
  });
});

test("a guess says how many values are what, and shows three of them", () => {
  const values = Array.from({ length: 10 }, (_, at) => [`p${at}@contoso.example`]);
  const [offer] = guessColumns(["Foo"], [null], [...values, ["nobody"]]);
  expect(offer).toMatchObject({ column: "Foo", field: "userPrincipalName", samples: values.slice(0, 3).flat() });
  expect(offer?.reason).toContain("10 of 11");
  const [long] = guessColumns(["Foo"], [null], [[`${"x".repeat(200)}@contoso.example`]]);
  expect(Array.from(long!.samples[0]!)).toHaveLength(80);
});

test("a field that has a column is not offered again, the next one of its kind is", () => {
  expect(
    guess([
      ["Email", "Contact"],
      ["ana", "ana@home.example"],
      ["rui", "rui@home.example"],
    ]),
  ).toEqual(["Contact: otherMail"]);
  expect(
    guess([
      ["UPN", "Mobile", "Line"],
      ["a", "0171 1234567", "030 123456"],
      ["b", "0172 1234567", "030 123457"],
    ]),
  ).toEqual(["Line: businessPhone"]);
});

test("of two columns with addresses the one without repetitions is the sign-in name", () => {
  const rows = ["ana", "rui", "eva"].map((name, at) => [
    at < 2 ? "boss@x.example" : "chef@x.example",
    `${name}@x.example`,
  ]);
  expect(guess([["A1", "A2"], ...rows])).toEqual(["A2: userPrincipalName"]);
});

test("columns whose labels mean something else, or hold secrets, are not guessed", () => {
  const row = ["ana", "030 123456", "Aa1!aaaa", "Yes"];
  expect(guess([["UPN", "Home phone", "Kennwort (alt)", "Status"], row, row])).toEqual([]);
});

describe("names, by the addresses beside them", () => {
  const people = [
    ["Ana", "Silva", "ana.silva@contoso.example"],
    ["Rui", "Costa", "rui.costa@contoso.example"],
    ["Eva", "Böhm", "eva.bohm@contoso.example"],
  ];

  test("given name, surname and whole name are told apart", () => {
    const header = ["Column 1", "Column 2", "Column 3", "Column 4"];
    const rows = people.map(([given, surname, upn]) => [surname!, `${given} ${surname}`, upn!, given!]);
    expect(guess([header, ...rows])).toEqual([
      "Column 1: surname",
      "Column 2: displayName",
      "Column 3: userPrincipalName",
      "Column 4: givenName",
    ]);
  });

  test("departments are no names", () => {
    const rows = people.map(([, , upn], at) => [["Sales", "IT", "HR"][at]!, upn!]);
    expect(guess([["A1", "A2"], ...rows])).toEqual(["A2: userPrincipalName"]);
  });
});

describe("a header out of step with its rows", () => {
  const silva = ["Ana", "Silva", "Ana Silva", "ana@contoso.example", "DE", "0171 1234567"];
  const costa = ["Rui", "Costa", "Rui Costa", "rui@contoso.example", "PT", "0172 1234567"];
  const labels = ["First name", "Last name", "Display name", "Email", "Usage location", "Mobile phone"];

  test("a blank cell too many before the values", () => {
    const table = [labels, ["", ...silva], ["", ...costa]].map((row) => row.slice(0, 6));
    expect(guess(table)).toEqual([
      "Last name: givenName",
      "Display name: surname",
      "Email: displayName",
      "Usage location: userPrincipalName",
      "Mobile phone: usageLocation",
    ]);
  });

  test("a blank cell too many before the labels", () => {
    const table = [
      ["Column 1", ...labels],
      [...silva, ""],
      [...costa, ""],
    ];
    expect(guess(table)).toEqual([
      "Column 1: givenName",
      "First name: surname",
      "Last name: displayName",
      "Display name: userPrincipalName",
      "Email: usageLocation",
      "Usage location: mobilePhone",
    ]);
  });

  test("two labels and addresses beside theirs are enough", () => {
    expect(
      guess([
        ["Name", "Email"],
        ["ana@contoso.example", ""],
        ["rui@contoso.example", ""],
      ]),
    ).toEqual(["Name: userPrincipalName"]);
  });

  test("a table in step is left alone, also with sign-in names beside addresses", () => {
    expect(guess([labels, silva, costa])).toEqual([]);
    expect(
      guess([
        ["Username", "Email"],
        ["asilva", "ana@contoso.example"],
      ]),
    ).toEqual([]);
    expect(
      guess([
        ["Username", "Office", "Email"],
        ["asilva", "Lisboa", "ana@contoso.example"],
      ]),
    ).toEqual([]);
    expect(
      guess([
        ["User name", "Column 2"],
        ["asilva", "ana@contoso.example"],
      ]),
    ).toEqual(["Column 2: otherMail"]);
    expect(guess([labels, ["Ana", "Silva", "Ana Silva", "ana", "DE", ""]])).toEqual([]);
  });

  test("once a mapping follows the offer, nothing is offered", () => {
    const rows = [
      ["", "Ana", "ana@contoso.example"],
      ["", "Rui", "rui@contoso.example"],
    ];
    const header = ["First name", "Email", "Column 3"];
    expect(guess([header, ...rows], [null, "givenName", "userPrincipalName"])).toEqual([]);
  });
});
