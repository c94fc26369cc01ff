import { quoteValue, type Cause, type CauseCode } from "../../contract/codes.ts";
import type { FieldName, SpecialField } from "../../contract/fields.ts";
import { cleanText, controlCharacter, isPlain } from "../text/clean-text.ts";
import { hasLines, joinLines } from "../text/join-lines.ts";
import type { ReadLicenses } from "./read-licenses.ts";
import { permissionChoices, readPermission } from "./read-permission.ts";
import { readSwitch } from "./read-switch.ts";
import type { Reading, RowInput } from "./row-input.ts";
import { layoutOf, type RowLayout } from "./row-layout.ts";
import { addProblem, damaged, tooWide } from "./row-problems.ts";

/** A row on its way through the rules: `fail` keeps what is wrong with it. */
export type RowDraft = {
  input: RowInput;
  cells: string[];
  layout: RowLayout;
  reading: Reading;
  fail: (code: CauseCode, field: FieldName, said: string) => void;
};

/** Begins a row of which nothing is read yet but whether it has too many cells. */
export function openDraft(rowNo: number, cells: string[], reading: Reading): RowDraft {
  const layout = layoutOf(reading);
  const input: RowInput = {
    rowNo,
    values: {},
    built: null,
    accountEnabled: null,
    roles: null,
    licenses: [],
    problem: cells.length > reading.columns.length ? overflow(rowNo, cells, reading.columns.length) : null,
    otherProblems: null,
  };
  return {
    input,
    cells,
    layout,
    reading,
    fail(code, field, said) {
      const label = layout.labelOf(field);
      const place = label === null ? `Row ${rowNo}` : `Row ${rowNo}, column ${quoteValue(label)}`;
      addProblem(input, { code, field, message: `${place}: ${said}` });
    },
  };
}

function overflow(rowNo: number, cells: string[], width: number): Cause | null {
  const filled = cells.findLastIndex((cell) => cell.trim() !== "") + 1;
  return filled > width ? tooWide(rowNo, cells.slice(0, filled), width) : null;
}

/** Reads the columns of plain text into the values of the row; blank ones stay absent. */
export function readTexts({ input, cells, layout, fail }: RowDraft): void {
  for (const { at, field, max, label } of layout.texts) {
    const cell = cells[at];
    if (cell === undefined || cell === "") continue;
    const text = field === "streetAddress" && hasLines(cell) ? joinLines(cell) : cell;
    const plain = isPlain(text);
    const value = plain ? text : cleanText(text);
    if (value === "") continue;
    if (!plain) {
      if (value.includes("\uFFFD")) {
        addProblem(input, damaged(input.rowNo, value, label, field));
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

/** Whether the row has nothing in the column of a field; a value that could not be read is something. */
export function isBlank({ cells, reading }: RowDraft, field: FieldName): boolean {
  return cleanText(cells[reading.columns.indexOf(field)] ?? "") === "";
}

/** The text of a column that is no text field, or "" where there is none. */
export function special({ cells, layout, fail }: RowDraft, field: SpecialField): string {
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

/** `name` with the domain that the row has in a column of its own. */
export function onOwnDomain(draft: RowDraft, name: string): string {
  const domain = name.includes("@") ? "" : special(draft, "domain").replace(/^@/, "");
  return domain === "" ? name : `${name}@${domain}`;
}

/** Reads whether sign-in is allowed, from either of the two columns that may say so. */
export function readEnabled(draft: RowDraft): void {
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

/** Reads the directory roles that the row asks for. */
export function readRoles(draft: RowDraft): void {
  const value = special(draft, "permission");
  if (value === "") return;
  const read = readPermission(value);
  if ("roles" in read) draft.input.roles = read.roles;
  else
    draft.fail(
      "permission_unknown",
      "permission",
      `${quoteValue(read.unknown)} is not a permission. Choose from ${permissionChoices()}; put ; between several.`,
    );
}

/** What is wrong with a cell of licenses: the cause, and the rest of its sentence. */
export function problemOfLicenses(
  read: Exclude<ReadLicenses, { licenses: unknown }>,
  value: string,
): { code: CauseCode; said: string } {
  if ("unknownSku" in read) {
    const said = `${quoteValue(read.unknownSku)} is not a product of the customer. Give a part number, a product name or a GUID; put ; between several.`;
    return { code: "sku_unknown", said };
  }
  if ("unknownPlan" in read) {
    const said = `${quoteValue(read.unknownPlan)} is not a service plan of ${read.product.name}. Give the plan's name or GUID.`;
    return { code: "sku_unknown", said };
  }
  if ("publisherManaged" in read) {
    const { name, publisherAddress } = read.publisherManaged;
    const said = `licenses of ${quoteValue(name)} are assigned by its publisher. Assign them at ${publisherAddress}, and leave the product out here.`;
    return { code: "managed_by_publisher", said };
  }
  return {
    code: "value_invalid",
    said: `${quoteValue(value)} is not a list of licenses. Write product names separated by ;`,
  };
}
