import { beforeEach, expect, it } from "vitest";
import { menuPages } from "../../../contract/pages.ts";
import { type FrameAct, goLetters, makeKeyReader } from "../../../ui/frame/shortcuts.ts";

let now: number;
let press: (
  key: string,
  held?: Partial<Record<"ctrlKey" | "metaKey" | "altKey", true>>,
  typing?: boolean,
) => FrameAct | null;
beforeEach(() => {
  now = 0;
  const read = makeKeyReader(() => now);
  press = (key, held = {}, typing = false) =>
    read({ key, ctrlKey: false, metaKey: false, altKey: false, ...held }, typing);
});

it("g and a letter lead to each page of the menu, and no two pages share a letter", () => {
  for (const page of menuPages) {
    expect(press("g")).toBeNull();
    expect(press(goLetters[page])).toEqual({ kind: "go", page });
  }
  expect(new Set(Object.values(goLetters)).size).toBe(menuPages.length);
});

it("a letter that comes late, or after another key, leads nowhere", () => {
  press("g");
  now = 1_500;
  expect(press("b")).toBeNull();
  press("g");
  press("x");
  expect(press("b")).toBeNull();
});

it("the palette opens with Ctrl or Cmd from anywhere, the rest not while somebody types", () => {
  expect(press("k", { ctrlKey: true }, true)).toEqual({ kind: "palette" });
  expect(press("K", { metaKey: true })).toEqual({ kind: "palette" });
  expect([press("?", {}, true), press("/", {}, true), press("g", {}, true), press("b", {}, true)]).toEqual(
    Array.from({ length: 4 }, () => null),
  );
  expect([press("?"), press("/"), press("/", { ctrlKey: true })]).toEqual([
    { kind: "shortcuts" },
    { kind: "search" },
    null,
  ]);
});
