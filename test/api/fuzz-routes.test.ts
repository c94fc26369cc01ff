import * as fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeCode, type Code } from "../../contract/codes.ts";
import { type RouteName, routeNames } from "../../contract/routes.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { documented, send, toRequest, type Documented } from "../support/documented-requests.ts";
import { stageExample } from "../support/example-stage.ts";
import { startMailServer, type TestMailServer } from "../support/mail-server.ts";
import { spoiled } from "../support/spoil-request.ts";

/** Requests in all; `npm run fuzz` sends many. */
const requests = Number(process.env["FUZZ_REQUESTS"] ?? 0);
const seed = Number(process.env["FUZZ_SEED"] ?? 1);
/** The limit of one request, where a run is long enough to be one of its own on its machine. */
const limitMs = requests > 0 ? 2_000 : 20_000;
const fewPerRoute = 8;
const perStage = 60;
const atOnce = 4;

let app: TestApp;
let idle: TestApp;
let mailServer: TestMailServer;
beforeAll(async () => {
  mailServer = await startMailServer();
  const { mail } = mailServer;
  app = await startApp({ mail });
  idle = await startApp({ workers: false, mail });
});
afterAll(async () => {
  await idle.close();
  await app.close();
  mailServer.close();
});

// These need a real provider, which test/api/oidc.test.ts has.
const ofProvider = new Set<RouteName>(["startOidc", "finishOidc"]);
const fuzzed = documented.filter(({ name }) => !ofProvider.has(name));
const slowest = { ms: 0, what: "" };

/** Sends as it stands what makes the stage, then `count` requests that are nearly so; gives whether the first was taken. */
async function fuzzStage(one: Documented, count: number, round: number): Promise<boolean> {
  await app.db.sql`delete from rate_limits`;
  const stage = await stageExample({ app, idle }, one.name, JSON.stringify(toRequest(one)));
  for (const taken of ["noor.haddad", "Night shift", "tailspin"]) stage.words.set(taken, `${taken}${round}${seed}`);
  const { Prefer: _wait, ...headers } = toRequest(one, stage).headers;
  const request = { ...toRequest(one, stage), headers };
  const first = await send(stage, request);
  const odd = fc.sample(spoiled(request), { numRuns: count, seed: seed + round });
  for (let at = 0; at < odd.length; at += atOnce) {
    await Promise.all(
      odd.slice(at, at + atOnce).map(async (asked) => {
        const started = performance.now();
        const { status, type, text } = await send(stage, asked);
        const ms = performance.now() - started;
        const what = `${asked.method} ${asked.address} ${JSON.stringify(asked.headers)} ${asked.body?.slice(0, 500)}`;
        if (ms > slowest.ms) Object.assign(slowest, { ms, what });
        if (status >= 500 || ms > limitMs) throw new Error(`${status} after ${Math.round(ms)} ms: ${what} → ${text}`);
        // The sign-in library refuses in its own words.
        if (status < 400 || !type.startsWith("application/problem+json")) return;
        const { code } = JSON.parse(text) as { code: Code };
        expect([what, describeCode(code)?.status]).toEqual([what, status]);
      }),
    );
  }
  return first.status < 400;
}

it(
  "each route takes what it is for, and refuses with a reason what is nearly that",
  { timeout: 3_600_000 },
  async () => {
    const taken = new Map<RouteName, number>();
    const names = new Set(fuzzed.map(({ name }) => name));
    const examples =
      requests > 0 ? fuzzed : [...names].flatMap((name) => fuzzed.find((one) => one.name === name) ?? []);
    const each = requests > 0 ? perStage : fewPerRoute;
    for (let sent = 0, round = 0; round === 0 || sent < requests; round++) {
      for (const one of examples) {
        const done = await fuzzStage(one, each, round);
        taken.set(one.name, (taken.get(one.name) ?? 0) + Number(done));
        sent += each + 1;
        if (round > 0 && sent >= requests) break;
      }
    }
    const untouched = routeNames.filter((name) => names.has(name) && (taken.get(name) ?? 0) === 0);
    expect(untouched).toEqual([]);
    if (requests > 0)
      console.log(`${taken.size} routes; the slowest took ${Math.round(slowest.ms)} ms: ${slowest.what}`);
    expect((await app.request("/readyz")).status).toBe(200);
  },
);
