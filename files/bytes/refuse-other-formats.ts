import { Problem } from "../../contract/problem.ts";

const signatures: [bytes: string, looksLike: string][] = [
  ["25504446", "a PDF document"],
  ["89504e470d0a1a0a", "a PNG image"],
  ["ffd8ff", "a JPEG image"],
  ["47494638", "a GIF image"],
  ["1f8b", "a gzip archive"],
  ["377abcaf271c", "a 7-Zip archive"],
  ["526172211a07", "a RAR archive"],
  ["7f454c46", "a program"],
  ["7b5c727466", "a rich text document (.rtf)"],
  ["53514c69746520666f726d6174", "a SQLite database"],
];

/**
 * Refuses a file whose first block shows that it is no spreadsheet, saying what it looks like.
 * @throws Problem upload_not_text
 */
export function refuseBinary(head: Buffer): void {
  const looksLike = knownFormat(head);
  if (looksLike !== null) throw notText(looksLike);
}

/**
 * Refuses decoded text that is no table: JSON, a web page, or binary that has no known signature.
 * @throws Problem upload_json, upload_not_text
 */
export function refuseOtherText(head: string): void {
  const start = head.trimStart().slice(0, 1000);
  if (/^(?:\{\s*["}]|\[\s*(?:[{"\]\d[-]|true|false|null))/.test(start)) {
    throw new Problem(
      "upload_json",
      `The file begins with ${start[0] === "{" ? "{" : "["} and looks like JSON; a CSV file with a header row was looked for. Send JSON rows to the batches address instead, or save the list as CSV.`,
    );
  }
  if (/^<(?:!doctype|html|\?xml|table|workbook)/i.test(start)) throw notText("a web page or XML document");
  if (countControls(head) > head.length / 20) throw notText("binary data");
}

function knownFormat(head: Buffer): string | null {
  const hex = head.subarray(0, 16).toString("hex");
  return signatures.find(([bytes]) => hex.startsWith(bytes))?.[1] ?? null;
}

/** The refusal of a file that `looksLike` something else than a spreadsheet. */
export function notText(looksLike: string): Problem {
  return new Problem(
    "upload_not_text",
    `The file looks like ${looksLike}; an Excel workbook (.xlsx) or a CSV file was looked for. Open the list in your spreadsheet program, save it as "Excel Workbook (.xlsx)" or "CSV UTF-8" and send that file.`,
  );
}

/** Control characters, and what is left of bytes that are no text. */
function countControls(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 9 || (code > 13 && code < 32) || code === 0xfffd) count++;
  }
  return count;
}
