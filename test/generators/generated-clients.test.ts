import { execFile } from "node:child_process";
import { mkdtemp, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { startApp, type TestApp } from "../support/app.ts";

const run = promisify(execFile);
const here = import.meta.dirname;
const programs = join(here, "node_modules/.bin");

let app: TestApp;
let folder: string;
beforeAll(async () => {
  app = await startApp();
  folder = await mkdtemp(join(inject("scratch"), "clients-"));
  await symlink(join(here, "../../node_modules"), join(folder, "node_modules"));
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  // As somebody elsewhere gets it: without a key, from the address that serves it.
  const { text } = await app.request("/openapi.json", { key: null });
  await writeFile(join(folder, "openapi.json"), text);
});
afterAll(() => app.close());

// A generator, a compiler and a client, one after the other.
const limit = { timeout: 180_000 };

/** Compiles `source` beside what a generator made, strictly, and runs it against the app. */
async function compileAndRun(name: string, source: string): Promise<unknown> {
  await writeFile(join(folder, name), source);
  const strict = ["--noEmit", "--strict", "--noUncheckedIndexedAccess"];
  const target = ["--module", "esnext", "--moduleResolution", "bundler", "--target", "es2022", "--lib", "es2023,dom"];
  const types = ["--types", "node", "--allowImportingTsExtensions"];
  const compiled = run(join(programs, "tsc"), [...strict, ...target, ...types, name], { cwd: folder });
  await compiled.catch((error: { stdout: string }) => {
    throw new Error(`${name} does not compile:\n${error.stdout}`);
  });
  const { stdout } = await run(join(here, "../../node_modules/.bin/tsx"), [name], {
    cwd: folder,
    env: { PATH: process.env["PATH"], MUSTER: app.url, KEY: app.key },
  });
  return JSON.parse(stdout);
}

const told = {
  customer: "Litware",
  planned: { create: 2, invalid: 1 },
  state: "finished",
  failed: ["upn_invalid"],
  made: "Ada",
  changed: "Lead",
  missing: "not_found",
};

it("a client by openapi-typescript compiles and does an agent's work", limit, async () => {
  await run(join(programs, "openapi-typescript"), ["openapi.json", "-o", "schema.d.ts"], { cwd: folder });
  const source = `
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.d.ts";

const { GET, POST, PATCH } = createClient<paths>({
  baseUrl: process.env["MUSTER"] ?? "",
  headers: { Authorization: \`Bearer \${process.env["KEY"]}\` },
});
const sure = <T>(thing: T | undefined): T => {
  if (thing === undefined) throw new Error("no answer");
  return thing;
};
const Prefer = "wait=20";
const made = await POST("/v1/customers", { body: { name: "Litware", domains: ["litware.example"] } });
const customer: components["schemas"]["Customer"] = sure(made.data);
const path = { customerId: customer.id };
const upload = await POST("/v1/customers/{customerId}/uploads", {
  params: { path, query: { operation: "create-users", skus: [], mapping: '{"Who":"displayName"}', apply: false } },
  headers: { "Content-Type": "text/csv" },
  body: "Who,Email\\nAda,ada@litware.example\\nBo,bo@litware.example\\nNo,@@\\n",
  bodySerializer: (body) => body as string,
});
const { id, plan } = sure(upload.data);
const batch = { batchId: id };
const applied = await POST("/v1/batches/{batchId}/apply", { params: { path: batch, header: { Prefer } }, body: {} });
const rows = await GET("/v1/batches/{batchId}/rows", { params: { path: batch, query: { state: "failed" } } });
const users = await GET("/v1/customers/{customerId}/users", { params: { path, query: { q: "ada", count: true } } });
const user = sure(sure(users.data).items[0]);
const changed = await PATCH("/v1/customers/{customerId}/users/{userId}", {
  params: { path: { ...path, userId: user.id }, header: { Prefer, "If-Match": \`"\${user.version}"\` } },
  body: { jobTitle: "Lead", city: null },
});
const nobody = await GET("/v1/batches/{batchId}", { params: { path: { batchId: customer.id } } });
const after: components["schemas"]["User"] | components["schemas"]["Batch"] = sure(changed.data);
console.log(JSON.stringify({
  customer: customer.name,
  planned: { create: plan.create, invalid: plan.invalid },
  state: sure(applied.data).state,
  failed: sure(rows.data).items.map((row) => row.code),
  made: user.displayName,
  changed: "jobTitle" in after ? after.jobTitle : after.state,
  missing: nobody.error?.code,
}));
`;
  expect(await compileAndRun("by-openapi-typescript.ts", source)).toEqual(told);
});

it("a client by hey-api compiles and does the same", limit, async () => {
  await run(join(programs, "openapi-ts"), ["-i", "openapi.json", "-o", "hey", "--silent"], { cwd: folder });
  const source = `
import {
  applyBatch, changeUser, type Batch, type Customer, createCustomer, createUpload, getBatch, listRows, listUsers, type User,
} from "./hey/index.ts";
import { client } from "./hey/client.gen.ts";

client.setConfig({ baseUrl: process.env["MUSTER"] ?? "", auth: process.env["KEY"] ?? "" });
const throwOnError = true;
const Prefer = "wait=20";
const made = await createCustomer({ throwOnError, body: { name: "Litware", domains: ["litware2.example"] } });
const customer: Customer = made.data;
const path = { customerId: customer.id };
const file = new Blob(["Who,Email\\nAda,ada@litware2.example\\nBo,bo@litware2.example\\nNo,@@\\n"]);
const query = { operation: "create-users", mapping: '{"Who":"displayName"}', apply: false } as const;
const { data: planned } = await createUpload({ throwOnError, path, query, body: file });
const batch = { batchId: planned.id };
const { data: applied } = await applyBatch({ throwOnError, path: batch, headers: { Prefer }, body: {} });
const { data: rows } = await listRows({ throwOnError, path: batch, query: { state: "failed" } });
const { data: users } = await listUsers({ throwOnError, path, query: { q: "ada", count: true } });
const user: User | undefined = users.items[0];
if (user === undefined) throw new Error("no user");
const { data: changed } = await changeUser({
  throwOnError,
  path: { ...path, userId: user.id },
  headers: { Prefer, "If-Match": \`"\${user.version}"\` },
  body: { jobTitle: "Lead", city: null },
});
const after: User | Batch = changed;
const nobody = await getBatch({ path: { batchId: customer.id } });
console.log(JSON.stringify({
  customer: customer.name,
  planned: { create: planned.plan.create, invalid: planned.plan.invalid },
  state: applied.state,
  failed: rows.items.map((row) => row.code),
  made: user.displayName,
  changed: "jobTitle" in after ? after.jobTitle : after.state,
  missing: nobody.error?.code,
}));
`;
  expect(await compileAndRun("by-hey-api.ts", source)).toEqual(told);
});
