import { readFileSync } from "node:fs";
import { validateHeaderName, validateHeaderValue } from "node:http";
import { isIP } from "node:net";
import { z } from "zod";
import { clientSettingNames } from "./cli/client-settings.ts";
import { nearestName } from "./boot/nearest-name.ts";

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .refine((text) => /^\d{1,12}$/.test(text) && Number(text) >= least && Number(text) <= most, {
      error: `must be a whole number from ${least} to ${most}`,
    })
    .transform(Number);
const secret = z.string().min(32, "must have 32 characters or more");
const address = (...schemes: string[]) =>
  z
    .string()
    .refine((value) => schemes.some((scheme) => URL.canParse(value) && value.startsWith(`${scheme}:`)), {
      error: `must be an address that begins with ${schemes.map((scheme) => `${scheme}://`).join(" or ")}`,
      abort: true,
    })
    .refine(canDecode, 'must have a "%" in its user, password or path written as "%25"');

/** Whether each `%` of an address stands for something, which drivers take for granted. */
function canDecode(value: string): boolean {
  const { username, password, hostname, pathname } = new URL(value);
  try {
    for (const part of [username, password, hostname, pathname]) decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether each header is sent as it stands: none is without name or value, ends at a `;`, has a `%` that stands for nothing, or
 * holds what no request takes, such as a line break.
 */
function areHeaders(value: string): boolean {
  try {
    for (const pair of value.split(",")) {
      const at = pair.indexOf("=");
      const name = decodeURIComponent(pair.slice(0, at).trim());
      const text = decodeURIComponent(pair.slice(at + 1).trim());
      validateHeaderName(name);
      validateHeaderValue(name, text);
      if (text.trim() === "") return false;
    }
    return !value.includes(";");
  } catch {
    return false;
  }
}

const proxyNames = new Set(["loopback", "linklocal", "uniquelocal"]);
/** A number of hops, or addresses and networks such as `10.0.0.5, 10.1.0.0/16, loopback`. */
const proxies = z
  .string()
  .refine(
    (value) =>
      /^\d{1,2}$/.test(value.trim()) ||
      value.split(",").every((one) => proxyNames.has(one.trim()) || isNetwork(one.trim())),
    {
      error: "must be a number of proxies, or their addresses and networks with commas between, such as 10.0.0.0/8",
    },
  )
  .transform((value) => (/^\d+$/.test(value.trim()) ? Number(value) : value));

/** Addresses and networks such as `10.0.0.5, 10.1.0.0/16`, as a list. */
const networks = z
  .string()
  .transform((value) => value.split(",").map((one) => one.trim()))
  .refine((list) => list.every((one) => isNetwork(one)), {
    error: "must be addresses and networks with commas between, such as 10.0.0.0/8",
  });

function isNetwork(text: string): boolean {
  const [base = "", bits, ...more] = text.split("/");
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(base)] ?? -1;
  if (bits === undefined) return most > 0;
  return more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most;
}

const settingsSchema = z
  .object({
    PORT: wholeNumber(0, 65_535).default(3000),
    HOST: z.string().default("127.0.0.1"),
    DATABASE_URL: address("postgres", "postgresql").optional(),
    DATABASE_OWNER_URL: address("postgres", "postgresql").optional(),
    REDIS_URL: address("redis", "rediss").optional(),
    MUSTER_METRICS_PORT: wholeNumber(0, 65_535).optional(),
    MUSTER_DATA_DIR: z.string().default(".muster"),
    MUSTER_SECRET_KEY: secret.optional(),
    MUSTER_SECRET_KEY_PREVIOUS: secret.optional(),
    MUSTER_ADMIN_EMAIL: z.email().optional(),
    MUSTER_ADMIN_PASSWORD: z.string().min(8, "must have 8 characters or more").max(256).optional(),
    MUSTER_ADMIN_API_KEY: secret.optional(),
    MUSTER_PUBLIC_URL: address("http", "https").optional(),
    MUSTER_TRUSTED_PROXIES: proxies.default("loopback"),
    MUSTER_OIDC_ISSUER: address("http", "https").optional(),
    MUSTER_OIDC_CLIENT_ID: z.string().optional(),
    MUSTER_OIDC_CLIENT_SECRET: z.string().optional(),
    MUSTER_OIDC_NAME: z.string().max(64).default("single sign-on"),
    MUSTER_OIDC_TRUST_EMAIL: z.stringbool().default(false),
    MUSTER_WEBHOOK_NETWORKS: networks.optional(),
    MUSTER_SMTP_URL: address("smtp", "smtps").optional(),
    MUSTER_MAIL_FROM: z.email().optional(),
    MUSTER_MAX_UPLOAD_MB: wholeNumber(1, 102_400).default(512),
    MUSTER_REQUESTS_PER_MINUTE: wholeNumber(10, 10_000_000).default(12_000),
    MUSTER_KEEP_ROWS_DAYS: wholeNumber(1, 36_500).default(90),
    MUSTER_RESTORE_DAYS: wholeNumber(1, 3650).default(30),
    WORKER_CONCURRENCY: wholeNumber(1, 64).default(2),
    OTEL_EXPORTER_OTLP_ENDPOINT: address("http", "https").optional(),
    OTEL_EXPORTER_OTLP_HEADERS: z
      .string()
      .regex(/^[^=,]+=[^,]+(,[^=,]+=[^,]+)*$/, {
        error: "must be headers with commas between, such as Authorization=Bearer%20token",
        abort: true,
      })
      .refine(
        areHeaders,
        'must have a "%" and a ";" in its headers written as "%25" and "%3B", and no name or value that is blank or cannot be sent',
      )
      .optional(),
    OTEL_SERVICE_NAME: z.string().max(128).default("muster"),
    LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).optional(),
  })
  .refine(
    ({ MUSTER_SECRET_KEY: key, MUSTER_SECRET_KEY_PREVIOUS: previous }) =>
      previous === undefined || (key !== undefined && key !== previous),
    {
      path: ["MUSTER_SECRET_KEY_PREVIOUS"],
      error: "must be set beside another MUSTER_SECRET_KEY, which takes its place",
    },
  )
  .refine(
    ({ MUSTER_OIDC_ISSUER, MUSTER_OIDC_CLIENT_ID, MUSTER_OIDC_CLIENT_SECRET }) => {
      const given = [MUSTER_OIDC_ISSUER, MUSTER_OIDC_CLIENT_ID, MUSTER_OIDC_CLIENT_SECRET];
      return given.every((one) => one === undefined) || given.every((one) => one !== undefined);
    },
    {
      path: ["MUSTER_OIDC_ISSUER"],
      error: "must be set together with MUSTER_OIDC_CLIENT_ID and MUSTER_OIDC_CLIENT_SECRET, or none of the three",
    },
  )
  .refine(({ MUSTER_SMTP_URL: server, MUSTER_MAIL_FROM: from }) => (server === undefined) === (from === undefined), {
    path: ["MUSTER_MAIL_FROM"],
    error: "must be set together with MUSTER_SMTP_URL, or neither of the two",
  });

/** The names of all settings of a process. */
export const settingNames = Object.keys(settingsSchema.shape);

/** Everything that can be set from outside, under the name of its environment variable. */
export type Settings = z.infer<typeof settingsSchema>;

/** Tells of each variable that looks like a setting of Muster and is none, with the setting that may be meant. */
export function unknownSettings(environment: NodeJS.ProcessEnv = process.env): string[] {
  const files = secretNames.map((name) => `${name}_FILE`);
  const known = [...settingNames, ...clientSettingNames, ...files];
  return Object.keys(environment)
    .filter((name) => name.startsWith("MUSTER_") && !known.includes(name))
    .map((name) => {
      const near = nearestName(name, known, (name.length - "MUSTER_".length) / 3);
      return `${name} is not a setting of Muster and changes nothing${near === null ? "" : `: ${near} may be meant`}.`;
    });
}

/** Reads the settings of this process. @throws Error of one sentence that names the setting and what it must be. */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const settings = readKeylessSettings(environment);
  if (settings.DATABASE_URL === undefined || settings.MUSTER_SECRET_KEY !== undefined) return settings;
  throw new Error(
    "MUSTER_SECRET_KEY must be set where DATABASE_URL is: it seals the temporary passwords in that database.",
  );
}

/** The same for what seals and opens nothing, and so needs no secret key. @throws Error as `readSettings` does */
export function readKeylessSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  return read(settingsSchema, withSecretFiles(environment));
}

/** Settings that may lie in a file, as container engines hand secrets out: `NAME_FILE` is its path then. */
export const secretNames = [
  "DATABASE_URL",
  "DATABASE_OWNER_URL",
  "REDIS_URL",
  "MUSTER_SECRET_KEY",
  "MUSTER_SECRET_KEY_PREVIOUS",
  "MUSTER_ADMIN_PASSWORD",
  "MUSTER_ADMIN_API_KEY",
  "MUSTER_OIDC_CLIENT_SECRET",
  "MUSTER_SMTP_URL",
  "OTEL_EXPORTER_OTLP_HEADERS",
] as const satisfies (keyof Settings)[];

function withSecretFiles(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const found: NodeJS.ProcessEnv = { ...environment };
  for (const name of secretNames) {
    const file = environment[`${name}_FILE`] ?? "";
    if (file === "") continue;
    if ((environment[name] ?? "") !== "") {
      throw new Error(`${name} and ${name}_FILE are both set: take one of them away.`);
    }
    found[name] = readSecret(file, `${name}_FILE`);
  }
  return found;
}

/** What the file holds, without the line break that editors put at the end. */
function readSecret(file: string, setting: string): string {
  try {
    return readFileSync(file, "utf8").replace(/\r?\n$/, "");
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    throw new Error(`${setting} names the file ${file}, which cannot be read (${code}).`, { cause: error });
  }
}

function read<Schema extends z.ZodType>(schema: Schema, environment: NodeJS.ProcessEnv): z.output<Schema> {
  // A variable that is set to nothing, as compose files leave it, is not set.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(`${String(issue?.path[0] ?? "The environment")} ${tidy(issue?.message ?? "is not valid")}.`);
}

function tidy(message: string): string {
  return message.startsWith("must") ? message : `is not valid: ${message}`;
}
