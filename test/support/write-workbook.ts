import { writeZip, type ZipPart } from "./write-zip.ts";

/** A cell as a test wants it: a text, a number in a format, or the XML of the cell's inside with its attributes. */
export type Cell =
  | string
  | number
  | boolean
  | null
  | { number: number | string; format: string | number }
  | { t?: string; xml: string };

export type Row = Cell[] | { cells: Cell[]; hidden?: boolean };

export type SheetSpec = { name: string; rows: Row[]; state?: "visible" | "hidden" | "veryHidden"; merged?: string[] };

export type WorkbookSpec = {
  /** How texts are written: apart from the cells, as Excel does, or in them. Apart unless told. */
  texts?: "shared" | "inline";
  date1904?: boolean;
  /** Parts that take the place of those of the same name, or stand beside them. */
  parts?: ZipPart[];
};

const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packaged = "http://schemas.openxmlformats.org/package/2006";
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Writes a workbook as Excel lays it out, with everything in it that a test wants to be awkward. */
export function writeWorkbook(sheets: SheetSpec[], spec: WorkbookSpec = {}): Buffer {
  const replaced = new Map((spec.parts ?? []).map((part) => [part.name, part]));
  const parts = workbookParts(sheets, spec).filter(({ name }) => !replaced.has(name));
  return writeZip([...parts, ...replaced.values()]);
}

/** Writes a workbook of one sheet. */
export function writeSheet(rows: Row[], spec: WorkbookSpec = {}): Buffer {
  return writeWorkbook([{ name: "Sheet1", rows }], spec);
}

/** The parts of a workbook, for a test that spoils one. */
export function workbookParts(
  sheets: SheetSpec[],
  { texts = "shared", date1904 = false }: WorkbookSpec = {},
): ZipPart[] {
  const shared = new Map<string, number>();
  const formats = new Map<string | number, number>();
  const sheetParts = sheets.map((sheet, at) => ({
    name: `xl/worksheets/sheet${at + 1}.xml`,
    content: sheetXml(sheet, (cell) => cellXml(cell, texts, shared, formats)),
  }));
  return [
    {
      name: "[Content_Types].xml",
      content: `${head}<Types xmlns="${packaged}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    },
    { name: "_rels/.rels", content: relations([["rId1", "officeDocument", "xl/workbook.xml"]]) },
    {
      name: "xl/workbook.xml",
      content: `${head}<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr date1904="${date1904 ? 1 : 0}"/><sheets>${sheets
        .map(
          ({ name, state = "visible" }, at) =>
            `<sheet name="${escapeText(name).replaceAll('"', "&quot;")}" sheetId="${at + 1}" state="${state}" r:id="rId${at + 1}"/>`,
        )
        .join("")}</sheets></workbook>`,
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      content: relations([
        ...sheets.map((_, at): [string, string, string] => [
          `rId${at + 1}`,
          "worksheet",
          `worksheets/sheet${at + 1}.xml`,
        ]),
        ["rIdStrings", "sharedStrings", "/xl/sharedStrings.xml"],
        ["rIdStyles", "styles", "styles.xml"],
      ]),
    },
    { name: "xl/styles.xml", content: stylesXml([...formats.keys()]) },
    {
      name: "xl/sharedStrings.xml",
      content: `${head}<sst xmlns="${main}">${[...shared.keys()].map((text) => `<si>${textXml(text)}</si>`).join("")}</sst>`,
    },
    ...sheetParts,
  ];
}

function sheetXml(
  { rows, merged = [] }: SheetSpec,
  write: (cell: Cell) => { attributes: string; inside: string } | null,
): string {
  const lines = rows.map((row, at) => {
    const { cells, hidden = false } = Array.isArray(row) ? { cells: row } : row;
    const written = cells.map((cell, column) => {
      const parts = write(cell);
      return parts === null ? "" : `<c r="${columnName(column)}${at + 1}"${parts.attributes}>${parts.inside}</c>`;
    });
    return `<row r="${at + 1}"${hidden ? ' hidden="1"' : ""}>${written.join("")}</row>`;
  });
  const areas = merged.map((area) => `<mergeCell ref="${area}"/>`).join("");
  return `${head}<worksheet xmlns="${main}"><sheetData>${lines.join("")}</sheetData>${areas === "" ? "" : `<mergeCells>${areas}</mergeCells>`}</worksheet>`;
}

function cellXml(
  cell: Cell,
  texts: "shared" | "inline",
  shared: Map<string, number>,
  formats: Map<string | number, number>,
): { attributes: string; inside: string } | null {
  if (cell === null || cell === "") return null;
  if (typeof cell === "string") {
    if (texts === "inline") return { attributes: ' t="inlineStr"', inside: `<is>${textXml(cell)}</is>` };
    return { attributes: ' t="s"', inside: `<v>${numberOf(shared, cell)}</v>` };
  }
  if (typeof cell === "number") return { attributes: "", inside: `<v>${cell}</v>` };
  if (typeof cell === "boolean") return { attributes: ' t="b"', inside: `<v>${cell ? 1 : 0}</v>` };
  if ("xml" in cell) return { attributes: cell.t === undefined ? "" : ` t="${cell.t}"`, inside: cell.xml };
  return { attributes: ` s="${numberOf(formats, cell.format) + 1}"`, inside: `<v>${cell.number}</v>` };
}

/** `text` as it stands in XML, with `_x000D_` for characters that have no place there. */
export function escapeText(text: string): string {
  return text
    .replace(/_(?=x[\dA-Fa-f]{4}_)/g, "_x005F_")
    .replace(/[\p{Cc}\uFFFE\uFFFF]/gu, (one) => (one === "\t" || one === "\n" ? one : escaped(one)))
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

function escaped(character: string): string {
  return `_x${character.charCodeAt(0).toString(16).padStart(4, "0")}_`;
}

function textXml(text: string): string {
  return `<t xml:space="preserve">${escapeText(text)}</t>`;
}

/** Style 0 is plain; each format, a code or the number of a built-in one, has the style after it. */
function stylesXml(formats: (string | number)[]): string {
  const codes = formats.map((format, at) =>
    typeof format === "number"
      ? ""
      : `<numFmt numFmtId="${164 + at}" formatCode="${escapeText(format).replaceAll('"', "&quot;")}"/>`,
  );
  const styles = formats.map((format, at) => `<xf numFmtId="${typeof format === "number" ? format : 164 + at}"/>`);
  return `${head}<styleSheet xmlns="${main}"><numFmts>${codes.join("")}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${styles.join("")}</cellXfs><dxfs><dxf><numFmt numFmtId="164" formatCode="yyyy"/></dxf></dxfs></styleSheet>`;
}

function relations(targets: [id: string, type: string, target: string][]): string {
  const all = targets.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`,
  );
  return `${head}<Relationships xmlns="${packaged}/relationships">${all.join("")}</Relationships>`;
}

function numberOf<Key>(numbers: Map<Key, number>, key: Key): number {
  const known = numbers.get(key);
  if (known === undefined) numbers.set(key, numbers.size);
  return known ?? numbers.size - 1;
}

function columnName(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : columnName(Math.floor(column / 26) - 1) + last;
}
