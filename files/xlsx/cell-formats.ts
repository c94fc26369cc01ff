import type { Zip } from "./open-zip.ts";
import { readFormat, type CellFormat } from "./read-format.ts";
import { scanXml } from "./scan-xml.ts";
import { broken } from "./workbook-problems.ts";

/** The number format of a cell style, by the attribute `s` of the cell. */
export type CellFormats = (style: string) => CellFormat;

const maxStyleBytes = 32_000_000;

// Excel has room for 65,490, and writes codes of up to 255 characters.
const mostStyles = 65_536;
const longestCode = 1000;

/**
 * Reads the number formats of cell styles, without working out what they mean until a cell has one.
 * @throws Problem workbook_broken, workbook_too_large
 */
export async function readFormats(zip: Zip, part: string | null): Promise<CellFormats> {
  const codes = new Map<number, string>();
  const styles: number[] = [];
  if (part === null || !zip.has(part)) return () => null;
  // Differential formats have number formats too, which are none of a cell's own.
  let inside: string | null = null;
  const scanner = scanXml(part, {
    open(name, attribute) {
      if (name === "numFmts" || name === "cellXfs") inside = name;
      else if (inside === "numFmts" && name === "numFmt") {
        codes.set(Number(attribute("numFmtId")), (attribute("formatCode") ?? "").slice(0, longestCode));
        if (codes.size > mostStyles) throw broken(`it has more than ${mostStyles} number formats`);
      } else if (inside === "cellXfs" && name === "xf") {
        if (styles.push(Number(attribute("numFmtId") ?? 0)) > mostStyles) {
          throw broken(`it has more than ${mostStyles} cell styles`);
        }
      }
    },
    close(name) {
      if (name === inside) inside = null;
    },
    text: () => undefined,
  });
  for await (const bytes of zip.read(part, maxStyleBytes)) scanner.push(bytes);
  scanner.end();
  const known = new Map<number, CellFormat>();
  return (style) => {
    const no = Number(style);
    const id = styles[no];
    if (id === undefined) return null;
    let format = known.get(no);
    if (format === undefined) known.set(no, (format = readFormat(id, codes.get(id))));
    return format;
  };
}
