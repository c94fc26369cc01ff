import { spawn } from "node:child_process";
import { mkdtemp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startApp, type TestApp } from "../support/app.ts";
import { missingAnswer, walkSteps } from "./walk-steps.ts";

const sections = [
  "A first walk",
  "After a user is made",
  "Who may do what",
  "When the file is not quite right",
  "Undo a batch",
];
/** Starts Muster, which runs already. */
const starts = (commands: string) => commands.includes("npm run dev");

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const mark = "=== the next step of the walk ===";

/** Runs all commands in one bash, as in one terminal, and gives what each of them writes. */
async function run(commands: readonly string[]): Promise<string[]> {
  const cwd = await mkdtemp(join(inject("scratch"), "walk-"));
  const bash = spawn("bash", ["-s"], {
    cwd,
    env: { PATH: process.env["PATH"], LANG: "C.UTF-8", MUSTER_ADMIN_API_KEY: app.key, MUSTER_URL: app.url },
    stdio: ["pipe", "pipe", "pipe"],
  });
  bash.stdin.end(commands.map((one) => `${one}\necho; echo '${mark}'\n`).join(""));
  const [said, complaints] = await Promise.all([text(bash.stdout), text(bash.stderr)]);
  expect(complaints).toBe("");
  return said.split(`${mark}\n`).slice(0, -1);
}

test.each([
  ['{ "a": 1, … "c": 3 }', '{"a":1,"b":2,"c":3}', true],
  ["x,…\ny,2", "\uFEFFx,1\ny,2\n", true],
  ['{ "items": [\n  { "a": 1 }, …', '{"items":[{"a":1},{"a":2}]}', true],
  ['{ … "c": 3 }', '{"a":1,"c":3,"d":4}', false],
  ['{ … "c": 3 …\n{ … "a": 1 …', '{"a":1,"c":3}', false],
  ["y,2\nx,1", "x,1\ny,2", false],
  ['{ "a": 1, … "a": 1 }', '{"a":1}', false],
])("an answer shown as %j is found in %j: %s", (shown, given, found) => {
  expect(missingAnswer(shown, given) === null).toBe(found);
});

test("the walk of the API guide runs as it is printed, and each answer is the one that it shows", async () => {
  const page = await readFile(new URL("../../docs/api.md", import.meta.url), "utf8");
  const steps = walkSteps(page, sections).filter(({ commands }) => !starts(commands));
  const answers = await run(steps.map(({ commands }) => commands));
  expect(answers).toHaveLength(steps.length);
  expect(steps.filter(({ answer }) => answer !== null).length).toBeGreaterThan(12);
  const wrong = steps.flatMap(({ commands, answer }, at) => {
    const given = answers[at] ?? "";
    const missing = answer === null ? null : missingAnswer(answer, given);
    return missing === null ? [] : [{ commands, missing, given }];
  });
  expect(wrong).toEqual([]);
});
