import { expect, test } from "vitest";
import { exitCode, isRight, type Run } from "./exit-code.ts";
import type { Fault } from "./fault.ts";
import type { Cell } from "./run-fault.ts";

const fault: Fault = { name: "struck", does: "nothing", strike: async () => {} };
const right: Cell = { fault, home: "redis", rows: 4, lost: 0, doubled: 0, wrong: [], recoveryMs: 10_000 };

function codeOf(run: Partial<Run>): { code: 0 | 1; told: string } {
  const told: string[] = [];
  const code = exitCode(
    { cells: [right], broken: [], leftOut: [], allowSkips: false, ...run },
    (line) => void told.push(line),
  );
  return { code, told: told.join("") };
}

test.each<[string, Partial<Cell>]>([
  ["a row is lost", { lost: 1 }],
  ["one is doubled", { doubled: 1 }],
  ["something else is wrong", { wrong: ["seats"] }],
  ["rows went on too late", { recoveryMs: 10_001 }],
  ["rows went on too late for a fault with a limit of its own", { fault: { ...fault, limitMs: 500 }, recoveryMs: 501 }],
])("a run in which %s ends with 1 and names the fault", (_what, wrong) => {
  const cell = { ...right, ...wrong };
  expect(isRight(cell)).toBe(false);
  expect(codeOf({ cells: [right, cell, right] })).toEqual({ code: 1, told: "missed: struck, queue in redis\n" });
});

test("a run ends with 0 where all is right, each fault by its own limit", () => {
  const slow = { ...right, fault: { ...fault, limitMs: 30_000 }, recoveryMs: 30_000 };
  expect([right, slow].map(isRight)).toEqual([true, true]);
  expect(codeOf({ cells: [right, slow] })).toEqual({ code: 0, told: "" });
});

test("a run ends with 1 where a fault broke off, none struck, or one was left out without leave", () => {
  expect(codeOf({ broken: ["struck: Error"] })).toEqual({ code: 1, told: "missed: struck: Error\n" });
  expect(codeOf({ cells: [], leftOut: ["all"], allowSkips: true }).code).toBe(1);
  expect(codeOf({ leftOut: ["one"] }).code).toBe(1);
  expect(codeOf({ leftOut: ["one"], allowSkips: true }).code).toBe(0);
});
