import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, test, vi } from "vitest";
import { readSettings, unknownSettings } from "../settings.ts";
import { buildMuster } from "./support/build-muster.ts";
import { freshDatabase } from "./support/fresh-database.ts";
import { atWork, startProcess } from "./support/processes.ts";

vi.setConfig({ testTimeout: 120_000 });

const root = join(import.meta.dirname, "..");
const key = "the secret key of the start, of 32 letters and more";

/** Runs the shipped main.js to its end, with `environment` and nothing else but PATH. */
async function run(args: string[], environment: Record<string, string> = {}) {
  const env = { PATH: process.env["PATH"], ...environment };
  const cwd = await buildMuster();
  return await new Promise<{ code: unknown; out: string; err: string }>((resolve) => {
    execFile(process.execPath, ["dist/main.js", ...args], { cwd, env }, (error, out, err) => {
      resolve({ code: error === null ? 0 : error.code, out, err });
    });
  });
}

function changed(url: string, change: (url: URL) => void): string {
  const other = new URL(url);
  change(other);
  return other.href;
}

test("a database address that leads nowhere is one sentence that names the setting and what is wrong, never the password", async () => {
  const url = inject("adminUrl");
  const wrong: [string, RegExp][] = [
    [changed(url, (one) => (one.password = "not-the-password")), /^DATABASE_URL is refused by Postgres: user/],
    [changed(url, (one) => (one.pathname = "/nowhere")), /^DATABASE_URL names the database "nowhere"/],
    [changed(url, (one) => (one.hostname = "host.invalid")), /^DATABASE_URL names the host "host\.invalid"/],
    [changed(url, (one) => (one.port = "1")), /^DATABASE_URL leads to .*:1, where no Postgres answers/],
  ];
  for (const [address, sentence] of wrong) {
    const { code, err } = await run(["api"], { DATABASE_URL: address, MUSTER_SECRET_KEY: key });
    expect(code).toBe(1);
    expect(err).toMatch(sentence);
    expect(err.trim().split("\n")).toHaveLength(1);
    expect(err).not.toContain("not-the-password");
  }
});

test.each([
  ["redis://:not-the-password@127.0.0.1:1", /^REDIS_URL leads to 127\.0\.0\.1:1, where no Redis answers/],
  ["redis://host.invalid:6379", /^REDIS_URL names the host "host\.invalid"/],
])("a queue at %s stops the start by one sentence that names the setting", async (redisUrl, sentence) => {
  const { code, err } = await run(["worker"], {
    DATABASE_URL: inject("adminUrl"),
    MUSTER_SECRET_KEY: key,
    REDIS_URL: redisUrl,
  });
  expect(code).toBe(1);
  expect(err).toMatch(sentence);
  expect(err.trim().split("\n")).toHaveLength(1);
  expect(err).not.toContain("not-the-password");
});

test("a data directory that cannot be used is one sentence that names the setting", async () => {
  const file = join(await mkdtemp(join(tmpdir(), "muster-start-")), "a-file");
  await writeFile(file, "");
  for (const dataDir of [join(file, "data"), `${file}${"-long".repeat(60)}`, "/proc/muster/data"]) {
    const { code, err } = await run(["serve"], { MUSTER_DATA_DIR: dataDir });
    expect(code).toBe(1);
    expect(err).toMatch(/^MUSTER_DATA_DIR leads to .*, which cannot be made or written/);
    expect(err.trim().split("\n")).toHaveLength(1);
  }
});

test("a host that is not this machine's and a port that is taken are one sentence that names the setting", async () => {
  const fresh = await freshDatabase();
  const settings = { DATABASE_URL: fresh.url, MUSTER_SECRET_KEY: key, LOG_LEVEL: "silent", PORT: "0" };
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const taken = String((other.address() as AddressInfo).port);
  for (const [more, sentence] of [
    [{ HOST: "192.0.2.1" }, /^HOST is "192\.0\.2\.1", which is not an address of this machine/m],
    [{ HOST: "host.invalid" }, /^HOST is "host\.invalid", which is not an address of this machine/m],
    [{ PORT: taken }, new RegExp(`^Port ${taken} is in use: .*set PORT to another`, "m")],
    [{ MUSTER_METRICS_PORT: taken }, new RegExp(`^Port ${taken} is in use: .*MUSTER_METRICS_PORT to another number`)],
    [{ PORT: taken, MUSTER_METRICS_PORT: taken }, /^MUSTER_METRICS_PORT is \d+, and so is PORT/],
  ] as const) {
    const { code, out, err } = await run(["api"], { ...settings, ...more });
    // The first of them made the first agent, and told the password. The log has standard output to itself.
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(sentence);
    expect(err).not.toContain("Muster serves");
  }
  other.close();
  await fresh.drop();
});

test("an api that others reach by plain HTTP warns that its cookies can be read, and one behind TLS does not", async () => {
  const fresh = await freshDatabase();
  const cwd = await buildMuster();
  const environment = { DATABASE_URL: fresh.url, MUSTER_SECRET_KEY: key, PORT: "0", HOST: "0.0.0.0" };
  const warnings = async (more: Record<string, string>) => {
    const api = await startProcess({
      command: [process.execPath, "dist/main.js", "api"],
      environment: { ...environment, ...more },
      readyWhen: atWork.api,
      cwd,
    });
    await api.kill("SIGTERM");
    return api.logLines().filter(({ level, msg }) => level === "warn" && msg.includes("plain HTTP")).length;
  };
  expect(await warnings({})).toBe(1);
  expect(await warnings({ MUSTER_PUBLIC_URL: "https://muster.internal" })).toBe(0);
  await fresh.drop();
});

test.each(["abc", "-1", "70000", "3000.5", "1e3", " "])(
  "the port cannot be %j, and the sentence says what it can be",
  (port) => {
    expect(() => readSettings({ PORT: port })).toThrow(/^PORT must be a whole number from 0 to 65535\.$/);
  },
);

test("names that look like settings and are none are told, with the one that may be meant", () => {
  expect(
    unknownSettings({ MUSTER_SECRT_KEY: "x", MUSTER_FOO: "y", MUSTER_URL: "z", PATH: "", MUSTER_DATA_DIR: "" }),
  ).toEqual([
    "MUSTER_SECRT_KEY is not a setting of Muster and changes nothing: MUSTER_SECRET_KEY may be meant.",
    "MUSTER_FOO is not a setting of Muster and changes nothing.",
  ]);
});

test("every command helps, tells its version, and takes no word that it does not know", async () => {
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
  expect(await run(["--version"])).toEqual({ code: 0, out: `muster ${version}\n`, err: "" });
  const help = await run(["doctor", "--help"]);
  expect([help.code, help.out.split("\n")[0]]).toEqual([0, "Usage: node dist/main.js COMMAND"]);
  for (const [words, sentence] of [
    [["serve", "--port", "3000"], 'serve takes no "--port": all settings come from the environment.'],
    [["restore", "a", "b"], "restore takes one file, and may be given --replace and --keep-webhooks."],
    [["serv"], "Usage: node dist/main.js COMMAND"],
  ] as const) {
    const odd = await run([...words]);
    expect([odd.code, odd.out, odd.err.split("\n")[0]]).toEqual([2, "", sentence]);
    expect(odd.err).toContain(help.out);
  }
});
