import Papa from "papaparse";

/** What a browser sees of a file before it is sent: a header and the rows under it; a workbook, or nothing, where it cannot tell. */
export type FirstRows = { kind: "rows"; header: string[]; rows: string[][] } | { kind: "workbook" } | { kind: "none" };

/** Rows that are shown, and bytes that are looked at for them. */
const mostRows = 20;
const mostBytes = 256 * 1024;

/** Reads the first rows of a CSV file in the browser, from its first bytes only. The server reads the whole with more care. */
export async function readFirstRows(file: Blob): Promise<FirstRows> {
  const bytes = new Uint8Array(await file.slice(0, mostBytes).arrayBuffer());
  // "PK" and the old compound files: a workbook.
  if ((bytes[0] === 0x50 && bytes[1] === 0x4b) || (bytes[0] === 0xd0 && bytes[1] === 0xcf)) return { kind: "workbook" };
  const lines = readLines(decode(bytes), bytes.byteLength < file.size);
  const [header, ...rows] = lines.filter((line, at) => at > 0 || !isVersionLine(line)).slice(0, mostRows + 1);
  return header === undefined ? { kind: "none" } : { kind: "rows", header, rows };
}

function readLines(text: string, isCut: boolean): string[][] {
  const { data } = Papa.parse<string[]>(text, { preview: mostRows + 2, skipEmptyLines: "greedy" });
  // The last line of the bytes that were looked at may be half a line.
  return isCut && data.length < mostRows + 2 ? data.slice(0, -1) : data;
}

/** Entra ID's templates say `version:v1.0` above their header. */
function isVersionLine(line: string[]): boolean {
  return line[0]?.trim().toLowerCase().startsWith("version:") === true;
}

function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    // `stream` waits for the rest of a character that the last byte cuts.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
