import { quoteValue } from "../../../contract/codes.ts";
import { Problem } from "../../../contract/problem.ts";
import type { ProblemError } from "../../../contract/problem-document.ts";
import { byteBlocks } from "../../../files/bytes/byte-blocks.ts";
import { decodeText } from "../../../files/bytes/decode-text.ts";
import { makeCsvParser } from "../../../files/csv/parse-csv.ts";
import { collectCatalog, columns, type ReadCatalog } from "./collect-catalog.ts";

const blockBytes = 65_536;
/** The published table has some 6,000 rows. */
const mostRows = 100_000;
const longestCell = 4_096;

/**
 * Reads the vendor's table while it arrives: columns in any order and others beside them, separated by comma, semicolon or tab.
 * A row whose GUIDs are none is left out and told.
 * @throws Problem catalog_unrecognised, too_many_rows, cell_too_long, upload_truncated, encoding_undecodable
 */
export async function readCatalog(bytes: AsyncIterable<Uint8Array>): Promise<ReadCatalog> {
  const { catalog, take } = collectCatalog();
  let places: number[] | null = null;
  let rowNo = 0;
  for await (const cells of catalogRows(bytes)) {
    if (cells.every((cell) => clean(cell) === "")) continue;
    if (places === null) {
      places = placesIn(cells);
      continue;
    }
    rowNo += 1;
    if (rowNo > mostRows) throw new Problem("too_many_rows", `A catalogue has ${mostRows} rows at most.`);
    take(
      rowNo,
      places.map((place) => clean(cells[place] ?? "")),
    );
  }
  if (places === null) throw unrecognised("the file is empty");
  if (catalog.products.size === 0) throw unrecognised(`no row names a product, of ${rowNo}`, catalog.errors);
  return catalog;
}

/** The rows of the file; the separator is the first that stands in its first line. */
async function* catalogRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  const { pieces } = decodeText(byteBlocks(bytes, blockBytes));
  let parser: ReturnType<typeof makeCsvParser> | null = null;
  for await (const piece of pieces) {
    // A mark in front that is not ASCII makes the first piece an empty one.
    if (piece === "") continue;
    parser ??= makeCsvParser(/[,;\t]/.exec(piece)?.[0] ?? ",");
    yield* parser.push(piece);
    const { column, text } = parser.open();
    if (text.length > longestCell * 2) {
      throw new Problem("cell_too_long", `A cell of column ${column + 1} is longer than ${longestCell} characters.`);
    }
  }
  if (parser === null) return;
  if (parser.open().quoted) throw new Problem("upload_truncated", "The file ends within quotes; send all of it.");
  yield* parser.end();
}

function placesIn(header: string[]): number[] {
  const found = header.map((cell) => clean(cell).toLowerCase().replaceAll(" ", "_"));
  const places = columns.map((column) => found.indexOf(column.toLowerCase()));
  const missing = columns.filter((_, at) => places[at] === -1);
  if (missing.length === 0) return places;
  const first = header.slice(0, 6).map((cell) => quoteValue(clean(cell)));
  throw unrecognised(`the columns ${missing.join(", ")} are missing; the first row is ${first.join(", ")}`);
}

function unrecognised(found: string, errors: ProblemError[] = []): Problem {
  const detail = `Looked for Microsoft's CSV "Product names and service plan identifiers for licensing" with the columns ${columns.join(", ")}, but ${found}. Download it from Microsoft's page of that name and send it unchanged.`;
  return new Problem("catalog_unrecognised", detail, { errors });
}

/** The published file has blanks of all kinds around values, and a second byte order mark in front. */
function clean(cell: string): string {
  return cell.replaceAll(/[\u00A0\uFEFF]/g, " ").trim();
}
