import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeServer } from "../../api/server.ts";
import { makeSignIn } from "../../api/sign-in/sign-in.ts";
import { problemSchema } from "../../contract/problem-document.ts";
import { makeLog } from "../../db/log.ts";
import { makeMonitor } from "../../monitor/monitor.ts";
import { openDatabase, type Database } from "../../db/open-database.ts";
import { startApp, type TestApp } from "../support/app.ts";

let app: TestApp;
let gone: Database;
let server: Server;
let url: string;
const lines: string[] = [];

beforeAll(async () => {
  app = await startApp({ workers: false });
  const log = makeLog("debug", { write: (line) => lines.push(line) });
  // Nothing listens on port 1.
  gone = openDatabase("postgres://muster:muster@127.0.0.1:1/muster", { role: "api", poolSize: 2, log });
  const { app: express } = makeServer({
    context: { ...app.context, db: gone, log },
    signIn: makeSignIn({
      db: gone,
      keys: { current: "a secret of the tests for cookies, 8c1d3f", previous: null },
      publicUrl: null,
      log,
    }),
    queues: app.queues,
    retryJob: async () => "job_not_found",
    monitor: makeMonitor(),
    settings: {
      host: "127.0.0.1",
      port: 0,
      publicUrl: null,
      trustedProxies: "loopback",
      adminApiKey: app.key,
      maxUploadMb: 1,
      requestsPerMinute: 100,
      mail: null,
    },
  });
  server = createServer(express).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await gone.close();
  await app.close();
});

async function ask(path: string, headers: Record<string, string>, json?: object) {
  const answer = await fetch(`${url}${path}`, {
    headers: { ...headers, ...(json === undefined ? {} : { "content-type": "application/json" }) },
    ...(json === undefined ? {} : { method: "POST", body: JSON.stringify(json) }),
  });
  return {
    status: answer.status,
    retryAfter: answer.headers.get("retry-after"),
    problem: problemSchema.parse(await answer.json()),
  };
}

it("while the database is away, the metrics are there all the same and say so", async () => {
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${app.key}` } });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('muster_store_up{store="database"} 0');
});

it.each([
  ["readiness", "/readyz", {}, undefined],
  ["a good key, which nobody can look up", "/v1/me", { authorization: "Bearer muster_perhaps_good" }, undefined],
  ["a session, which nobody can look up", "/v1/me", { cookie: "muster.session_token=perhaps.good" }, undefined],
  ["signing in", "/api/auth/sign-in/email", {}, { email: "anna@person.example", password: "anna's password" }],
] as const)("while the database is away, %s is 503 and not wrong", async (_what, path, headers, json) => {
  const { status, retryAfter, problem } = await ask(path, headers, json);
  expect(status).toBe(503);
  expect(problem.code).toBe("unavailable");
  expect(retryAfter).toBe("2");
});

it("a write while the database is away is 503 too, with and without an idempotency key", async () => {
  const json = { name: "Anna Person GmbH", domains: ["person.example"] };
  for (const headers of [{}, { "idempotency-key": "anna-1" }]) {
    const { status } = await ask("/v1/customers", { authorization: `Bearer ${app.key}`, ...headers }, json);
    expect(status).toBe(503);
  }
});

it("the process is alive, and its log names nobody", async () => {
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join("")).not.toMatch(/anna|person/i);
});
