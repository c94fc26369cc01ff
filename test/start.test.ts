import { execFile } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, test, vi } from "vitest";
import { openToRole } from "../db/app-role.ts";
import { readSettings, unknownSettings } from "../settings.ts";
import { asAdmin } from "./support/as-admin.ts";
import { buildMuster } from "./support/build-muster.ts";
import { canRun } from "./support/can-run.ts";
import { freshDatabase } from "./support/fresh-database.ts";
import { atWork, startProcess } from "./support/processes.ts";
import { redisLack, startRedis } from "./support/redis-server.ts";

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
    [changed(url, (one) => (one.password = "")), /^DATABASE_URL has no password, and .* asks for one/],
    [changed(url, (one) => (one.search = "sslmode=verify-full")), /^DATABASE_URL asks for TLS, and none comes about/],
    [url.replace(/:[^:@]+@/, ":not-the-password%@"), /^DATABASE_URL must have a "%" in its user, password or path/],
  ];
  for (const [address, sentence] of wrong) {
    const { code, err } = await run(["api"], { DATABASE_URL: address, MUSTER_SECRET_KEY: key });
    expect(code).toBe(1);
    expect(err).toMatch(sentence);
    expect(err.trim().split("\n")).toHaveLength(1);
    expect(err).not.toContain("not-the-password");
  }
});

const lack = redisLack();

test.runIf(canRun(lack === null, lack ?? "", "npx vitest run test/start.test.ts"))(
  "a Redis with another password stops the start by one sentence that names the setting",
  async () => {
    const redis = await startRedis(undefined, ["--requirepass", "the-password"]);
    const { code, err } = await run(["worker"], {
      DATABASE_URL: inject("adminUrl"),
      MUSTER_SECRET_KEY: key,
      REDIS_URL: redis.url.replace("//", "//:not-the-password@"),
    });
    expect(code).toBe(1);
    expect(err).toBe("REDIS_URL is refused by Redis: the user and password in it do not let in.\n");
    await redis.stop();
  },
);

/** What `migrate` says under settings with which it cannot be. */
async function refusedMigration(settings: Record<string, string>): Promise<string> {
  const { code, err } = await run(["migrate"], settings);
  expect([code, err.trim().split("\n").length]).toEqual([1, 1]);
  expect(err).not.toContain("not-the-password");
  return err;
}

test("a role that may not do what is needed, or cannot be entered, is told by the setting that names it", async () => {
  const fresh = await freshDatabase();
  const name = `start_${fresh.url.slice(-12)}`;
  const own = changed(fresh.url, (one) => (one.pathname = `/${name}`));
  const asRole = (url: string) => changed(url, (one) => ([one.username, one.password] = [name, "not-the-password"]));
  await asAdmin(fresh.url, `create database ${name} template template0 encoding 'UTF8'`);
  await asAdmin(fresh.url, `create role ${name} login password 'not-the-password'`);
  expect(await refusedMigration({ DATABASE_URL: asRole(own) })).toMatch(
    /^DATABASE_URL names a role that lacks a right/,
  );
  // It owns the database, and may make no other role.
  await asAdmin(fresh.url, `alter database ${name} owner to ${name}`);
  const another = changed(own, (one) => (one.username = `${name}_other`));
  expect(await refusedMigration({ DATABASE_OWNER_URL: asRole(own), DATABASE_URL: another })).toMatch(
    /^DATABASE_OWNER_URL names a role that lacks a right/,
  );
  expect(
    await refusedMigration({ DATABASE_OWNER_URL: own, DATABASE_URL: changed(own, (one) => (one.port = "1")) }),
  ).toMatch(/^DATABASE_URL leads to .*:1, where no Postgres answers/);
  // What comes after the tables, here the queue's own, is refused no less plainly.
  const opened = asRole(fresh.url);
  await openToRole(fresh.url, opened);
  await asAdmin(fresh.url, `revoke create on database ${new URL(fresh.url).pathname.slice(1)} from ${name}`);
  expect(await refusedMigration({ DATABASE_URL: opened })).toMatch(/^DATABASE_URL names a role that lacks a right/);
  const server = inject("adminUrl");
  await asAdmin(server, `drop database ${name} with (force)`);
  await fresh.drop();
  await asAdmin(server, `drop role ${name}`);
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

test("a database that a newer Muster has changed starts neither for its owner nor for a role that owns nothing", async () => {
  const fresh = await freshDatabase();
  const role = `newer_${fresh.url.slice(-12)}`;
  const url = changed(fresh.url, (one) => ([one.username, one.password] = [role, "of the tests alone"]));
  await openToRole(fresh.url, url);
  await fresh.db.sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 4102444800000)`;
  for (const address of [fresh.url, url]) {
    const { code, err } = await run(["worker"], { DATABASE_URL: address, MUSTER_SECRET_KEY: key });
    expect(code).toBe(1);
    expect(err).toMatch(
      /^The database is newer than this Muster, by 1 change of its schema: start the newer version.*\n$/,
    );
  }
  const server = inject("adminUrl");
  await fresh.drop();
  await asAdmin(server, `drop role ${role}`);
});

test("migrate, backup, restore and doctor are commands that tell a person how it went", async () => {
  const folder = await mkdtemp(join(tmpdir(), "muster-commands-"));
  await chmod(folder, 0o755);
  const file = join(folder, "muster.backup");
  const into = (name: string) => ({ MUSTER_DATA_DIR: join(folder, name), LOG_LEVEL: "silent" });
  const well = async (words: string[], settings: Record<string, string>) => {
    const { code, out, err } = await run(words, settings);
    expect([code, err]).toEqual([0, ""]);
    return out;
  };
  expect(await well(["migrate"], into("one"))).toBe("The database is on the newest schema.\n");
  expect(await well(["backup", file], into("one"))).toMatch(
    /^The database is in .*muster\.backup, .* MB\.\nNot in it is/,
  );
  expect(await well(["restore", file], into("two"))).toMatch(
    /^The database in .*two is as it was at .*\nBefore the start/,
  );
  const found = JSON.parse(await well(["doctor", "--json"], { ...into("two"), MUSTER_SECRET_KEY: key })) as unknown[];
  expect(found).toContainEqual({ check: "database", state: "well", told: expect.any(String), todo: null });
  const { code, out } = await run(["doctor"], into("two"));
  expect(code).toBe(1);
  expect(out).toMatch(/^well {5}program {3}Muster .* on Node .*\nwell {5}settings {2}All settings can be read\.\n/);
  expect(out).toMatch(
    /^wrong {4}key {7}The file .*secret\.key is not there, .*\n {19}Put it back, or set MUSTER_SECRET_KEY/m,
  );
  await rm(folder, { recursive: true });
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

test("an api warns of a name that is no setting; one that others reach by plain HTTP that its cookies can be read", async () => {
  const fresh = await freshDatabase();
  const cwd = await buildMuster();
  const environment = { DATABASE_URL: fresh.url, MUSTER_SECRET_KEY: key, PORT: "0", HOST: "0.0.0.0" };
  const strange = { MUSTER_SECRT_KEY: "x" };
  const warnings = async (more: Record<string, string>) => {
    const api = await startProcess({
      command: [process.execPath, "dist/main.js", "api"],
      environment: { ...environment, ...strange, ...more },
      readyWhen: atWork.api,
      cwd,
    });
    await api.kill("SIGTERM");
    const warned = api.logLines().flatMap(({ level, msg }) => (level === "warn" ? [msg] : []));
    expect(warned).toContain(
      "MUSTER_SECRT_KEY is not a setting of Muster and changes nothing: MUSTER_SECRET_KEY may be meant.",
    );
    return warned.filter((msg) => msg.includes("plain HTTP")).length;
  };
  expect(await warnings({})).toBe(1);
  expect(await warnings({ MUSTER_PUBLIC_URL: "https://muster.internal" })).toBe(0);
  await fresh.drop();
});

test("the demo draws its bar and tells its outcome, and no line of a log breaks in", async () => {
  const fresh = await freshDatabase();
  const demo = await startProcess({
    command: [process.execPath, "dist/main.js", "demo"],
    environment: { DATABASE_URL: fresh.url, MUSTER_SECRET_KEY: key, PORT: "0" },
    readyWhen: /keeps serving/,
    cwd: await buildMuster(),
  });
  await demo.kill("SIGTERM");
  const output = demo.output();
  expect(output).toContain("500 of 500 rows\n\nBatch 1 is finished: 460 succeeded, 28 partial, 12 failed\n");
  expect(output).not.toContain('"level":"info"');
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
