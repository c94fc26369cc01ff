import { Problem } from "../contract/problem.ts";

/** Packs the place where a page ended into an opaque cursor. */
function packCursor(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** What may stand in one part of a place, so that a cursor of another list or order is refused and not looked for. */
export type CursorPart = keyof typeof partChecks;

const largestInteger = 2 ** 31 - 1;

const partChecks = {
  number: (part: unknown) => Number.isInteger(part) && Number(part) >= 0 && Number(part) <= largestInteger,
  serial: (part: unknown) => Number.isSafeInteger(part) && Number(part) >= 0,
  text: (part: unknown) => typeof part === "string" && !part.includes("\0"),
  time: (part: unknown) =>
    typeof part === "string" && /^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?[+-][\d:]{2,8}$/.test(part),
  id: (part: unknown) => typeof part === "string" && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(part),
};

/** The place in a cursor made of `parts`, or null where there is no cursor. @throws Problem body_invalid. */
export function unpackCursor(cursor: string | undefined, parts: readonly CursorPart[]): (string | number)[] | null {
  if (cursor === undefined) return null;
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    const fits = Array.isArray(place) && place.length === parts.length;
    if (fits && parts.every((part, at) => partChecks[part](place[at]))) return place as (string | number)[];
  } catch {
    // Falls through to the refusal.
  }
  throw new Problem(
    "body_invalid",
    "The cursor is not one of ours, or of a list in another order. Start again without it.",
    {
      errors: [{ column: "cursor", message: "Use the value of `next` of the page before, unchanged." }],
    },
  );
}

/** Cuts a list read with one item too many down to its page, with the cursor of the next. */
export function cutPage<Item>(
  items: Item[],
  limit: number,
  place: (last: Item) => (string | number)[],
): { items: Item[]; next: string | null } {
  const page = items.slice(0, limit);
  const last = page.at(-1);
  return { items: page, next: items.length > limit && last !== undefined ? packCursor(place(last)) : null };
}
