import { fieldLabel, type FieldName } from "../../contract/fields.ts";
import { findShift, shiftedColumns } from "../header/find-shift.ts";
import { guessNames } from "./guess-names.ts";
import { holdsSecrets, isKnownLabel, isOpenSignInLabel } from "../header/recognise-header.ts";
import {
  isAddress,
  isCountry,
  isLicense,
  isMobile,
  isObjectId,
  isPhone,
  isSwitch,
  shareOf,
  valuesOf,
  type ValueKind,
} from "../rows/value-kinds.ts";

/** A column and the field that it seems to stand for: what is offered to the agent and never applied unasked. */
export type ColumnGuess = {
  /** The header's label. */
  column: string;
  field: FieldName;
  /** A sentence without the values. */
  reason: string;
  /** Up to three values, each cut at 80 characters. */
  samples: string[];
};

/** `different` is the part of the values that stand only once, from 0 to 1. */
type Candidate = { at: number; values: string[]; different: number };

// Part of the filled values that have to be of a kind before a column is offered as that.
const enough = 0.8;

/**
 * What the columns that no word knows seem to stand for, by the values in `sampleRows` (a hundred are plenty). Fields
 * that have a column in `columns` are not offered again. Where the header is out of step with its rows, the whole header
 * one or two columns further is the offer; by how many, `shift` says where that is known.
 */
export function guessColumns(
  header: string[],
  columns: (FieldName | null)[],
  sampleRows: string[][],
  shift = findShift(header, sampleRows),
): ColumnGuess[] {
  if (shift !== 0) return guessShift(header, columns, sampleRows, shift);
  const open = header.flatMap((label, at): Candidate[] => {
    if (columns[at] != null || isKnownLabel(label) || isOpenSignInLabel(label) || holdsSecrets(label)) return [];
    const values = valuesOf(sampleRows, at);
    return [{ at, values, different: differentShare(values) }];
  });
  open.sort((one, other) => other.different - one.different || one.at - other.at);
  const free = new Set<FieldName>(offered.filter((field) => !columns.includes(field)));
  const guesses = new Map<number, ColumnGuess>();
  const offer = (at: number, field: FieldName, reason: string) => {
    free.delete(field);
    guesses.set(at, { column: header[at]!, field, reason, samples: samplesOf(sampleRows, at) });
  };
  for (const { what, kind, fields } of kinds) {
    for (const { at, values } of open) {
      if (guesses.has(at)) continue;
      const share = shareOf(values, kind);
      if (share < enough) continue;
      const field = fields(values).find((one) => free.has(one));
      if (field !== undefined) offer(at, field, reasonOf(values, kind, what));
    }
  }
  const addresses = header.findIndex((_, at) => (columns[at] ?? guesses.get(at)?.field) === "userPrincipalName");
  const unsaid = open.filter(({ at }) => !guesses.has(at));
  for (const { at, field, reason } of guessNames(valuesOf(sampleRows, addresses), unsaid, free))
    offer(at, field, reason);
  return [...guesses].sort(([one], [other]) => one - other).map(([, guess]) => guess);
}

const offered: FieldName[] = [
  "userPrincipalName",
  "otherMail",
  "mobilePhone",
  "businessPhone",
  "country",
  "usageLocation",
  "licenses",
  "objectId",
  "accountEnabled",
  "givenName",
  "surname",
  "displayName",
];

const kinds: { what: string; kind: ValueKind; fields: (values: string[]) => FieldName[] }[] = [
  { what: "e-mail addresses", kind: isAddress, fields: addressFields },
  { what: "GUIDs", kind: isObjectId, fields: () => ["objectId"] },
  { what: "names of products", kind: isLicense, fields: () => ["licenses"] },
  { what: "phone numbers", kind: isPhone, fields: phoneFields },
  { what: "yes or no", kind: isSwitch, fields: switchFields },
  { what: "countries", kind: isCountry, fields: countryFields },
];

/** Usernames are each another's; a column that repeats its addresses holds managers or departments. */
function addressFields(values: string[]): FieldName[] {
  return differentShare(values) > 0.9 ? ["userPrincipalName", "otherMail"] : [];
}

function phoneFields(values: string[]): FieldName[] {
  return shareOf(values, isMobile) > 0.5 ? ["mobilePhone", "businessPhone"] : ["businessPhone", "mobilePhone"];
}

/** `NO` is Norway as well, and `SI` Slovenia: where nothing but codes stands, they are countries. */
function switchFields(values: string[]): FieldName[] {
  return values.every((value) => value === "" || /^[A-Z]{2}$/.test(value)) ? [] : ["accountEnabled"];
}

function countryFields(values: string[]): FieldName[] {
  const codes = shareOf(values, (value) => /^[A-Z]{2}$/.test(value)) > 0.5;
  return codes ? ["usageLocation", "country"] : ["country", "usageLocation"];
}

function differentShare(values: string[]): number {
  const filled = values.filter((value) => value !== "").map((value) => value.toLowerCase());
  return filled.length === 0 ? 0 : new Set(filled).size / filled.length;
}

function guessShift(header: string[], columns: (FieldName | null)[], rows: string[][], shift: number): ColumnGuess[] {
  const fields = shiftedColumns(header, shift, columns.length);
  return header.flatMap((column, at): ColumnGuess[] => {
    const field = fields[at] ?? null;
    if (field === null || field === columns[at] || field === "password") return [];
    const side = shift > 0 ? "left" : "right";
    const reason = `The header seems to be out of step with its rows by ${Math.abs(shift)}: ${fieldLabel(field)} stands to the ${side} of its values.`;
    return [{ column, field, reason, samples: samplesOf(rows, at) }];
  });
}

function reasonOf(values: string[], kind: ValueKind, what: string): string {
  const filled = values.filter((value) => value !== "");
  return `${filled.filter(kind).length} of ${filled.length} values are ${what}.`;
}

function samplesOf(rows: string[][], at: number): string[] {
  const different = new Set(valuesOf(rows, at).filter((value) => value !== ""));
  return [...different].slice(0, 3).map((value) => Array.from(value).slice(0, 80).join(""));
}
