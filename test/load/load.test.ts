import { beforeAll, expect, test, vi } from "vitest";
import { atMost } from "../bench/figures.ts";
import { missedOf, type Line } from "../bench/table.ts";
import { buildMuster } from "../support/build-muster.ts";
import { tellGaps } from "../support/tell-gaps.ts";
import { inTime } from "./latencies.ts";
import { diskLines } from "./rows-to-end.ts";
import { runLoad } from "./run-load.ts";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let cwd: string;

beforeAll(async () => {
  cwd = await buildMuster();
});

test("a few rows, pages meanwhile and some agents make a short load, and no agent gets an error", async () => {
  const lines: Line[] = [];
  const size = {
    rows: 2_000,
    users: 800,
    agents: 8,
    rounds: 5,
    minutes: 0.001,
    workers: 1,
    homes: ["postgres"],
  } as const;

  // 1,000 rows and then all; the other parts start more processes to do the like.
  await runLoad(["rows", "pages", "agents"], size, cwd, lines);

  expect(lines.find(({ what }) => what.startsWith("errors"))?.figure).toBe("0");
  const told = lines.map(({ what, figure, ratio }) => `${what} ${figure} ${ratio}`).join("\n");
  for (const what of ["results", "WAL", "api,", "worker 1,", "search", "agents"]) {
    expect(told).toContain(what);
  }
  expect(told).not.toMatch(/NaN|Infinity/);
  expect(told).toMatch(/agents at once while batches of 200 rows run, [1-9]\d* in turn/);
  // Without a target they would decide nothing.
  const deciding = lines.filter(({ what }) => / while a (file|batch) of |on the disk$/.test(what));
  expect(deciding.map(({ target }) => target)).toEqual(["≤ 5 GB", ...Array<string>(6).fill("p99 ≤ 1 s")]);
});

test("pages that answer too late miss their target, and so does a load that takes too much of the disk", () => {
  expect([inTime({ slow: 1_000 }).met, inTime({ slow: 1_001 }).met]).toEqual([true, false]);
  const told = [2e9, 2.1e9].map((log) =>
    missedOf(diskLines({ rows: 100_000, disk: { tables: 2e8, indexes: 1e8, written: 9e9, log } })),
  );
  expect(told).toEqual([
    [],
    ["tables and indexes of a million rows, and the most log on the disk: 5.10 GB, target ≤ 5 GB"],
  ]);
});

test("a target that was missed ends a measurement with 1, and so does what was left out unless that is allowed", () => {
  const lines: Line[] = [
    { what: "time", figure: "1 s" },
    { what: "memory", figure: "3 MB", ...atMost(1.2, 3, 2) },
    { what: "disk", figure: "2 GB", ...atMost(1.2, 2, 2) },
  ];
  expect(missedOf(lines)).toEqual(["memory: 3 MB, 1.50 ×, target ≤ 1.2 ×"]);
  const told: string[] = [];
  const codes = [
    { missed: missedOf(lines), leftOut: [], allowSkips: true },
    { missed: [], leftOut: ["Redis"], allowSkips: false },
    { missed: [], leftOut: ["Redis"], allowSkips: true },
  ].map((gaps) => tellGaps(gaps, (line) => void told.push(line)));
  expect(codes).toEqual([1, 1, 0]);
  expect(told.join("")).toMatch(/^missed: memory: .*\nleft out: Redis\n.*--allow-skips.*\nleft out: Redis\n$/);
});
