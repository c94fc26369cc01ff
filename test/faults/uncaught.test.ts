import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { MusterProcess } from "../support/processes.ts";
import { openInstallation, type Installation } from "./installation.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let installation: Installation;

beforeAll(async () => {
  installation = await openInstallation();
});

afterAll(() => installation.close());

/** Code that some library might hold: on SIGUSR2 it fails where nobody listens, with a person's name on its lips. */
function failingOn(how: string): Record<string, string> {
  const code = `process.on("SIGUSR2", () => { ${how} });`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` };
}

const fault = 'Object.assign(new TypeError("Anna Person is not a function"), { code: "E_ODD" })';
const ways = [
  ["a promise that nobody awaits", `void Promise.reject(${fault})`],
  ["an exception that nobody catches", `setImmediate(() => { throw ${fault} })`],
] as const;

const roles = ["worker", "api"] as const;

test.each(roles.flatMap((role) => ways.map(([what, how]) => [role, what, how] as const)))(
  "the %s that meets %s logs what it was but not whom it named, stops in order and ends with 1",
  async (role, _what, how) => {
    const { db } = installation;
    const one: MusterProcess = await (role === "api"
      ? installation.startApi(failingOn(how))
      : installation.startWorker(failingOn(how)));

    process.kill(one.pid, "SIGUSR2");

    expect(await one.end()).toEqual({ code: 1, signal: null });
    const fatal = one.logLines().filter(({ level }) => level === "error");
    expect(fatal).toMatchObject([{ err: { type: "TypeError", code: "E_ODD" } }]);
    expect(one.output()).not.toContain("Person");
    // A worker that stops in order takes itself off the list of the living.
    expect(await db.sql`select from workers`).toHaveLength(0);
  },
);
