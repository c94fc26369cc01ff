import { findProduct } from "../../licensing/products.ts";
import { findCountry } from "./find-country.ts";
import { readSwitch } from "./read-switch.ts";

/** A kind of value that shows by itself what it is, without a header. */
export type ValueKind = (value: string) => boolean;

const guid = /^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/i;
const date = /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:[T ].*)?$/;

/** `jdoe@contoso.example`; the domain may be a placeholder. */
export const isAddress: ValueKind = (value) => /^[^\s@]+@[^@]*[^\s@]$/.test(value);

/** Seven to fifteen digits that begin as phone numbers do or are written in groups, and are no date. */
export const isPhone: ValueKind = (value) => {
  if (!/^[+(0-9][0-9\s()./\u2011-]*(?:(?:x|ext\.?)\s*\d+)?$/i.test(value) || date.test(value)) return false;
  const digits = value.replace(/\D/g, "").length;
  return digits >= 7 && digits <= 17 && (/^[+(0]/.test(value) || /\d[ ()./\u2011-]+\d/.test(value));
};

/** The beginnings of mobile numbers in countries that have their own for them. */
export const isMobile: ValueKind = (value) =>
  /^(?:(?:\+|00)(?:49 ?\(?0?\)?1[5-7]|33 ?\(?0?\)?[67]|44 ?\(?0?\)?7|31 ?\(?0?\)?6|34 ?[67]|39 ?3|86 ?1|81 ?\(?0?\)?[789]0)|01[5-7]|0[67]|07|1[3-9]\d{9}$)/.test(
    value.replace(/[-./]/g, " "),
  );

/** A country's name, or its code in capital letters. */
export const isCountry: ValueKind = (value) =>
  (value.length > 2 || /^[A-Z]{2}$/.test(value) || /[^\p{ASCII}]/u.test(value)) && findCountry(value) !== undefined;

/** A word for yes or no; digits are numbers. */
export const isSwitch: ValueKind = (value) => !/^\d/.test(value) && readSwitch(value) !== null;

/** One or several part numbers, names or GUIDs of products. */
export const isLicense: ValueKind = (value) =>
  value.split(/[;+,|\n]/).every((part) => {
    const name = part.trim();
    return /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(name) || (name !== "" && findProduct(name) !== undefined);
  });

/** A GUID that names no product. */
export const isObjectId: ValueKind = (value) => guid.test(value) && findProduct(value) === undefined;

/** A day, in figures. */
export const isDate: ValueKind = (value) => date.test(value);

/** A word that somebody made up to be a password: long, without blanks, of small and capital letters and more; no link. */
export const isPassword: ValueKind = (value) =>
  value.length >= 8 &&
  /^[!-~]+$/.test(value) &&
  /[a-z]/.test(value) &&
  /[A-Z]/.test(value) &&
  /[^A-Za-z]/.test(value) &&
  !isAddress(value) &&
  !/^https?:\/\//i.test(value) &&
  !guid.test(value);

/** The part of the filled `values` that are of `kind`, from 0 to 1; 0 where none is filled. */
export function shareOf(values: string[], kind: ValueKind): number {
  const filled = values.filter((value) => value !== "");
  return filled.length === 0 ? 0 : filled.filter(kind).length / filled.length;
}

/** The trimmed cells of the column at `at`. */
export function valuesOf(rows: string[][], at: number): string[] {
  return rows.map((cells) => (cells[at] ?? "").trim());
}
