import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const untold = /\.(?:skip|skipIf|todo|fixme|only)\s*[(.]|\.runIf\((?!can(?:Run|ReadSamples)\(|hasPromtool)/;

test("a test is skipped only where canRun has said how to run it", async () => {
  const files = (await readdir(import.meta.dirname, { recursive: true })).filter(
    (file) => file.endsWith(".ts") && !file.includes("node_modules"),
  );
  const texts = await Promise.all(files.map(async (file) => await readFile(`${import.meta.dirname}/${file}`, "utf8")));
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((_, at) => untold.test(texts[at] ?? ""))).toEqual(["skipped-tests.test.ts"]);
});

test.each([
  "test.skip('a', act)",
  "it.skipIf(here)('a', act)",
  "ctx.skip()",
  "test.runIf(redis)",
  "describe.only('a')",
])("a skip that nobody is told of is seen in %s", (text) => {
  expect(untold.test(text)).toBe(true);
});
