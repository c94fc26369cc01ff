import type { Selection } from "../../contract/user-changes.ts";

/** A short name for a selection, the same for the same users, by which a half-filled form about them is found again. */
export function selectKey(select: Selection): string {
  if ("userIds" in select && select.userIds.length === 1) return String(select.userIds[0]);
  let sum = 5381;
  for (const letter of JSON.stringify(select)) sum = (Math.imul(sum, 33) ^ letter.charCodeAt(0)) >>> 0;
  return sum.toString(36);
}
