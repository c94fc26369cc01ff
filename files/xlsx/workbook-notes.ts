import type { ChosenSheet } from "./read-workbook-file.ts";
import type { SheetTally } from "./scan-sheet.ts";
import { listSheets, toReadAnother } from "./workbook-problems.ts";

/** What is known of a workbook apart from its rows; the tally only when they are read. */
export type Told = { sheet: ChosenSheet | null; tally: SheetTally | null };

/** What an agent may want to know of a workbook that its rows do not show, one sentence each. */
export function workbookNotes({ sheet, tally }: Told): string[] {
  const notes: string[] = [];
  if (sheet !== null && sheet.others.length + sheet.hidden.length > 0) {
    const others = sheet.others.length === 0 ? [] : [`the ${sheets(sheet.others)}`];
    const hidden = sheet.hidden.length === 0 ? [] : [`the hidden ${sheets(sheet.hidden)}`];
    notes.push(
      `The sheet ${listSheets([sheet.read])} was read and not ${[...others, ...hidden].join(" and ")}. ${toReadAnother}`,
    );
  }
  if (tally === null) return notes;
  const { hiddenRows, firstHidden, merged, firstMerged, unworked } = tally;
  if (hiddenRows > 0) {
    const which = hiddenRows > firstHidden.length ? `${firstHidden.join(", ")}, …` : firstHidden.join(", ");
    const [was, has] =
      hiddenRows === 1 ? ["1 hidden row was", "its number"] : [`${hiddenRows} hidden rows were`, "their numbers"];
    notes.push(`${was} read like the others; ${has} in Excel: ${which}.`);
  }
  if (merged > 0) {
    const which = merged > firstMerged.length ? `${firstMerged.join(", ")}, …` : firstMerged.join(", ");
    notes.push(`Of merged cells (${which}) only the first one has the value, the others are blank.`);
  }
  if (unworked > 0) {
    const formulas = unworked === 1 ? "1 formula has" : `${unworked} formulas have`;
    notes.push(`${formulas} no result and counted as blank; open the workbook in Excel and save it to work them out.`);
  }
  return notes;
}

function sheets(names: string[]): string {
  return `${names.length === 1 ? "sheet" : "sheets"} ${listSheets(names)}`;
}
