import { quoteValue } from "../../contract/codes.ts";
import { Problem } from "../../contract/problem.ts";
import type { ChosenSheet } from "./read-workbook-file.ts";

/** The refusal of a workbook of which `what` is wrong. */
export function broken(what: string): Problem {
  return new Problem(
    "workbook_broken",
    `The workbook is cut off or damaged: ${what}. Send the whole file; where that is the whole, open it in your spreadsheet program, save it again as .xlsx and send that.`,
  );
}

/** The refusal of a workbook that is larger than Muster reads; `what` says how large and what is the most. */
export function workbookTooLarge(what: string): Problem {
  return new Problem(
    "workbook_too_large",
    `${what}. Remove sheets, pictures and columns that are not about users, or save the list of users as "CSV UTF-8".`,
  );
}

/** The refusal of a workbook that still was not read after `seconds` of work. */
export function tooSlow(seconds: number): Problem {
  return new Problem(
    "workbook_too_slow",
    `Reading the workbook took more than ${seconds} s, the most that is given to one. Save the list of users as "CSV UTF-8" and send that file.`,
  );
}

/** The refusal of a workbook that only a password opens. */
export function encrypted(): Problem {
  return new Problem(
    "workbook_encrypted",
    "The file is encrypted: a password or a sensitivity label locks it, and Muster cannot look inside. Open it in Excel, remove the password under File, Info, Protect Workbook, Encrypt with Password, save it and send it again.",
  );
}

/** The refusal of a workbook of the kind that Excel wrote before 2007. */
export function oldFormat(): Problem {
  return new Problem(
    "workbook_old_format",
    'The file is a workbook of the old kind (.xls, Excel 97-2003); .xlsx and CSV are what Muster reads. Open it in your spreadsheet program, save it as "Excel Workbook (.xlsx)" and send that file.',
  );
}

/** The refusal of a spreadsheet of another kind, such as "an OpenDocument spreadsheet (.ods)". */
export function otherFormat(kind: string): Problem {
  return new Problem(
    "workbook_other_format",
    `The file is ${kind}; .xlsx and CSV are what Muster reads. Open it in your spreadsheet program, save it as "Excel Workbook (.xlsx)" and send that file.`,
  );
}

/** The refusal of a workbook that has `names` and no sheet called `wanted`. */
export function sheetUnknown(wanted: string, names: string[]): Problem {
  return new Problem(
    "sheet_unknown",
    `The workbook has no sheet ${quoteValue(wanted)}; it has ${listSheets(names)}. Name one of these, or none, and the one that looks most like users is read.`,
    { sheets: names },
  );
}

/** The refusal of a workbook of which no visible sheet has a row that could be a header. */
export function noTable(visible: string[], hidden: string[]): Problem {
  const names = [...visible, ...hidden];
  const looked = visible.length === 0 ? "no visible sheet" : `none in ${listSheets(visible)}`;
  const more =
    hidden.length === 0
      ? ""
      : ` Hidden sheets are read only where they are named: if the list is ${listSheets(hidden)}, send the file again with its name as sheet.`;
  return new Problem(
    "workbook_no_table",
    `Looked for a sheet with a header row and a row for each user; found ${looked}.${more}`,
    { sheets: names.length > 1 ? names : [] },
  );
}

/** `problem` of a workbook of which `sheet` was read, and how another sheet of it is read instead. */
export function withOtherSheets(problem: Problem, { read, others, hidden }: ChosenSheet): Problem {
  const names = [...others, ...hidden];
  if (names.length === 0 || problem.sheets.length > 0) return problem;
  const { code, message, errors } = problem;
  const which = `The sheet ${listSheets([read])} was read; the workbook also has ${listSheets(names)}.`;
  return new Problem(code, `${message} ${which} ${toReadAnother}`, { errors, sheets: [read, ...names] });
}

/** What reads another sheet: the file itself is not kept. */
export const toReadAnother = "To have another sheet read, send the file again with its name as sheet.";

/** Names of sheets for a sentence: the first ten in quotes, and how many more. */
export function listSheets(names: string[]): string {
  const shown = names.slice(0, 10).map(quoteValue).join(", ");
  return names.length > 10 ? `${shown} and ${names.length - 10} more` : shown;
}
