import type { FieldName } from "../../contract/fields.ts";
import { passedOver } from "../header/find-header.ts";
import { looksLikeUser } from "../header/looks-like-user.ts";
import { recogniseHeader } from "../header/recognise-header.ts";

/** How many rows of a sheet are users, how many are something else, and whether a column says who each of them is. */
export type UserCount = { users: number; others: number; identified: boolean };

const identifying: FieldName[] = [
  "userPrincipalName",
  "mailNickname",
  "objectId",
  "otherMail",
  "displayName",
  "givenName",
  "surname",
];

// Of instructions: `The name that she signs in with. Required.`
const longestName = 64;
const mostWords = 6;

/** Counts what the `rows` of a sheet are whose header seems to stand at `headerAt`. */
export function countUsers(rows: string[][], headerAt: number): UserCount {
  const columns = headerAt === -1 ? [] : recogniseHeader(rows[headerAt]!);
  const who = columns.flatMap((field, at) => (field !== null && identifying.includes(field) ? [at] : []));
  const known = columns.flatMap((field, at) => (field === null ? [] : [at]));
  const count = { users: 0, others: 0, identified: who.length > 0 };
  for (const [at, cells] of rows.entries()) {
    if (at === headerAt && known.length > 0) continue;
    if (passedOver(cells) !== null) continue;
    const isUser = known.length === 0 ? looksLikeUser(cells) : at > headerAt && reads(cells, known, who);
    if (isUser) count.users++;
    else count.others++;
  }
  if (known.length === 0) count.identified = count.users > 0;
  return count;
}

/** Whether half of what is known is filled, with something that says who it is, and nothing is a sentence. */
function reads(cells: string[], known: number[], who: number[]): boolean {
  const filled = known.filter((at) => (cells[at] ?? "").trim() !== "");
  const named = who.length === 0 || who.some((at) => filled.includes(at));
  return named && filled.length * 2 >= known.length && !who.some((at) => isSentence(cells[at] ?? ""));
}

function isSentence(cell: string): boolean {
  const value = cell.trim();
  return value.length > longestName || value.split(" ").length > mostWords;
}
