import { beforeAll, expect, test, vi } from "vitest";
import type { Line } from "../bench/table.ts";
import { buildMuster } from "../support/build-muster.ts";
import { loadParts, runLoad, type LoadPart } from "./run-load.ts";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let cwd: string;

beforeAll(async () => {
  cwd = await buildMuster();
});

test("every part of the load runs to its end on a few rows, and no agent gets an error", async () => {
  const lines: Line[] = [];
  const size = { rows: 1_000, agents: 8, rounds: 5, minutes: 0.001, workers: 1, homes: ["postgres"] } as const;

  await runLoad(Object.keys(loadParts) as LoadPart[], size, cwd, lines);

  expect(lines.find(({ what }) => what.startsWith("errors"))?.figure).toBe("0");
  const told = lines.map(({ what, figure, ratio }) => `${what} ${figure} ${ratio}`).join("\n");
  for (const what of ["results", "WAL", "api,", "worker 1,", "search", "agents", "queue on postgres", "soak"]) {
    expect(told).toContain(what);
  }
  expect(told).not.toMatch(/NaN|Infinity/);
});
