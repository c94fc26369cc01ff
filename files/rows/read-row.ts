import { quoteValue } from "../../contract/codes.ts";
import { buildUpn } from "./build-upn.ts";
import { findCountry } from "./find-country.ts";
import { readUpn } from "./read-upn.ts";
import {
  isBlank,
  onOwnDomain,
  openDraft,
  readEnabled,
  readRoles,
  readTexts,
  problemOfLicenses,
  special,
  type RowDraft,
} from "./row-draft.ts";
import type { Reading, RowInput } from "./row-input.ts";

/**
 * Normalises and checks one row against all that can be known without the directory. Pure: the same cells under the
 * same reading always give the same input. Passwords never come here; `(password)` stands in their column.
 */
export function readRow(rowNo: number, cells: string[], reading: Reading): RowInput {
  const draft = openDraft(rowNo, cells, reading);
  const { input } = draft;
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

function readName(draft: RowDraft): "missing" | "done" {
  const { input, reading, layout, fail } = draft;
  const { values } = input;
  const name = values.userPrincipalName ?? values.mailNickname;
  if (name === undefined) {
    // A name that cannot be read is not missing.
    if (!isBlank(draft, "userPrincipalName") || !isBlank(draft, "mailNickname")) return "done";
    if (reading.upnPattern !== null) return "missing";
    const advice =
      layout.labelOf("userPrincipalName") === null && layout.labelOf("mailNickname") === null
        ? ", and nothing stands for it. Add it, or say with a mapping what stands for it."
        : ". Fill it in.";
    fail("required_missing", "userPrincipalName", `the username is missing${advice}`);
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

/** Builds the username, once the names and the country that it hangs on are read. */
function buildName(draft: RowDraft): void {
  const { input, reading, fail } = draft;
  const { givenName, surname, displayName, usageLocation } = input.values;
  if (reading.upnPattern === null) return;
  const built = buildUpn(reading.upnPattern, { givenName, surname, displayName, country: usageLocation ?? null });
  if (!("local" in built)) return fail(built.code, built.field, built.said);
  const read = readUpn(onOwnDomain(draft, built.local), reading);
  if (!("upn" in read)) return fail(read.code, "userPrincipalName", read.said);
  input.built = input.values.userPrincipalName = read.upn;
}

const personNames = ["displayName", "givenName", "surname"] as const;

function readDisplayName(draft: RowDraft): void {
  const { values } = draft.input;
  if (values.displayName !== undefined) return;
  const name = [values.givenName, values.surname].filter((part) => part !== undefined).join(" ");
  if (name !== "") values.displayName = name;
  else if (personNames.every((field) => isBlank(draft, field)))
    draft.fail(
      "required_missing",
      "displayName",
      "the display name is missing, and so are first and last name, which would make one. Fill it in.",
    );
}

function readLocation({ input, reading, fail }: RowDraft): void {
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
      `${quoteValue(given)} is not a country. Give its ISO 3166-1 code, such as NL, or its name.`,
    );
  }
}

function countryCode(country: string | undefined): string | undefined {
  return country === undefined ? undefined : findCountry(country);
}

function assignLicenses(draft: RowDraft): void {
  const { input, layout, fail } = draft;
  const value = special(draft, "licenses");
  const read = value === "" ? layout.defaultLicenses : layout.licensesIn(value);
  if (!("licenses" in read)) {
    const { code, said } = problemOfLicenses(read, value);
    fail(code, "licenses", said);
    return;
  }
  input.licenses = read.licenses;
  if (read.licenses.length > 0 && input.values.usageLocation === undefined) {
    fail(
      "usage_location_missing",
      "usageLocation",
      "a license needs a usage location, and there is none. Fill it in, or choose one for all users without their own.",
    );
    return;
  }
  const problem = layout.checkLicenses(read.licenses, input.values.usageLocation ?? null);
  if (problem !== null) fail(problem.code, "licenses", problem.said);
}
