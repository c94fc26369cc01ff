import { Problem } from "../contract/problem.ts";

/** Packs the place where a page ended into an opaque cursor. */
export function packCursor(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** The place in a cursor of `length` parts, or null where there is no cursor. @throws Problem body_invalid. */
export function unpackCursor(cursor: string | undefined, length: number): (string | number)[] | null {
  if (cursor === undefined) return null;
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (Array.isArray(place) && place.length === length) return place as (string | number)[];
  } catch {
    // Falls through to the refusal.
  }
  throw new Problem("body_invalid", "The cursor is not one of ours. Start again without it.", {
    errors: [{ column: "cursor", message: "Use the value of `next` of the page before, unchanged." }],
  });
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
