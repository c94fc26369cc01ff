import type { MenuPage } from "../../contract/pages.ts";

/** What the frame does at a key. */
export type FrameAct =
  | { kind: "palette" }
  | { kind: "shortcuts" }
  | { kind: "search" }
  | { kind: "go"; page: MenuPage };

/** The letter that leads to a page of the menu after a `g`. */
export const goLetters: Record<MenuPage, string> = {
  home: "h",
  customers: "c",
  batches: "b",
  people: "p",
  audit: "u",
  agents: "a",
  webhooks: "w",
  settings: "s",
};

const goMs = 1_500;

type Key = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean };

/**
 * Reads keys into acts: Ctrl or Cmd with K, `?`, `/`, and `g` with a letter within 1.5 s. While `typing` into a field only
 * the first of them counts.
 */
export function makeKeyReader(now: () => number): (key: Key, typing: boolean) => FrameAct | null {
  let goUntil = 0;
  return ({ key, ctrlKey, metaKey, altKey }, typing) => {
    if ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === "k") return { kind: "palette" };
    if (typing || ctrlKey || metaKey || altKey) return null;
    const going = now() < goUntil;
    goUntil = 0;
    if (going) {
      const found = Object.entries(goLetters).find(([, letter]) => letter === key);
      return found === undefined ? null : { kind: "go", page: found[0] as MenuPage };
    }
    if (key === "g") goUntil = now() + goMs;
    if (key === "?") return { kind: "shortcuts" };
    return key === "/" ? { kind: "search" } : null;
  };
}
