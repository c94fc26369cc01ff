import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { canRun } from "../support/can-run.ts";
import { makeClient, type Client } from "../support/client.ts";
import { startBreakingProxy, type BreakingProxy } from "../support/breaking-proxy.ts";
import { eventually } from "../support/eventually.ts";
import type { MusterProcess } from "../support/processes.ts";
import { redisUrl } from "../support/queue-backends.ts";
import { openInstallation, type Installation } from "./installation.ts";
import { adminKey } from "./start-muster.ts";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

/** No proxy in front of an api waits longer for an answer, as they come. */
const patienceMs = 60_000;
/** What a process that is told to stop is given before it is killed, less than as systems come. */
const stopMs = 30_000;

let installation: Installation;
let proxy: BreakingProxy;
let api: MusterProcess & { client: Client };

beforeAll(async () => {
  installation = await openInstallation();
  await installation.startWorker();
});

afterEach(async () => {
  await api.kill("SIGKILL");
  await proxy.close();
});

afterAll(() => installation.close());

async function startApiBehind(setting: string, url: string): Promise<void> {
  proxy = await startBreakingProxy(url);
  api = await installation.startApi({ [setting]: proxy.url });
}

type Told = { status: number; code: string | undefined };

async function ask(path: string, json?: object): Promise<Told> {
  const answer = await fetch(`${api.address}${path}`, {
    headers: {
      authorization: `Bearer ${adminKey}`,
      ...(json === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(json === undefined ? {} : { method: "POST", body: JSON.stringify(json) }),
    signal: AbortSignal.timeout(patienceMs),
  });
  const text = await answer.text();
  const isProblem = answer.headers.get("content-type")?.includes("problem") === true;
  return { status: answer.status, code: isProblem ? (JSON.parse(text) as { code: string }).code : undefined };
}

async function untilReady(): Promise<void> {
  await eventually(async () => expect(await ask("/readyz")).toMatchObject({ status: 200 }), { timeoutMs: 60_000 });
}

/** What is told first of all that says no; each look is told again for a second. */
async function untilUnready(): Promise<Told> {
  return await eventually(
    async () => {
      const told = await ask("/readyz");
      expect(told.status).not.toBe(200);
      return told;
    },
    { timeoutMs: 10_000 },
  );
}

async function stopsInTime(): Promise<void> {
  const ended = api.kill("SIGTERM");
  await eventually(() => expect(api.hasEnded()).toBe(true), { timeoutMs: stopMs });
  await ended;
}

/** A user, made and waited for: the api hears of the end by what the database notifies. */
async function makeUser(client: Client, customer: { id: string; domain: string }, name: string): Promise<number> {
  const json = { userPrincipalName: `${name}@${customer.domain}`, displayName: name };
  const headers = { prefer: "wait=50" };
  return (await client.request(`/v1/customers/${customer.id}/users`, { json, headers })).status;
}

test("an api whose connections to Postgres go silent says so in time, is back by itself, and stops in time", async () => {
  await startApiBehind("DATABASE_URL", installation.db.url);
  const customer = await api.client.makeCustomer();
  expect(await makeUser(api.client, customer, "ada")).toBe(201);
  await untilReady();
  for (let round = 0; round < 2; round++) {
    proxy.goSilent();
    const asked = [
      untilUnready(),
      ask("/v1/agents"),
      ask(`/v1/customers/${customer.id}/users`),
      ask(`/v1/customers/${customer.id}/batches`, {
        operation: "createUsers",
        rows: [{ userPrincipalName: "grace", displayName: "Grace" }],
      }),
      ask("/v1/customers", { name: "Never", domains: ["never.example"] }),
    ];
    const unavailable = { status: 503, code: "unavailable" };
    expect(await Promise.all(asked)).toEqual(asked.map(() => unavailable));
    expect(await ask("/healthz")).toMatchObject({ status: 200 });
    proxy.comeBack();
    await untilReady();
    expect(await makeUser(api.client, customer, `after${round}`)).toBe(201);
  }
  expect(await ask("/v1/customers", { name: "Never", domains: ["never.example"] })).toMatchObject({ status: 201 });
  proxy.goSilent();
  const underWay = ask("/v1/agents").catch(() => undefined);
  await stopsInTime();
  await underWay;
});

const command = "TEST_REDIS_URL=redis://127.0.0.1:6379 npx vitest run test/faults/silent-api.test.ts";
test.runIf(canRun(redisUrl !== undefined, "a Redis", command))(
  "an api whose connection to Redis goes silent says so in time, goes on with all else, is back by itself, and stops in time",
  async () => {
    await startApiBehind("REDIS_URL", redisUrl ?? "");
    const customer = await api.client.makeCustomer();
    await untilReady();
    proxy.goSilent();
    expect(await untilUnready()).toEqual({ status: 503, code: "queue_unavailable" });
    expect(await makeUser(api.client, customer, "ada")).toBe(201);
    expect((await ask("/metrics")).status).toBe(200);
    const { text } = await makeClient(api.address, adminKey).request("/metrics");
    expect(text).toMatch(/^muster_queue_up\{queue="user-creation"\} 0$/m);
    proxy.comeBack();
    await untilReady();
    expect(await makeUser(api.client, customer, "grace")).toBe(201);
    proxy.goSilent();
    const underWay = ask("/readyz").catch(() => undefined);
    await stopsInTime();
    await underWay;
  },
);
