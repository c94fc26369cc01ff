import { cellText, type CellReading } from "./cell-text.ts";
import { longestEscape, makeRichText } from "./rich-text.ts";
import { scanXml, type Attribute, type XmlScanner } from "./scan-xml.ts";
import { broken } from "./workbook-problems.ts";

/** What a sheet has that its rows do not show. */
export type SheetTally = {
  /** Rows with a value that Excel hides, by a filter or by hand, and the numbers of the first ones. */
  hiddenRows: number;
  firstHidden: number[];
  /** Areas of merged cells, and the first ones. */
  merged: number;
  firstMerged: string[];
  /** Formulas that nobody worked out: a program wrote the file and no spreadsheet program ever saved it. */
  unworked: number;
};

/** A parser of a sheet; whole rows gather in `rows`, which its caller empties. Rows without a value are left out. */
export type SheetScanner = XmlScanner & { rows: string[][]; tally: SheetTally };

// Columns A to XFD.
const mostColumns = 16_384;
const shownPlaces = 5;

/** How much of a sheet is kept; what is beyond is there only so far that its reader sees that it is. */
export type SheetLimits = { maxColumns: number; maxCellLength: number };

/**
 * Makes a parser of the sheet in `part`. Cells longer than `maxCellLength` are cut one character behind it, and cells
 * to the right of `maxColumns` stand one column behind it: a row to XFD takes 130 kB, and 40 bytes of XML write one.
 * @throws Problem workbook_broken, from push and end
 */
export function scanSheet(
  part: string,
  reading: CellReading,
  { maxColumns, maxCellLength }: SheetLimits,
): SheetScanner {
  const rows: string[][] = [];
  const tally: SheetTally = { hiddenRows: 0, firstHidden: [], merged: 0, firstMerged: [], unworked: 0 };
  const inline = makeRichText(maxCellLength);
  let rowNo = 0;
  let hidden = false;
  let cells: string[] = [];
  let column = -1;
  let type: string | undefined;
  let style: string | undefined;
  let value = "";
  let inValue = false;
  let inInline = false;
  let hasFormula = false;
  let hasValue = false;

  function open(name: string, attribute: Attribute): void {
    if (inInline) inline.open(name);
    else if (name === "c") {
      const place = attribute("r");
      column = place === undefined ? column + 1 : columnOf(place, part);
      type = attribute("t");
      style = attribute("s");
      value = "";
      hasFormula = hasValue = false;
    } else if (name === "v") inValue = hasValue = true;
    else if (name === "f") hasFormula = true;
    else if (name === "is") inInline = true;
    else if (name === "row") {
      rowNo = Number(attribute("r") ?? rowNo + 1);
      hidden = /^(?:1|true|on)$/.test(attribute("hidden") ?? "");
      cells = [];
      column = -1;
    } else if (name === "mergeCell") {
      if (tally.merged++ < shownPlaces) tally.firstMerged.push((attribute("ref") ?? "").slice(0, 40));
    }
  }

  function close(name: string): void {
    if (name === "is") {
      inInline = false;
      value = inline.take();
    } else if (inInline) inline.close(name);
    else if (name === "v") inValue = false;
    else if (name === "c") endCell();
    else if (name === "row") endRow();
  }

  function endCell(): void {
    if (hasFormula && !hasValue) tally.unworked++;
    const shown = type === "inlineStr" ? value : cellText(reading, type, style, value);
    if (shown === "") return;
    if (column >= mostColumns) throw broken(`its part ${part} has a cell in column ${column + 1}`);
    const at = Math.min(column, maxColumns);
    while (cells.length < at) cells.push("");
    cells[at] = shown.length > maxCellLength ? shown.slice(0, maxCellLength + 1) : shown;
  }

  function endRow(): void {
    if (cells.length === 0) return;
    rows.push(cells);
    cells = [];
    if (hidden && tally.hiddenRows++ < shownPlaces) tally.firstHidden.push(rowNo);
  }

  function text(more: string): void {
    if (inValue && value.length <= maxCellLength * longestEscape) value += more;
    else if (inInline) inline.text(more);
  }

  return { ...scanXml(part, { open, close, text }), rows, tally };
}

/** The column of a reference such as `AB12`, from 0. */
function columnOf(reference: string, part: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at++) {
    const code = reference.charCodeAt(at) | 32;
    if (code < 97 || code > 122) break;
    column = column * 26 + (code - 96);
  }
  if (column < 1 || column > mostColumns) throw broken(`its part ${part} has a cell at ${reference.slice(0, 20)}`);
  return column - 1;
}
