import { quoteValue, type CauseCode } from "../../contract/codes.ts";
import { fieldLabel } from "../../contract/fields.ts";
import { toAscii } from "../text/to-ascii.ts";
import type { UpnPattern } from "./upn-pattern.ts";

/** What a username is built of. `country` is the alpha-2 code of the usage location, or null. */
export type NamedPerson = {
  givenName: string | undefined;
  surname: string | undefined;
  displayName: string | undefined;
  country: string | null;
};

/** The part before the @, or why there is none: a code, the field, and the rest of a sentence that began with row and column. */
export type BuiltUpn =
  | { local: string }
  | { code: CauseCode; field: "givenName" | "surname" | "displayName" | "userPrincipalName"; said: string };

// Domain notes, section 4.
const longestLocal = 64;

/**
 * Builds the part before the @ of a user principal name by `pattern`, in small letters of ASCII. A row that lacks one of
 * the names gets a cause and never a half name.
 */
export function buildUpn(pattern: UpnPattern, person: NamedPerson): BuiltUpn {
  let local = "";
  for (const part of pattern) {
    if (typeof part === "string") {
      local += part;
      continue;
    }
    const { field, initial } = part;
    const name = person[field] ?? "";
    if (name === "") {
      return {
        code: "required_missing",
        field,
        said: `the ${fieldLabel(field).toLowerCase()} is missing, and the username is built of it. Fill it in, or give a username.`,
      };
    }
    const written = toAscii(name, person.country);
    if (written === "") {
      return {
        code: "upn_invalid",
        field,
        said: `${quoteValue(name)} has no letters that a username can be built of. Give a username.`,
      };
    }
    local += initial ? written[0]! : written;
  }
  if (local.length <= longestLocal) return { local };
  return {
    code: "upn_invalid",
    field: "userPrincipalName",
    said: `the username ${quoteValue(local)} that was built has ${local.length} characters before the @; ${longestLocal} is the most. Give a username.`,
  };
}

/**
 * The part before the @ with `n` appended, for a name that is taken: `ana.silva2`; behind a digit `agent7-2`, so that 7
 * and 72 stay apart. As much of its end is cut as 64 characters ask for.
 */
export function numbered(local: string, n: number): string {
  const end = /\d$/.test(local) ? `-${n}` : `${n}`;
  return local.slice(0, longestLocal - end.length) + end;
}
