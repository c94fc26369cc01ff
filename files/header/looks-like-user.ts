import { recogniseHeader } from "./recognise-header.ts";
import { isAddress, isObjectId, isPhone } from "../rows/value-kinds.ts";

/** Whether a row is somebody's and no header: it holds what no label is, and hardly a word that is one. */
export function looksLikeUser(cells: string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  if (!filled.some((cell) => isAddress(cell) || isPhone(cell) || isObjectId(cell))) return false;
  return recogniseHeader(filled).filter((field) => field !== null).length * 2 <= filled.length;
}
