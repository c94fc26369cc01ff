import { quoteValue } from "../../contract/codes.ts";
import { clearMark, type SpecialField, type TextField } from "../../contract/fields.ts";
import type { TargetOperation } from "../../contract/operations.ts";
import { findProduct } from "../../licensing/products.ts";
import { cleanText } from "../text/clean-text.ts";
import { findCountry } from "./find-country.ts";
import { readUpn } from "./read-upn.ts";
import {
  onOwnDomain,
  openDraft,
  readEnabled,
  readRoles,
  readTexts,
  problemOfLicenses,
  special,
  type RowDraft,
} from "./row-draft.ts";
import type { LicenseInput, Reading, RowInput, RowTarget } from "./row-input.ts";

type TargetDraft = RowDraft & { target: RowTarget };

/**
 * Normalises and checks one row about a user who is there already, against all that can be known without the directory: who
 * that is, and what the operation of `reading` asks for. Columns that mean nothing to the operation are not read. Pure.
 */
export function readTarget(rowNo: number, cells: string[], reading: Reading, operation: TargetOperation): RowInput {
  const draft = openDraft(rowNo, cells, reading);
  const target: RowTarget = { objectId: null, newName: null, removed: [], cleared: [] };
  draft.input.target = target;
  const targeted = { ...draft, target };
  if (operation === "updateUsers") readFields(targeted);
  readWho(targeted, operation);
  readAsked(targeted, operation);
  return draft.input;
}

const guid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

/** With an id, a username beside it is the one that the user is to have, where the operation gives names. */
function readWho(draft: TargetDraft, operation: TargetOperation): void {
  const { input, target, fail } = draft;
  const id = special(draft, "objectId");
  if (id !== "" && !guid.test(id)) {
    return fail(
      "value_invalid",
      "objectId",
      `${quoteValue(id)} is not an object ID. Give a GUID, or leave the cell blank.`,
    );
  }
  target.objectId = id === "" ? null : id.toLowerCase();
  const name = textOf(draft, "userPrincipalName") || textOf(draft, "mailNickname");
  delete input.values.userPrincipalName;
  const naming = operation === "updateUsers" || operation === "restoreUsers";
  if (naming) readNewName(draft, target.objectId === null ? "" : name);
  if (name === "" && target.objectId === null) {
    return fail(
      "required_missing",
      "userPrincipalName",
      "it is not said which user this is about. Give the username or the object ID.",
    );
  }
  if (name === "" || (naming && target.objectId !== null)) return;
  const read = readUpn(onOwnDomain(draft, name), draft.reading);
  // A user of an earlier domain is found all the same.
  if ("upn" in read) input.values.userPrincipalName = read.upn;
  else if (read.code === "domain_unverified" && name.includes("@")) input.values.userPrincipalName = name;
  else fail(read.code, "userPrincipalName", read.said);
}

function readNewName(draft: TargetDraft, beside: string): void {
  const field = beside === "" ? "newUserPrincipalName" : "userPrincipalName";
  const name = beside === "" ? special(draft, "newUserPrincipalName") : beside;
  if (name === "") return;
  const read = readUpn(onOwnDomain(draft, name), draft.reading);
  if ("upn" in read) draft.target.newName = read.upn;
  else draft.fail(read.code, field, read.said);
}

function readAsked(draft: TargetDraft, operation: TargetOperation): void {
  switch (operation) {
    case "updateUsers":
      return readEnabled(draft);
    case "changePermissions":
      readRoles(draft);
      return requireAsked(draft, draft.input.roles !== null, "permission", "which permission the user is to have");
    case "changeLicenses": {
      const [added, removed] = [licensesOf(draft, "licenses"), licensesOf(draft, "removeLicenses")];
      if (added === null || removed === null) return;
      draft.input.licenses = added;
      draft.target.removed = removed.map(({ skuId }) => skuId);
      const asks = draft.input.licenses.length > 0 || draft.target.removed.length > 0;
      requireAsked(draft, asks, "licenses", "which licenses to add or remove");
      return refuseBoth(draft);
    }
    case "removeUsers": {
      const confirm = textOf(draft, "displayName");
      if (confirm !== "") draft.input.values.displayName = confirm;
      return requireAsked(draft, confirm !== "", "displayName", "the user's name, typed as confirmation");
    }
    case "resetPasswords":
    case "deleteUsers":
    case "restoreUsers":
      return;
    default:
      operation satisfies never;
  }
}

function requireAsked({ fail }: TargetDraft, asked: boolean, field: SpecialField | TextField, what: string): void {
  if (!asked) fail("required_missing", field, `it is not said ${what}. Fill it in.`);
}

function refuseBoth({ input, target, fail }: TargetDraft): void {
  const both = input.licenses.find(({ skuId }) => target.removed.includes(skuId));
  if (both === undefined) return;
  fail(
    "value_invalid",
    "removeLicenses",
    `${findProduct(both.skuId)?.name ?? both.skuPartNumber} is to be added and removed at once. Leave one of the two.`,
  );
}

/** The licenses that a cell names, or null where it cannot be read. */
function licensesOf(draft: TargetDraft, field: "licenses" | "removeLicenses"): LicenseInput[] | null {
  const value = special(draft, field);
  if (value === "") return [];
  const read = draft.layout.licensesIn(value);
  if ("licenses" in read) return read.licenses;
  const { code, said } = problemOfLicenses(read, value);
  draft.fail(code, field, said);
  return null;
}

/** Blank cells leave a field as it is, and the word `(clear)` empties it. */
function readFields(draft: TargetDraft): void {
  readTexts(draft);
  const { input, target, fail } = draft;
  const { values } = input;
  for (const field of Object.keys(values) as TextField[]) {
    if (values[field]?.toLowerCase() !== clearMark) continue;
    delete values[field];
    if (field !== "userPrincipalName" && field !== "displayName") target.cleared.push(field);
    else fail("required_missing", field, "this field cannot be cleared. Give a value, or leave it out.");
  }
  const { usageLocation } = values;
  if (usageLocation === undefined) return;
  const code = findCountry(usageLocation);
  if (code !== undefined) values.usageLocation = code;
  else {
    delete values.usageLocation;
    fail(
      "country_unknown",
      "usageLocation",
      `${quoteValue(usageLocation)} is not a country. Give its ISO 3166-1 code, such as NL, or its name.`,
    );
  }
}

function textOf({ cells, layout, reading }: TargetDraft, field: TextField): string {
  if (layout.labelOf(field) === null) return "";
  const value = cleanText(cells[reading.columns.indexOf(field)] ?? "");
  return value.toLowerCase() === clearMark ? "" : value;
}
