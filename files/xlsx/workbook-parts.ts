import { posix } from "node:path";
import type { Zip } from "./open-zip.ts";
import { scanXml, type Attribute } from "./scan-xml.ts";
import { broken } from "./workbook-problems.ts";

/** A sheet of cells: charts and macro sheets are none. */
export type WorkbookSheet = { name: string; part: string; hidden: boolean };

/** Where the parts of a workbook lie, and what is said of all its sheets. */
export type WorkbookParts = {
  sheets: WorkbookSheet[];
  sharedStrings: string | null;
  styles: string | null;
  /** Days are counted from 1904 on, as Excel for Mac once did. */
  date1904: boolean;
};

type Relation = { id: string; type: string; part: string };

const maxPartBytes = 16_000_000;
const mostSheets = 10_000;
const mostRelations = 20_000;

/** Reads what a workbook consists of. @throws Problem workbook_broken, workbook_too_large */
export async function readParts(zip: Zip): Promise<WorkbookParts> {
  const start = zip.has("_rels/.rels") ? await readRelations(zip, "") : [];
  const workbook = start.find(({ type }) => type === "officeDocument")?.part ?? "xl/workbook.xml";
  const relations = await readRelations(zip, workbook);
  const parts = new Map(relations.filter(({ type }) => type === "worksheet").map(({ id, part }) => [id, part]));
  const sheets: WorkbookSheet[] = [];
  let date1904 = false;
  await scanPart(zip, workbook, (name, attribute) => {
    if (name === "workbookPr") date1904 = /^(?:1|true|on)$/.test(attribute("date1904") ?? "");
    if (name !== "sheet") return;
    const part = parts.get(attribute(":id") ?? "");
    const state = attribute("state") ?? "visible";
    if (part === undefined) return;
    sheets.push({
      name: (attribute("name") ?? "").slice(0, 1000),
      part,
      hidden: /^(?:hidden|veryHidden)$/.test(state),
    });
    if (sheets.length > mostSheets) throw broken(`it names more than ${mostSheets} sheets`);
  });
  if (sheets.length === 0) throw broken("it names no sheet");
  const find = (wanted: string) => relations.find(({ type }) => type === wanted)?.part ?? null;
  return { sheets, sharedStrings: find("sharedStrings"), styles: find("styles"), date1904 };
}

/** What the part `source`, "" for the archive, refers to. Types differ in front between the two kinds of OOXML. */
async function readRelations(zip: Zip, source: string): Promise<Relation[]> {
  const folder = posix.dirname(source);
  const relations: Relation[] = [];
  const part = posix.join(folder, "_rels", `${posix.basename(source)}.rels`);
  await scanPart(zip, part, (name, attribute) => {
    if (name !== "Relationship" || attribute("TargetMode") === "External") return;
    const [id = "", type = "", target = ""] = ["Id", "Type", "Target"].map(attribute);
    if (relations.length === mostRelations) throw broken(`its part ${part} refers to more than ${mostRelations} parts`);
    relations.push({ id, type: posix.basename(type), part: posix.join("/", folder, target).slice(1) });
    if (target.startsWith("/")) relations.at(-1)!.part = target.slice(1);
  });
  return relations;
}

async function scanPart(zip: Zip, part: string, open: (name: string, attribute: Attribute) => void): Promise<void> {
  const scanner = scanXml(part, { open, close: () => undefined, text: () => undefined });
  for await (const bytes of zip.read(part, maxPartBytes)) scanner.push(bytes);
  scanner.end();
}
