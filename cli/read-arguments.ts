import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { basename } from "node:path";
import { z } from "zod";
import { quoteValue } from "../contract/codes.ts";
import { uploadOptionsSchema } from "../contract/new-batch.ts";
import type { ClientSettings } from "./client-settings.ts";
import { wrongUsage } from "./exit-codes.ts";
import { standardInput } from "./open-file.ts";
import { readServer, type ServerAddress } from "./read-server.ts";

/** What the command is asked to do. `startAt` is an ISO time, `planVersion` the plan that was looked at. */
export type ImportOrder = ServerAddress & {
  file: string;
  task: ImportTask;
  apply: boolean;
  wait: boolean;
  startAt: string | null;
  /** The number of users that the plan hits, as it was named. */
  confirm: number | null;
};

/** A file to send, for one customer or for many, or a batch that was planned before. */
export type ImportTask =
  | { kind: "send"; customer: string; options: SendOptions }
  | { kind: "sendForMany"; options: SendOptions }
  | { kind: "goOn"; batchId: string; planVersion: number | null };

/** The part `options` of the upload. */
export type SendOptions = z.input<typeof uploadOptionsSchema>;

/** The options of `import`, as Node parses them. */
export const importFlags = {
  customer: { type: "string" },
  "many-customers": { type: "boolean", default: false },
  operation: { type: "string" },
  apply: { type: "boolean", default: false },
  wait: { type: "boolean", default: false },
  "start-at": { type: "string" },
  confirm: { type: "string" },
  batch: { type: "string" },
  "plan-version": { type: "string" },
  "usage-location": { type: "string" },
  skus: { type: "string" },
  domain: { type: "string" },
  "upn-pattern": { type: "string" },
  mapping: { type: "string" },
  sheet: { type: "string" },
  "on-existing": { type: "string" },
  "on-deleted": { type: "string" },
  server: { type: "string" },
  "api-key": { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** The flag of each option that shapes the plan. */
const shaping = {
  usageLocation: "usage-location",
  skus: "skus",
  domain: "domain",
  upnPattern: "upn-pattern",
  mapping: "mapping",
  sheet: "sheet",
  onExisting: "on-existing",
  onDeleted: "on-deleted",
} as const;

type Flags = ReturnType<typeof parse>["values"];

/**
 * Reads the words behind `import`; `settings` is what the environment says. Gives "help" where that is asked for.
 * @throws CommandFailed wrongUsage, with what is missing or wrong
 */
export async function readArguments(args: string[], settings: () => ClientSettings): Promise<ImportOrder | "help"> {
  const { values, positionals } = parse(args);
  if (values.help) return "help";
  const [file, more] = positionals;
  if (file === undefined) throw wrongUsage("Name the file to import");
  if (more !== undefined) throw wrongUsage(`One file at a time: "${file}" and "${more}" are two`);
  const startAt = readStartAt(values);
  const confirm = readConfirm(values);
  const task = values.batch === undefined ? await readSending(file, values) : readGoingOn(values.batch, values);
  const server = readServer({ server: values.server, key: values["api-key"], settings });
  return { file, task, apply: values.apply, wait: values.wait, startAt, confirm, ...server };
}

/** The name of the file; what comes on standard input has none, and gets one. */
export function nameOf(file: string): string {
  return file === standardInput ? "stdin.csv" : basename(file);
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: importFlags, allowPositionals: true });
  } catch (error) {
    // Node's first sentence says what is wrong; the others are about positional arguments.
    throw wrongUsage((error as Error).message.replace(/(?<=['")])\. .*/s, ""));
  }
}

async function readSending(file: string, values: Flags): Promise<ImportTask> {
  const { customer, operation, "many-customers": many } = values;
  if (many) forbidForMany(values);
  else if (customer === undefined || customer.trim() === "")
    throw wrongUsage("Say for whom: --customer with an id, a name or a domain, or --many-customers");
  if (operation === undefined) throw wrongUsage("Say what to do with the rows: --operation create-users");
  if (values["plan-version"] !== undefined) throw wrongUsage("--plan-version goes with --batch");
  const given = {
    operation,
    fileName: nameOf(file),
    ...Object.fromEntries(Object.entries(shaping).map(([option, flag]) => [option, values[flag]])),
    mapping: values.mapping === undefined ? undefined : await readMapping(values.mapping),
  };
  const parsed = uploadOptionsSchema.safeParse(given);
  if (!parsed.success) throw wrongUsage(wrongOption(parsed.error.issues[0], values));
  const options = JSON.parse(JSON.stringify(given)) as SendOptions;
  return many ? { kind: "sendForMany", options } : { kind: "send", customer: (customer ?? "").trim(), options };
}

/** What is about one customer says nothing of a file for many. */
function forbidForMany(values: Flags): void {
  const given = (["customer", "skus", "domain", "start-at"] as const).find((flag) => values[flag] !== undefined);
  if (given !== undefined) throw wrongUsage(`--${given} is about one customer, and --many-customers about many`);
}

/** Names the flag that `issue` is about, with what was given. */
function wrongOption(issue: z.core.$ZodIssue | undefined, values: Flags): string {
  const [option, ...rest] = issue?.path ?? [];
  const flag = shaping[option as keyof typeof shaping] ?? "operation";
  const place = flag === "mapping" ? rest.map(String).join(".") : (values[flag] ?? "");
  return `--${flag} ${quoteValue(place)}: ${issue?.message ?? "not taken"}`;
}

function readGoingOn(batchId: string, values: Flags): ImportTask {
  if (!z.uuid().safeParse(batchId).success)
    throw wrongUsage(`--batch takes the id of a batch; "${batchId}" is not one`);
  const extra = ["customer", "operation", ...Object.values(shaping)] as const;
  const given = extra.find((flag) => values[flag] !== undefined);
  if (values["many-customers"]) throw wrongUsage("--many-customers sends a file, and --batch goes on with a batch");
  if (given !== undefined) throw wrongUsage(`--${given} shapes a plan, and the batch of --batch is planned already`);
  const version = values["plan-version"];
  if (version !== undefined && !/^[1-9]\d{0,8}$/.test(version)) throw wrongUsage("--plan-version takes a number");
  return { kind: "goOn", batchId, planVersion: version === undefined ? null : Number(version) };
}

function readStartAt(values: Flags): string | null {
  const startAt = values["start-at"];
  if (startAt === undefined) return null;
  if (!values.apply) throw wrongUsage("--start-at says when to apply; give --apply with it");
  if (z.iso.datetime({ offset: true }).safeParse(startAt).success) return startAt;
  throw wrongUsage(`--start-at takes a time with its zone, such as 2026-05-01T20:00:00+02:00, not "${startAt}"`);
}

function readConfirm({ confirm, apply }: Flags): number | null {
  if (confirm === undefined) return null;
  if (!apply) throw wrongUsage("--confirm names how many users an applied plan hits; give --apply with it");
  if (!/^\d{1,8}$/.test(confirm)) throw wrongUsage("--confirm takes the number of users that the plan hits");
  return Number(confirm);
}

async function readMapping(given: string): Promise<unknown> {
  const text = given.trimStart().startsWith("{") ? given : await readFile(given, "utf8").catch(() => null);
  if (text === null) throw wrongUsage(`--mapping is neither JSON nor a file that can be read: "${given.slice(0, 80)}"`);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw wrongUsage(`--mapping is not JSON; it looks like {"Nom complet":"displayName"}`);
  }
}
