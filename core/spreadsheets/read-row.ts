import { quoteValue, type Cause, type CauseCode } from "../../contract/codes.ts";
import type { FieldName, SpecialField } from "../../contract/fields.ts";
import { buildUpn } from "./build-upn.ts";
import { cleanText, controlCharacter, isPlain } from "./clean-text.ts";
import { findCountry } from "./find-country.ts";
import { readLicenses, type ReadLicenses } from "./read-licenses.ts";
import { permissionChoices, readPermission } from "./read-permission.ts";
import { readSwitch } from "./read-switch.ts";
import { readUpn } from "./read-upn.ts";
import type { Reading, RowInput } from "./row-input.ts";
import { layoutOf, type RowLayout } from "./row-layout.ts";
import { damaged, tooWide } from "./row-problems.ts";

/** A row on its way through the rules: `fail` keeps the first thing that is wrong. */
type Draft = {
  input: RowInput;
  cells: string[];
  layout: RowLayout;
  reading: Reading;
  fail: (code: CauseCode, field: FieldName, said: string) => void;
};

/**
 * Normalises and checks one row against all that can be known without the directory. Pure: the same cells under the
 * same reading always give the same input. Passwords never come here; `(password)` stands in their column.
 */
export function readRow(rowNo: number, cells: string[], reading: Reading): RowInput {
  const layout = layoutOf(reading);
  const input: RowInput = {
    rowNo,
    values: {},
    built: null,
    accountEnabled: null,
    roles: null,
    licenses: [],
    problem: cells.length > reading.columns.length ? overflow(rowNo, cells, reading.columns.length) : null,
  };
  const draft: Draft = {
    input,
    cells,
    layout,
    reading,
    fail(code, field, said) {
      const label = layout.labelOf(field);
      const place = label === null ? `Row ${rowNo}` : `Row ${rowNo}, column ${quoteValue(label)}`;
      input.problem ??= { code, field, message: `${place}: ${said}` };
    },
  };
  readTexts(draft);
  const name = readName(draft);
  readDisplayName(draft);
  readLocation(draft);
  if (name === "missing") buildName(draft);
  readEnabled(draft);
  readRoles(draft);
  assignLicenses(draft);
  return input;
}

function overflow(rowNo: number, cells: string[], width: number): Cause | null {
  const filled = cells.findLastIndex((cell) => cell.trim() !== "") + 1;
  return filled > width ? tooWide(rowNo, cells.slice(0, filled), width) : null;
}

function readTexts({ input, cells, layout, fail }: Draft): void {
  for (const { at, field, max, label } of layout.texts) {
    const cell = cells[at];
    if (cell === undefined || cell === "") continue;
    const value = cleanText(cell);
    if (value === "") continue;
    if (!isPlain(value)) {
      if (value.includes("\uFFFD")) {
        input.problem ??= damaged(input.rowNo, value, label, field);
        continue;
      }
      const control = controlCharacter(value);
      if (control !== null) {
        fail(
          "control_character",
          field,
          `the value holds the control character ${control}. Remove it; a line break or a tab is one too.`,
        );
        continue;
      }
    }
    if (value.length > max && field !== "userPrincipalName") {
      const length = Array.from(value).length;
      if (length > max) {
        fail("value_too_long", field, `${quoteValue(value)} has ${length} characters; ${max} is the most. Shorten it.`);
        continue;
      }
    }
    input.values[field] = value;
  }
}

/** The text of a column that is no text field, or "" where there is none. */
function special({ cells, layout, fail }: Draft, field: SpecialField): string {
  const at = layout.special[field];
  const cell = at === undefined ? undefined : cells[at];
  if (cell === undefined || cell === "") return "";
  const value = cleanText(field === "licenses" ? onOneLine(cell) : cell);
  const control = isPlain(value) ? null : controlCharacter(value);
  if (control === null) return value;
  fail("control_character", field, `the value holds the control character ${control}. Remove it.`);
  return "";
}

/** Licenses may stand on a line each, and JSON on as many as it likes. */
function onOneLine(cell: string): string {
  return cell.replace(/[\r\n]+/g, /^\s*\[/.test(cell) ? " " : " ; ");
}

function readName(draft: Draft): "missing" | "done" {
  const { input, reading, layout, fail } = draft;
  const { values } = input;
  const name = values.userPrincipalName ?? values.mailNickname;
  if (name === undefined) {
    // A name that cannot be read is not missing.
    if (reading.upnPattern !== null && isBlank(draft, "userPrincipalName") && isBlank(draft, "mailNickname")) {
      return "missing";
    }
    const advice =
      layout.labelOf("userPrincipalName") === null && layout.labelOf("mailNickname") === null
        ? ", and the file has no column for it. Add one, or say with a mapping which it is."
        : ". Fill it in.";
    fail("required_missing", "userPrincipalName", `the user principal name is missing${advice}`);
    return "done";
  }
  const read = readUpn(onOwnDomain(draft, name), reading);
  if ("upn" in read) {
    values.userPrincipalName = read.upn;
    return "done";
  }
  const field = values.userPrincipalName === undefined ? "mailNickname" : "userPrincipalName";
  delete values.userPrincipalName;
  fail(read.code, field, read.said);
  return "done";
}

/** `name` with the domain that the row has in a column of its own. */
function onOwnDomain(draft: Draft, name: string): string {
  const domain = name.includes("@") ? "" : special(draft, "domain").replace(/^@/, "");
  return domain === "" ? name : `${name}@${domain}`;
}

function isBlank({ cells, reading }: Draft, field: FieldName): boolean {
  return cleanText(cells[reading.columns.indexOf(field)] ?? "") === "";
}

/** Builds the sign-in name, once the names and the country that it hangs on are read. */
function buildName(draft: Draft): void {
  const { input, reading, fail } = draft;
  const { givenName, surname, displayName, usageLocation } = input.values;
  if (reading.upnPattern === null) return;
  const built = buildUpn(reading.upnPattern, { givenName, surname, displayName, country: usageLocation ?? null });
  if (!("local" in built)) return fail(built.code, built.field, built.said);
  const read = readUpn(onOwnDomain(draft, built.local), reading);
  if (!("upn" in read)) return fail(read.code, "userPrincipalName", read.said);
  input.built = input.values.userPrincipalName = read.upn;
}

function readDisplayName({ input, fail }: Draft): void {
  const { values } = input;
  if (values.displayName !== undefined) return;
  const name = [values.givenName, values.surname].filter((part) => part !== undefined).join(" ");
  if (name !== "") values.displayName = name;
  else
    fail(
      "required_missing",
      "displayName",
      "the display name is missing, and so are first and last name, which would make one. Fill it in.",
    );
}

function readLocation({ input, reading, fail }: Draft): void {
  const { values } = input;
  const given = values.usageLocation;
  // In this order, because a country in the address is the weakest sign of where somebody uses the services.
  const code = given === undefined ? (reading.usageLocation ?? countryCode(values.country)) : findCountry(given);
  if (code !== undefined) values.usageLocation = code;
  else if (given !== undefined) {
    delete values.usageLocation;
    fail(
      "country_unknown",
      "usageLocation",
      `${quoteValue(given)} is no country. Give its ISO 3166-1 code, such as NL, or its name.`,
    );
  }
}

function countryCode(country: string | undefined): string | undefined {
  return country === undefined ? undefined : findCountry(country);
}

function readEnabled(draft: Draft): void {
  const { input } = draft;
  for (const field of ["accountEnabled", "signInBlocked"] as const) {
    const value = special(draft, field);
    if (value === "") continue;
    const said = readSwitch(value);
    if (said === null)
      draft.fail(
        "value_invalid",
        field,
        `${quoteValue(value)} is neither yes nor no. Write Yes or No, or leave it blank.`,
      );
    else input.accountEnabled ??= field === "signInBlocked" ? !said : said;
  }
}

function readRoles(draft: Draft): void {
  const value = special(draft, "permission");
  if (value === "") return;
  const read = readPermission(value);
  if ("roles" in read) draft.input.roles = read.roles;
  else
    draft.fail(
      "permission_unknown",
      "permission",
      `${quoteValue(read.unknown)} is no permission. Choose from ${permissionChoices()}; put ; between several.`,
    );
}

function assignLicenses(draft: Draft): void {
  const { input, layout, reading, fail } = draft;
  const value = special(draft, "licenses");
  const read = value === "" ? layout.defaultLicenses : readLicenses(value, reading.products);
  if (!("licenses" in read)) {
    fail("malformed" in read ? "value_invalid" : "sku_unknown", "licenses", saidOf(read, value));
    return;
  }
  input.licenses = read.licenses;
  if (read.licenses.length > 0 && input.values.usageLocation === undefined) {
    fail(
      "usage_location_missing",
      "usageLocation",
      "a license needs a usage location, and the row has none. Fill it in, or choose one for all rows that have none.",
    );
  }
}

function saidOf(read: Exclude<ReadLicenses, { licenses: unknown }>, value: string): string {
  if ("unknownSku" in read) {
    return `${quoteValue(read.unknownSku)} is no product of the customer's. Give a part number, a product name or a GUID; put ; between several.`;
  }
  if ("unknownPlan" in read) {
    return `${quoteValue(read.unknownPlan)} is no service plan of ${read.product.skuPartNumber}. Give the plan's name or GUID.`;
  }
  return `${quoteValue(value)} is no list of licenses. Write product names separated by ;`;
}
