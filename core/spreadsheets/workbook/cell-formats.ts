import type { Zip } from "./open-zip.ts";
import { readFormat, type CellFormat } from "./read-format.ts";
import { scanXml } from "./scan-xml.ts";

const maxStyleBytes = 32_000_000;

/**
 * The number format of each cell style, by its number.
 * @throws Problem workbook_broken, workbook_too_large
 */
export async function readFormats(zip: Zip, part: string | null): Promise<CellFormat[]> {
  const codes = new Map<number, string>();
  const styles: number[] = [];
  if (part === null || !zip.has(part)) return [];
  // Differential formats have number formats too, which are none of a cell's own.
  let inside: string | null = null;
  const scanner = scanXml(part, {
    open(name, attributes) {
      if (name === "numFmts" || name === "cellXfs") inside = name;
      else if (inside === "numFmts" && name === "numFmt") {
        codes.set(Number(attributes["numFmtId"]), attributes["formatCode"] ?? "");
      } else if (inside === "cellXfs" && name === "xf") styles.push(Number(attributes["numFmtId"] ?? 0));
    },
    close(name) {
      if (name === inside) inside = null;
    },
    text: () => undefined,
  });
  for await (const bytes of zip.read(part, maxStyleBytes)) scanner.push(bytes);
  scanner.end();
  const known = new Map<number, CellFormat>();
  return styles.map((id) => {
    let format = known.get(id);
    if (format === undefined) known.set(id, (format = readFormat(id, codes.get(id))));
    return format;
  });
}
