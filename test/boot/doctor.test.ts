import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { judgeClock } from "../../boot/doctor/examine-database.ts";
import { judgeDisk } from "../../boot/doctor/examine-disk.ts";
import { runDoctor } from "../../boot/doctor/run-doctor.ts";
import type { Finding } from "../../boot/doctor/finding.ts";
import { matchSecretKey } from "../../core/secrets/keys-in-use.ts";
import { openSecrets } from "../../core/secrets/secrets.ts";
import { readSettings, unknownSettings } from "../../settings.ts";
import { canRun } from "../support/can-run.ts";
import { freshDatabase, type FreshDatabase } from "../support/fresh-database.ts";
import { startMailServer } from "../support/mail-server.ts";
import { redisLack, startRedis } from "../support/redis-server.ts";

let fresh: FreshDatabase;
let settings: Record<string, string>;
beforeAll(async () => {
  fresh = await freshDatabase();
  settings = { DATABASE_URL: fresh.url, MUSTER_SECRET_KEY: "the secret key of the doctor, of 32 letters" };
});
afterAll(() => fresh.drop());

/** Has the doctor look at these settings; gives the exit code, and what was found that is not well. */
async function examine(environment: Record<string, string>, connections = 1) {
  let out = "";
  const examined = {
    settings: () => readSettings(environment),
    needed: async () => connections,
    unknown: () => unknownSettings(environment),
    version: "1",
  };
  const code = await runDoctor(examined, { json: true, print: (text) => (out += text) });
  const findings = JSON.parse(out) as Finding[];
  return { code, findings, found: findings.filter(({ state, check }) => state !== "well" && check !== "role") };
}

test("all is well with a database that is on the newest schema", async () => {
  const { code, findings, found } = await examine(settings);
  expect([code, found]).toEqual([0, []]);
  const [{ version, role } = {}] = await fresh.db.sql<{ version: string; role: string }[]>`
    select current_setting('server_version') as version, current_user as role`;
  expect(findings.find(({ check }) => check === "database")?.told).toBe(
    `DATABASE_URL leads to a Postgres ${version} that answers, as the role ${role}.`,
  );
  // Who migrates may be a superuser; who works should not be.
  const owned = await examine({ ...settings, DATABASE_OWNER_URL: fresh.url });
  expect(owned.findings.filter(({ check }) => check === "role")).toHaveLength(1);
  expect(findings.map(({ check }) => check)).toEqual(
    expect.arrayContaining(["settings", "database", "schema", "clock", "room", "key"]),
  );
});

test("a key that the database is not sealed under is wrong, and so are more connections than Postgres takes", async () => {
  const db = { sql: fresh.db.sql, pool: fresh.db.pool };
  await matchSecretKey(db, openSecrets(settings["MUSTER_SECRET_KEY"] ?? ""));
  expect((await examine(settings)).found).toEqual([]);
  const { code, found } = await examine(
    { ...settings, MUSTER_SECRET_KEY: "another secret key, of 32 letters and more" },
    9_999,
  );
  expect([code, found.map(({ check, state }) => [check, state])]).toEqual([
    1,
    [
      ["room", "wrong"],
      ["key", "wrong"],
    ],
  ]);
});

test("a schema that is older is a warning, and one that is newer is wrong", async () => {
  const newest = "(select max(created_at) from drizzle.__drizzle_migrations)";
  await fresh.db.pool.query(
    `insert into drizzle.__drizzle_migrations (hash, created_at) values ('of tomorrow', ${newest} + 1)`,
  );
  expect(await examine(settings)).toMatchObject({ code: 1, found: [{ check: "schema", state: "wrong" }] });
  await fresh.db.pool.query("delete from drizzle.__drizzle_migrations where hash = 'of tomorrow'");
  await fresh.db.pool.query(`delete from drizzle.__drizzle_migrations where created_at = ${newest}`);
  const { code, found } = await examine(settings);
  expect([code, found.map(({ check, state }) => [check, state])]).toEqual([0, [["schema", "warning"]]]);
});

test.each([
  ["a setting that cannot be", { PORT: "many" }, "settings", /^PORT must be a whole number/],
  [
    "a database that is not there",
    { DATABASE_URL: "postgres://muster@127.0.0.1:1/muster" },
    "database",
    /^DATABASE_URL leads to/,
  ],
  [
    "a password in an address that cannot be read",
    { DATABASE_URL: "postgres://muster:a-secret-of-100%pure@127.0.0.1:1/muster" },
    "settings",
    /^DATABASE_URL must have a "%" in its user, password or path written as "%25"/,
  ],
  [
    "a Redis that is not there",
    { REDIS_URL: "redis://:a-secret@127.0.0.1:1" },
    "queue",
    /^REDIS_URL leads to 127.0.0.1:1/,
  ],
  [
    "a Redis whose host is unknown",
    { REDIS_URL: "redis://host.invalid:6379" },
    "queue",
    /^REDIS_URL names the host "host.invalid"/,
  ],
])("%s is wrong, in a sentence that names the setting", async (_what, more, check, told) => {
  const { code, found } = await examine({ ...settings, ...more });
  expect(code).toBe(1);
  const about = found.find((one) => one.check === check);
  expect(about).toMatchObject({ state: "wrong", told: expect.stringMatching(told) as string });
  expect(JSON.stringify(found)).not.toContain("a-secret");
});

test("a name that is no setting is a warning, and a data directory that cannot be is wrong", async () => {
  const folder = await mkdtemp(join(tmpdir(), "muster-doctor-"));
  const { findings } = await examine({ MUSTER_DATA_DIR: folder, MUSTER_SECRT_KEY: "x" });
  const [, settingsFound] = findings;
  expect(settingsFound).toMatchObject({ check: "settings", state: "warning" });
  expect(settingsFound?.told).toContain("MUSTER_SECRET_KEY may be meant");
  await writeFile(join(folder, "file"), "");
  const inFile = join(folder, "file", "data");
  expect(await examine({ MUSTER_DATA_DIR: inFile })).toMatchObject({
    code: 1,
    found: [
      { check: "disk", state: "wrong", told: expect.stringMatching(/^MUSTER_DATA_DIR leads to .*: give/) as string },
    ],
  });
});

test("an embedded database that rests is looked at by its files", async () => {
  const folder = await mkdtemp(join(tmpdir(), "muster-doctor-"));
  const about = async () => (await examine({ MUSTER_DATA_DIR: folder })).findings.slice(3);
  expect(await about()).toMatchObject([
    { check: "database", state: "well", told: expect.stringMatching(/is not there yet/) as string },
  ]);
  await mkdir(join(folder, "postgres"));
  await writeFile(join(folder, "postgres", "PG_VERSION"), "17\n");
  expect(await about()).toMatchObject([
    {
      check: "database",
      state: "wrong",
      told: expect.stringContaining("of Postgres 17, and this Muster has 18") as string,
    },
    {
      check: "key",
      state: "wrong",
      told: expect.stringContaining(`${join(folder, "secret.key")} is not there`) as string,
    },
  ]);
  await writeFile(join(folder, "postgres", "PG_VERSION"), "18\n");
  await writeFile(join(folder, "secret.key"), "kept");
  expect(await about()).toMatchObject([
    { check: "database", state: "well", told: expect.stringContaining("of Postgres 18, does not run") as string },
  ]);
});

test("a mail server is asked whether it lets in, and one that does not answer or refuses the password is wrong", async () => {
  const server = await startMailServer();
  const mail = { MUSTER_MAIL_FROM: "muster@partner.example" };
  const about = async (url: string) => {
    const { findings } = await examine({ ...settings, ...mail, MUSTER_SMTP_URL: url });
    return findings.find(({ check }) => check === "mail");
  };
  expect(await about(server.mail.server)).toMatchObject({
    state: "warning",
    todo: expect.stringContaining("requireTLS=true") as string,
  });
  expect(await about(`${server.mail.server}?ignoreTLS=true`)).toMatchObject({ state: "well" });
  // This server has no TLS, and so gets nothing.
  expect(await about(`${server.mail.server}?requireTLS=true`)).toMatchObject({ state: "wrong" });
  const refused = await about(server.mail.server.replace("word", "a-secret"));
  expect(refused).toMatchObject({ state: "wrong", told: expect.stringContaining("(535)") as string });
  expect(refused?.told).not.toContain("a-secret");
  server.close();
  expect(await about(server.mail.server)).toMatchObject({
    state: "wrong",
    told: expect.stringContaining("where no mail server answers") as string,
  });
});

const lack = redisLack();

test.runIf(canRun(lack === null, lack ?? "", "npx vitest run test/boot/doctor.test.ts"))(
  "a Redis is asked whether it lets in, and whether it throws away jobs when it is full",
  async () => {
    const redis = await startRedis(undefined, ["--requirepass", "a-secret", "--maxmemory-policy", "allkeys-lru"]);
    const about = async (user: string) => {
      const { findings } = await examine({ ...settings, REDIS_URL: redis.url.replace("//", `//${user}`) });
      return findings.filter(({ check }) => check === "queue");
    };
    const refused = { state: "wrong", told: expect.stringMatching(/^REDIS_URL is refused by Redis/) as string };
    expect(await about("")).toMatchObject([refused]);
    expect(await about(":not-it@")).toMatchObject([refused]);
    expect(await about(":a-secret@")).toMatchObject([
      {
        state: "well",
        told: expect.stringMatching(/^REDIS_URL leads to a Redis \d+\.\d+\.\d+ that answers\.$/) as string,
      },
      { state: "warning", todo: "Set maxmemory-policy to noeviction." },
    ]);
    await redis.stop();
  },
);

test("clocks that differ, and a disk that has little room, are a warning, and wrong where it is much", () => {
  expect([1, 3, -3, 61, -61].map((seconds) => judgeClock(seconds).state)).toEqual([
    "well",
    "warning",
    "warning",
    "wrong",
    "wrong",
  ]);
  expect(judgeClock(-3).told).toBe("The clocks of this machine and of the database differ by 3.0 s.");
  const free = [4_096, 1_024, 100].map((mb) => judgeDisk("/srv/muster", mb * 1024 ** 2));
  expect(free.map(({ state }) => state)).toEqual(["well", "warning", "wrong"]);
  expect(free[2]).toMatchObject({ told: expect.stringContaining("/srv/muster, where 100 MB are free") as string });
});
