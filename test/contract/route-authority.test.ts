import { execFile } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type RouteName, routeNames, routes } from "../../contract/routes.ts";
import { type Route, takesKey } from "../../contract/routes/route.ts";

const ROOT = resolve(import.meta.dirname, "../..");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "muster-routes-"));
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What is planted into a route that has neither authority nor parameters. */
const sound = [
  `authority: "public"`,
  `authority: "anyAgent", params: z.object({ agentId: z.uuid() })`,
  `authority: { act: "manageAgents", at: "partner" }, params: z.object({ agentId: z.uuid() })`,
  `authority: { act: "createUsers", at: "customer" }, params: customerParams`,
  `authority: { act: "read", at: "customer" }, params: userParams`,
  `authority: { act: "manageCustomer", at: "customerRecord" }, params: customerParams`,
  `authority: { act: "operationOfBatch", at: "batch" }, params: batchParams.extend({ rowNo: z.number() })`,
  `authority: { act: "operationOfBody", at: "customer" }, params: customerParams, body: z.object({ operation: z.enum(fileOperationNames) })`,
  `authority: { act: "operationOfOptions", at: "customer" }, params: customerParams, options: z.object({ operation: z.enum(operationSlugs) })`,
];

const unsound = {
  "says nothing": ``,
  "says nothing, and names a customer": `params: customerParams`,
  "is open to nobody known": `authority: "everybody"`,
  "names a customer and is open to any agent": `authority: "anyAgent", params: customerParams`,
  "names a user and is public": `authority: "public", params: userParams`,
  "names a batch and is open to any agent": `authority: "anyAgent", params: batchParams`,
  "names a customer and asks at none": `authority: { act: "manageAgents", at: "partner" }, params: customerParams`,
  "names a customer and asks at a batch": `authority: { act: "read", at: "batch" }, params: customerParams`,
  "names no customer and asks at one": `authority: { act: "createUsers", at: "customer" }`,
  "asks for an act and not where": `authority: { act: "createUsers" }, params: customerParams`,
  "asks for an act that there is not": `authority: { act: "doAll", at: "customer" }, params: customerParams`,
  "asks for an act at a customer of nobody's": `authority: { act: "createUsers", at: "partner" }`,
  "asks for an act of the partner's of a grant": `authority: { act: "manageAgents", at: "customer" }, params: customerParams`,
  "asks what the body says, and has none": `authority: { act: "operationOfBody", at: "customer" }, params: customerParams`,
  "asks what the body says, and it says no operation": `authority: { act: "operationOfBody", at: "customer" }, params: customerParams, body: z.object({ operation: z.string() })`,
  "asks what the options say, and has none": `authority: { act: "operationOfOptions", at: "customer" }, params: customerParams`,
};

it("a route compiles only where it says who may call it, at the place that its path names", async () => {
  const names = Object.keys(unsound);
  const planted = [...sound, ...Object.values(unsound)];
  const head = [
    `import { z } from "zod";`,
    `import { fileOperationNames, operationSlugs } from ${JSON.stringify(join(ROOT, "contract/operations.ts"))};`,
    `import { batchParams, customerParams, type Route, userParams } from ${JSON.stringify(join(ROOT, "contract/routes/route.ts"))};`,
    `export const used = [z, fileOperationNames, operationSlugs, batchParams, customerParams, userParams];`,
    `const rest = { method: "get", path: "/v1/x", tag: "Users", summary: "X", answers: {}, problems: [] } as const;`,
  ];
  const lines = planted.map((text, at) => `export const route${at} = { ...rest, ${text} } as const satisfies Route;`);
  const faults = await compile([...head, ...lines].join("\n"));
  const failed = planted.flatMap((_text, at) => (faults.has(head.length + at + 1) ? [at - sound.length] : []));
  expect(failed.map((at) => names[at] ?? `sound: ${sound[at + sound.length]}`)).toEqual(names);
  expect([...faults].filter((line) => line <= head.length)).toEqual([]);
});

/** The lines of `text` that the compiler refuses, by the settings of the contract. */
async function compile(text: string): Promise<ReadonlySet<number>> {
  await writeFile(join(folder, "planted.mts"), text);
  const compilerOptions = {
    composite: false,
    noEmit: true,
    rootDir: "/",
    allowImportingTsExtensions: true,
    rewriteRelativeImportExtensions: false,
  };
  const config = { extends: join(ROOT, "tsconfig.base.json"), compilerOptions, files: ["planted.mts"] };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(config));
  const output = await new Promise<string>((done) => {
    // It ends with an error code, as it should, when it found something.
    execFile(join(ROOT, "node_modules/.bin/tsc"), ["-p", folder, "--pretty", "false"], (_error, stdout) =>
      done(stdout),
    );
  });
  const placed = output.split("\n").filter((line) => /^\S/.test(line));
  const found = placed.map((line) => /planted\.mts\((\d+),/.exec(line)?.[1]);
  if (found.includes(undefined)) throw new Error(`the compiler says something else:\n${output}`);
  return new Set(found.map(Number));
}

const ofAuthority = (wanted: Route["authority"]) => routeNames.filter((name) => routes[name].authority === wanted);

it("only lists that hold what each may see, and what belongs to nobody, are open to any agent", () => {
  const filtered: RouteName[] = ["listCustomers", "listBatches", "listAudit", "downloadAudit", "search"];
  const counted: RouteName[] = ["getOverview", "getPace", "streamEvents"];
  const nobodys: RouteName[] = ["getMe", "listCatalog", "downloadTemplate"];
  expect(ofAuthority("anyAgent").toSorted()).toEqual([...filtered, ...counted, ...nobodys].toSorted());
  const ofMany: RouteName[] = [
    "createBundle",
    "listBundles",
    "getBundle",
    "applyBundle",
    "listQuestions",
    "approveBundle",
    "refuseBundle",
    "resumeBundle",
    "listRefused",
  ];
  expect(ofAuthority("eachCustomer").toSorted()).toEqual(
    [...ofMany, "downloadBundleResults", "downloadBundleFailed"].toSorted(),
  );
  expect(ofAuthority("namedAgent").toSorted()).toEqual(["endSession", "listSessions"]);
  expect(ofAuthority("keyOwner").toSorted()).toEqual(["createApiKey", "deleteApiKey", "listApiKeys"]);
  expect(ofAuthority("agentOrMachine")).toEqual(["getMetrics"]);
});

it("a route that changes something asks for more than reading", () => {
  const own = new Set(["public", "namedAgent", "keyOwner", "eachCustomer"]);
  const changing = routeNames.filter((name) => {
    const route: Route = routes[name];
    return takesKey(route) || ["put", "patch", "delete"].includes(route.method);
  });
  const open = changing.filter((name) => {
    const { authority }: Route = routes[name];
    return typeof authority === "string" ? !own.has(authority) : authority.act === "read";
  });
  expect(open).toEqual([]);
  expect(changing.length).toBeGreaterThan(40);
});

it("the parameters of a route are those of its path", () => {
  for (const name of routeNames) {
    const { path, params }: Route = routes[name];
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter = ""]) => parameter);
    expect([name, Object.keys(params?.shape ?? {}).toSorted()]).toEqual([name, named.toSorted()]);
  }
});
