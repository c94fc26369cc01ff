import type { FieldName } from "../../../contract/fields.ts";
import { hasLines } from "../../../files/text/join-lines.ts";
import { unusedNotes } from "../../../files/columns/unused-columns.ts";
import type { Reading, RowInput } from "../../../files/rows/row-input.ts";
import { countNote } from "./count-note.ts";

/** Counts what reading did to the rows of a file beyond taking their values, so that none of it is silent. */
export type StepTally = {
  count(cells: readonly string[], input: RowInput): void;
  /** One sentence for each step that was taken, with the number of rows. */
  notes(): string[];
};

/** Makes an empty tally for the rows of one reading. */
export function tallySteps(reading: Reading): StepTally {
  const at = (field: FieldName) => reading.columns.indexOf(field);
  const [upnAt, nameAt, locationAt, licensesAt, streetAt] = [
    at("userPrincipalName"),
    at("displayName"),
    at("usageLocation"),
    at("licenses"),
    at("streetAddress"),
  ];
  let completed = 0;
  let moved = 0;
  let named = 0;
  let placed = 0;
  let licensed = 0;
  let joined = 0;
  return {
    count(cells, { values, licenses }) {
      const upn = cells[upnAt] ?? "";
      if (values.userPrincipalName !== undefined && upn.trim() !== "") {
        if (!upn.includes("@")) completed += 1;
        else if (reading.domain !== null && !upn.trim().toLowerCase().endsWith(`@${reading.domain}`)) moved += 1;
      }
      if (values.displayName !== undefined && blank(cells, nameAt)) named += 1;
      if (values.usageLocation !== undefined && blank(cells, locationAt)) placed += 1;
      if (values.streetAddress !== undefined && hasLines(cells[streetAt] ?? "")) joined += 1;
      if (reading.skus.length > 0 && licenses.length > 0 && blank(cells, licensesAt)) licensed += 1;
    },
    notes() {
      const domain = reading.domain ?? reading.defaultDomain;
      const { usageLocation } = reading;
      const from = (whose: string) => (usageLocation === null ? `${whose} country` : `the options, ${usageLocation}`);
      const to = `own domain to @${domain}, as the options ask.`;
      const got = "without licenses got those that the options name.";
      return [
        ...countNote(
          completed,
          `name without a domain was put on @${domain}.`,
          `names without a domain were put on @${domain}.`,
        ),
        ...countNote(moved, `name was moved from its ${to}`, `names were moved from their ${to}`),
        ...countNote(
          named,
          "display name was made of first and last name.",
          "display names were made of first and last name.",
        ),
        ...countNote(
          placed,
          `row without a usage location got it from ${from("its")}.`,
          `rows without a usage location got it from ${from("their")}.`,
        ),
        ...countNote(
          joined,
          "street address was put on one line, with a comma where it had line breaks.",
          "street addresses were put on one line, with a comma where they had line breaks.",
        ),
        ...unusedNotes(reading),
        ...countNote(licensed, `row ${got}`, `rows ${got}`),
      ];
    },
  };
}

function blank(cells: readonly string[], column: number): boolean {
  return (cells[column] ?? "").trim() === "";
}
