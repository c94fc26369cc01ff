import { beforeAll, expect, test, vi } from "vitest";
import type { Line } from "../bench/table.ts";
import { buildMuster } from "../support/build-muster.ts";
import { runLoad } from "./run-load.ts";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let cwd: string;

beforeAll(async () => {
  cwd = await buildMuster();
});

test("a few rows, pages meanwhile and some agents make a short load, and no agent gets an error", async () => {
  const lines: Line[] = [];
  const size = { rows: 1_000, agents: 8, rounds: 5, minutes: 0.001, workers: 1, homes: ["postgres"] } as const;

  // The others start more processes to do the like.
  await runLoad(["rows", "pages", "agents"], size, cwd, lines);

  expect(lines.find(({ what }) => what.startsWith("errors"))?.figure).toBe("0");
  const told = lines.map(({ what, figure, ratio }) => `${what} ${figure} ${ratio}`).join("\n");
  for (const what of ["results", "WAL", "api,", "worker 1,", "search", "agents"]) {
    expect(told).toContain(what);
  }
  expect(told).not.toMatch(/NaN|Infinity/);
});
