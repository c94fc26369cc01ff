import { execFile } from "node:child_process";
import { copyFile, cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "..");

const LAYERS = [
  "contract",
  "licensing",
  "files",
  "db",
  "core",
  "monitor",
  "worker",
  "api",
  "cli",
  "boot",
  "ui",
] as const;

const MAY_IMPORT: Record<(typeof LAYERS)[number], string[]> = {
  contract: [],
  licensing: ["contract"],
  files: ["contract", "licensing"],
  db: ["contract"],
  core: ["contract", "licensing", "files", "db"],
  monitor: ["contract", "db", "core"],
  worker: ["contract", "licensing", "files", "db", "core", "monitor"],
  api: ["contract", "licensing", "files", "db", "core", "monitor"],
  cli: ["contract"],
  boot: ["contract", "licensing", "files", "db", "core", "cli"],
  ui: ["contract"],
};

let tree: string;
beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), "muster-lint-"));
  await copyFile(join(ROOT, ".oxlintrc.json"), join(tree, ".oxlintrc.json"));
  await cp(join(ROOT, "lint"), join(tree, "lint"), { recursive: true });
  await symlink(join(ROOT, "node_modules"), join(tree, "node_modules"));
  await writeFile(
    join(tree, "tsconfig.json"),
    JSON.stringify({ compilerOptions: { module: "NodeNext", strict: true } }),
  );
});
afterAll(() => rm(tree, { recursive: true, force: true }));

const directions = LAYERS.flatMap((from) => [...LAYERS, "test", "main.ts", "settings.ts"].map((to) => ({ from, to })));
const forbidden = directions.filter(({ from, to }) => from !== to && !MAY_IMPORT[from].includes(to));
const allowed = directions.filter(({ from, to }) => MAY_IMPORT[from].includes(to));

const forms: Record<string, (path: string) => string> = {
  import: (path) => `import { thing } from "${path}";\nexport const other = thing;\n`,
  type: (path) => `import type { Thing } from "${path}";\nexport type Other = Thing | null;\n`,
  export: (path) => `export { thing } from "${path}";\n`,
  dynamic: (path) => `export const thing = (): Promise<unknown> => import("${path}");\n`,
};

test("the linter reports every import that goes up or across the layers, in each form and at each depth", async () => {
  const planted: string[] = [];
  for (const { from, to } of forbidden) {
    for (const [form, write] of Object.entries(forms)) {
      planted.push(await plant(`${from}/${form}-${to.replace(".", "-")}.ts`, write(pathOf("../", to))));
      planted.push(await plant(`${from}/deep/er/${form}-${to.replace(".", "-")}.ts`, write(pathOf("../../../", to))));
    }
  }
  const reported = await lint();
  expect(planted.filter((file) => !reported.has(`${file} no-restricted-imports`))).toEqual([]);
  expect(planted.length).toBeGreaterThan(200);
});

test("the linter lets every import down the layers pass", async () => {
  const planted: string[] = [];
  for (const { from, to } of allowed) {
    planted.push(await plant(`${from}/deep/down-to-${to}.ts`, forms["import"]!(pathOf("../../", to))));
  }
  const reported = await lint();
  expect(planted.filter((file) => reported.has(`${file} no-restricted-imports`))).toEqual([]);
});

test("the linter keeps HTTP and the queue out of core, databases out of files, and all but zod out of contract", async () => {
  const planted = [
    await plant("core/with-express.ts", forms["import"]!("express")),
    await plant("core/with-queue.ts", forms["import"]!("bullmq")),
    await plant("files/with-driver.ts", forms["import"]!("pg")),
    await plant("licensing/with-orm.ts", forms["import"]!("drizzle-orm/pg-core")),
    await plant("contract/with-node.ts", forms["import"]!("node:fs")),
    await plant("contract/with-driver.ts", forms["import"]!("pg")),
  ];
  const reported = await lint();
  expect(planted.filter((file) => !reported.has(`${file} no-restricted-imports`))).toEqual([]);
});

test("the linter bans transactions of postgres.js, a lost promise and a setting read outside settings.ts", async () => {
  const begin = await plant("core/begin.ts", "export const run = (sql: { begin(): void }): void => sql.begin();\n");
  const reserve = await plant(
    "core/reserve.ts",
    "export const run = (sql: { reserve(): void }): void => sql.reserve();\n",
  );
  const floating = await plant(
    "core/float.ts",
    "export function run(save: () => Promise<void>): void {\n  save();\n}\n",
  );
  const setting = await plant("core/setting.ts", 'export const port = (): unknown => process.env["PORT"];\n');
  const settings = await plant("settings.ts", 'export const port = (): unknown => process.env["PORT"];\n');
  const reported = await lint();
  expect(reported).toContain(`${begin} no-restricted-properties`);
  expect(reported).toContain(`${reserve} no-restricted-properties`);
  expect(reported).toContain(`${floating} no-floating-promises`);
  expect(reported).toContain(`${setting} no-process-env`);
  expect(reported).not.toContain(`${settings} no-process-env`);
});

test("the linter keeps SQL, and what runs it, out of what stands above core", async () => {
  const statements = [
    "`select id from agents where id = ${id}`",
    "`\n  with old as (select 1) select 2`",
    '"update chunks set run = 1"',
    '"INSERT INTO audit (id) VALUES (1)"',
    '"delete from workers"',
    "\"set local work_mem = '64kB'\"",
    '"lock table agents in share mode"',
  ];
  const ways = [
    "(db: { sql: (text: string) => void }): void => db.sql(id)",
    "({ sql }: { sql: (text: string) => void }): void => sql(id)",
    "(db: { orm: { select: () => void } }): void => db.orm.select()",
  ];
  const planted: string[] = [];
  for (const folder of ["api/deep/", "worker/"]) {
    for (const [at, code] of [...statements, ...ways].entries()) {
      planted.push(
        await plant(`${folder}with-sql-${at}.ts`, `const id = "7";\nexport const thing = ${code};\nexport { id };\n`),
      );
    }
  }
  for (const file of ["main.ts", "boot/with-sql.ts", "cli/with-sql.ts"]) {
    planted.push(await plant(file, `export const thing = ${statements[2]};\n`));
  }
  const drivers: string[] = [];
  for (const folder of ["api/deep/", "worker/"]) {
    for (const driver of ["pg", "postgres", "drizzle-orm", "drizzle-orm/pg-core"]) {
      drivers.push(await plant(`${folder}with-${driver.replace("/", "-")}.ts`, forms["import"]!(driver)));
    }
  }
  const sound = [
    await plant("api/sound.ts", 'export const said = ["Select a user, or update all", "with the key", "select"];\n'),
    await plant("core/with-sql.ts", `export const thing = ${statements[2]};\n`),
  ];
  const reported = await lint();
  expect(planted.filter((file) => !reported.has(`${file} no-sql`))).toEqual([]);
  expect(drivers.filter((file) => !reported.has(`${file} no-restricted-imports`))).toEqual([]);
  expect(sound.filter((file) => reported.has(`${file} no-sql`))).toEqual([]);
});

test("the linter reports what goes up inside core, in each form, and a room that has no floor", async () => {
  const up = await Promise.all(
    Object.entries(forms).flatMap(([form, write]) => [
      plant(`core/batches/plan/up-${form}.ts`, write("../run/operations/thing.ts")),
      plant(`core/up-${form}.ts`, write("./batches/state/thing.ts")),
      plant(`core/attic/up-${form}.ts`, write("../context.ts")),
    ]),
  );
  const down = await Promise.all([
    plant("core/batches/run/operations/down.ts", forms["import"]!("../../plan/thing.ts")),
    plant("core/batches/run/operations/beside.ts", forms["import"]!("../thing.ts")),
    plant("core/batches/run/operations/root.ts", forms["import"]!("../../../context.ts")),
    plant("core/batches/run/operations/db.ts", forms["import"]!("../../../../db/thing.ts")),
  ]);
  const reported = await lint();
  expect(up.filter((file) => !reported.has(`${file} core-floors`))).toEqual([]);
  expect(down.filter((file) => reported.has(`${file} core-floors`))).toEqual([]);
});

test("the linter reports a pattern that takes more than its share of time for a long text", async () => {
  const trim = await plant(
    "core/trim.ts",
    'export const trim = (text: string): string => text.replace(/\\s+$/, "");\n',
  );
  const phone = await plant("ui/phone.ts", "export const phone = /^[0-9 -]*(?:\\s*x\\d+)?$/;\n");
  const sound = await plant("core/sound.ts", "export const sound = /^(?:[0-9]+-)*[0-9]+$/;\n");
  const reported = await lint();
  expect(reported).toContain(`${trim} no-super-linear-move`);
  expect(reported).toContain(`${phone} no-super-linear-backtracking`);
  expect([...reported].filter((finding) => finding.startsWith(sound))).toEqual([]);
});

async function plant(file: string, text: string): Promise<string> {
  await mkdir(dirname(join(tree, file)), { recursive: true });
  await writeFile(join(tree, file), text);
  return file;
}

function pathOf(up: string, to: string): string {
  return to.endsWith(".ts") ? `${up}${to}` : `${up}${to}/thing.ts`;
}

/** Runs the linter over the planted tree and returns `file rule` for each finding. */
async function lint(): Promise<Set<string>> {
  const output = await new Promise<string>((done) => {
    // It ends with an error code, as it should, when it found something.
    execFile(
      join(ROOT, "node_modules/.bin/oxlint"),
      ["--type-aware", "--format=json"],
      { cwd: tree, maxBuffer: 64 * 1024 * 1024 },
      (_error, stdout) => done(stdout),
    );
  });
  const { diagnostics } = JSON.parse(output) as { diagnostics: { filename: string; code: string }[] };
  return new Set(diagnostics.map(({ filename, code }) => `${filename} ${/\(([^()]*)\)$/.exec(code)?.[1] ?? code}`));
}
