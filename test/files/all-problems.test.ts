import * as fc from "fast-check";
import { expect, test } from "vitest";
import { passwordMark } from "../../contract/fields.ts";
import type { FileOperation } from "../../contract/operations.ts";
import { readStored } from "../../core/batches/work-rows/read-input.ts";
import { readingOf } from "./readings.ts";

type Cell = { label: string; field: string; right: string; wrong: string; code: string };

const cell = (label: string, field: string, right: string, wrong: string, code: string): Cell => ({
  label,
  field,
  right,
  wrong,
  code,
});

const shared = [
  cell("City", "city", "Delft", "x".repeat(129), "value_too_long"),
  cell("Job title", "jobTitle", "Lead", "Le\u0007ad", "control_character"),
  cell("Usage location", "usageLocation", "NL", "Freedonia", "country_unknown"),
  cell("Block sign in", "signInBlocked", "No", "perhaps", "value_invalid"),
];
const ofOperation: [FileOperation, Cell[]][] = [
  [
    "createUsers",
    [
      cell("User name", "userPrincipalName", "zoe", "zoe@elsewhere.example", "domain_unverified"),
      cell("First name", "givenName", "Zo\u00EB", "Zo\u0000\u00EB", "control_character"),
      ...shared,
      cell("Permission", "permission", "User", "Emperor", "permission_unknown"),
      // With a location that is not a country, a license has none: that is no fault of its own.
      cell("Licenses", "licenses", "SPE_E3", "NO_SUCH", "sku_unknown"),
      cell("Password", "password", "", passwordMark, "password_invalid"),
    ],
  ],
  [
    "updateUsers",
    [
      cell("Object ID", "objectId", "5f9c6f4a-7c5c-4b5e-9d53-0d8f8e1f2a3b", "17", "value_invalid"),
      cell("Display name", "displayName", "Zo\u00EB", "(clear)", "required_missing"),
      ...shared,
    ],
  ],
  [
    "changeLicenses",
    [
      cell("User name", "userPrincipalName", "zoe", "z\u00F6e", "upn_invalid"),
      cell("Add licenses", "licenses", "SPE_E3", "NO_SUCH", "sku_unknown"),
      cell("Remove licenses", "removeLicenses", "", "NEITHER", "sku_unknown"),
    ],
  ],
];

test.each(ofOperation)(
  "a row of %s tells all its faults at once, each once, and no fault that only follows from another",
  (operation, cells) => {
    const reading = readingOf(
      cells.map(({ label }) => label),
      { operation },
    );
    fc.assert(
      fc.property(fc.subarray(cells), (wrong) => {
        const row = cells.map((one) => (wrong.includes(one) ? one.wrong : one.right));
        const { problem, otherProblems } = readStored({ rowNo: 7, cells: row, sealed: null }, reading);
        const told = [...(problem === null ? [] : [problem]), ...(otherProblems ?? [])];
        expect(new Map(told.map(({ field, code }) => [field, code]))).toEqual(
          new Map(wrong.map(({ field, code }) => [field, code])),
        );
        expect(told).toHaveLength(wrong.length);
        for (const { label, field } of wrong) {
          expect(told.find((one) => one.field === field)?.message).toContain(`Row 7, column "${label}"`);
        }
      }),
    );
  },
);

test("what is wrong with a blank name is told beside the rest", () => {
  const reading = readingOf(["User name", "Display name", "Usage location"]);
  const { problem, otherProblems } = readStored({ rowNo: 1, cells: ["", "", "Freedonia"], sealed: null }, reading);
  expect([problem, ...(otherProblems ?? [])]).toMatchObject([
    { code: "required_missing", field: "userPrincipalName" },
    { code: "required_missing", field: "displayName" },
    { code: "country_unknown", field: "usageLocation" },
  ]);
});

test("damaged text comes first and leaves the other faults to be told", () => {
  const reading = readingOf(["User name", "Display name", "Usage location", "Permission"]);
  const cells = ["z\u00F6e", "Zo\uFFFD", "Freedonia", "Empero\uFFFD"];
  const { problem, otherProblems } = readStored({ rowNo: 1, cells, sealed: null }, reading);
  expect([problem, ...(otherProblems ?? [])].map((one) => [one?.code, one?.field])).toEqual([
    ["encoding_invalid", "displayName"],
    ["upn_invalid", "userPrincipalName"],
    ["country_unknown", "usageLocation"],
    ["permission_unknown", "permission"],
  ]);
});

test("of a row that is out of step with its header nothing more is said", () => {
  const reading = readingOf(["User name", "Usage location"]);
  const cells = ["z\u00F6e", "Freedonia", "beyond"];
  expect(readStored({ rowNo: 1, cells, sealed: null }, reading)).toMatchObject({
    problem: { code: "row_too_wide" },
    otherProblems: null,
  });
});
