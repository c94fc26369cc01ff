import { createReadStream } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { FieldName } from "../../../contract/fields.ts";
import { readRow } from "../../../core/spreadsheets/read-row.ts";
import { readTable } from "../../../core/spreadsheets/read-table.ts";
import type { RawRow } from "../../../core/spreadsheets/table-rows.ts";
import { readingOf } from "./readings.ts";
import { limits } from "./streams.ts";

type Sample = {
  file: string;
  encoding: string;
  delimiter: string;
  columns: (FieldName | null)[];
  /** One entry a row: what reading it gives beyond nothing. */
  rows: Record<string, unknown>[];
  notes?: number;
};

const samples: Sample[] = [
  {
    file: "partner-center.csv",
    encoding: "UTF-8",
    delimiter: ",",
    columns: ["givenName", "surname", "displayName", "userPrincipalName", "statusUpdate"],
    rows: [
      { values: { displayName: "Müller, Zoë", userPrincipalName: "zoe.mueller@contoso.example" } },
      { values: { displayName: "Søren Ångström", surname: "Ångström" } },
    ],
  },
  {
    file: "microsoft-365.csv",
    encoding: "UTF-8 with BOM",
    delimiter: ",",
    columns: [
      "userPrincipalName",
      "givenName",
      "surname",
      "displayName",
      "jobTitle",
      "department",
      "officeLocation",
      "businessPhone",
      "mobilePhone",
      "faxNumber",
      "otherMail",
      "streetAddress",
      "city",
      "stateOrProvince",
      "postalCode",
      "country",
    ],
    rows: [
      { values: { otherMail: "chris@home.example", country: "United States", usageLocation: "US" } },
      { values: { userPrincipalName: "ben@contoso.example", faxNumber: "123-555-9822" } },
    ],
  },
  {
    file: "microsoft-365-older.csv",
    encoding: "Windows-1252",
    delimiter: ";",
    columns: [
      "userPrincipalName",
      "givenName",
      "surname",
      "displayName",
      "jobTitle",
      "department",
      "officeLocation",
      "businessPhone",
      "mobilePhone",
      "faxNumber",
      "streetAddress",
      "city",
      "stateOrProvince",
      "postalCode",
      "country",
    ],
    rows: [
      {
        values: {
          userPrincipalName: "juergen@contoso.example",
          surname: "Groß",
          streetAddress: "Straße 1, Hinterhof",
          usageLocation: "DE",
        },
      },
      { values: { displayName: "Anna Weiß" } },
    ],
    notes: 1,
  },
  {
    file: "entra-create.csv",
    encoding: "UTF-8 with BOM",
    delimiter: ",",
    columns: [
      "displayName",
      "userPrincipalName",
      "password",
      "signInBlocked",
      "givenName",
      "surname",
      "jobTitle",
      "department",
      "usageLocation",
      "streetAddress",
      "stateOrProvince",
      "country",
      "officeLocation",
      "city",
      "postalCode",
      "businessPhone",
      "mobilePhone",
    ],
    rows: [
      { values: { displayName: "Łukasz Wójcik", usageLocation: "PL", country: "Poland" }, accountEnabled: false },
      { values: { givenName: "Bảo", usageLocation: "VN" }, accountEnabled: true },
    ],
    notes: 2,
  },
  {
    file: "entra-delete.csv",
    encoding: "UTF-8 with BOM",
    delimiter: ",",
    columns: ["userPrincipalName"],
    rows: [{ problem: { code: "required_missing", field: "displayName" } }],
    notes: 1,
  },
  {
    file: "entra-restore.csv",
    encoding: "UTF-8 with BOM",
    delimiter: ",",
    columns: ["objectId"],
    rows: [{ problem: { code: "required_missing", field: "userPrincipalName" } }],
    notes: 1,
  },
  ...(["entra-download-utf16le.csv", "entra-download-utf16be-no-bom.csv"] as const).map((file): Sample => ({
    file,
    encoding: file.includes("16le") ? "UTF-16 LE" : "UTF-16 BE",
    delimiter: "\t",
    columns: [
      "userPrincipalName",
      "displayName",
      "surname",
      null,
      "givenName",
      "objectId",
      null,
      "jobTitle",
      "department",
      "accountEnabled",
      "usageLocation",
      "streetAddress",
      "stateOrProvince",
      "country",
      "officeLocation",
      "city",
      "postalCode",
      "businessPhone",
      "mobilePhone",
      null,
    ],
    rows: [
      { values: { displayName: "林美", city: "臺北", usageLocation: "TW", department: "R&D" }, accountEnabled: true },
    ],
  })),
  {
    file: "cipp.csv",
    encoding: "UTF-8",
    delimiter: ",",
    columns: [
      "givenName",
      "surname",
      "displayName",
      "mailNickname",
      "domain",
      "jobTitle",
      "streetAddress",
      "postalCode",
      "city",
      "stateOrProvince",
      "department",
      "mobilePhone",
      "businessPhone",
    ],
    rows: [
      {
        values: { userPrincipalName: "aoife.obrien@contoso.example", displayName: "Aoife O'Brien" },
        problem: { code: "control_character", field: "streetAddress" },
      },
    ],
  },
  {
    file: "google-workspace.csv",
    encoding: "UTF-8",
    delimiter: ",",
    columns: [
      "givenName",
      "surname",
      "userPrincipalName",
      "password",
      ...Array<null>(3).fill(null),
      "otherMail",
      ...Array<null>(3).fill(null),
      "businessPhone",
      null,
      "mobilePhone",
      "streetAddress",
      ...Array<null>(3).fill(null),
      "jobTitle",
      null,
      "department",
      ...Array<null>(7).fill(null),
    ],
    rows: [{ values: { displayName: "Noé Dupont", jobTitle: "Comptable", businessPhone: "01 23" } }],
  },
  {
    file: "graph-export.csv",
    encoding: "UTF-8",
    delimiter: "|",
    columns: [
      "userPrincipalName",
      "displayName",
      "givenName",
      "surname",
      "usageLocation",
      "department",
      "companyName",
      "accountEnabled",
    ],
    rows: [{ values: { displayName: "Ali | Yılmaz", usageLocation: "TR" }, accountEnabled: false }],
  },
  {
    file: "german.csv",
    encoding: "Windows-1252",
    delimiter: ";",
    columns: [
      "givenName",
      "surname",
      "userPrincipalName",
      "password",
      "department",
      "streetAddress",
      "city",
      "postalCode",
      "country",
      "businessPhone",
    ],
    rows: [
      { values: { userPrincipalName: "joerg.gross@contoso.example", displayName: "Jörg Groß", usageLocation: "DE" } },
    ],
    notes: 1,
  },
  {
    file: "french.csv",
    encoding: "UTF-8",
    delimiter: ",",
    columns: [
      "surname",
      "givenName",
      "userPrincipalName",
      "password",
      "department",
      "jobTitle",
      "city",
      "postalCode",
      "country",
    ],
    rows: [{ values: { displayName: "Anaïs Lefèvre", usageLocation: "FR" } }],
  },
  {
    file: "title-above-header.csv",
    encoding: "UTF-8",
    delimiter: ",",
    columns: ["givenName", "surname", "userPrincipalName", "department"],
    rows: [{ values: { displayName: "Ana Silva" } }, { values: { userPrincipalName: "rui.costa@contoso.example" } }],
    notes: 2,
  },
  {
    file: "muster-result.csv",
    encoding: "UTF-8",
    delimiter: ",",
    columns: ["userPrincipalName", "displayName", "businessPhone", "password"],
    rows: [{ values: { businessPhone: "+351 21 1" } }, { values: { displayName: "'=1+1" } }],
    notes: 1,
  },
  {
    file: "damaged-utf8.csv",
    encoding: "UTF-8",
    delimiter: ",",
    columns: ["userPrincipalName", "displayName", "department"],
    rows: [
      { values: { displayName: "Zoë" } },
      { problem: { code: "encoding_invalid", field: "displayName" } },
      { values: { department: "Café" } },
    ],
  },
  {
    file: "confirm-password.csv",
    encoding: "UTF-8",
    delimiter: ",",
    columns: ["userPrincipalName", "displayName", "password", null, null],
    rows: [{}],
    notes: 1,
  },
];

test.each(samples)("$file is read as it is", async ({ file, encoding, delimiter, columns, rows, notes }) => {
  const path = fileURLToPath(new URL(`../../samples/${file}`, import.meta.url));
  const table = await readTable(createReadStream(path), limits);
  expect(table.columns).toEqual(columns);
  const raw: RawRow[] = [];
  for await (const slab of table.rows) raw.push(...slab);
  const reading = readingOf(table.header, { columns: table.columns });
  const inputs = raw.map((row) => readRow(row.rowNo, row.cells, reading));
  expect(inputs).toHaveLength(rows.length);
  for (const [at, expected] of rows.entries()) expect(inputs[at]).toMatchObject({ problem: null, ...expected });
  expect(table.encoding()).toBe(encoding);
  expect(table.delimiter).toBe(delimiter);
  expect(table.notes()).toHaveLength(notes ?? 0);
});
