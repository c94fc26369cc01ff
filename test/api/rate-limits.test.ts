import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeRequestLimits } from "../../api/http/request-limits.ts";
import { openCore, type CoreFixture } from "../support/core-context.ts";
import { startApp, type TestApp } from "../support/app.ts";

const perMinute = 20;
/** Ten seconds into a minute, where every test stands. */
const moment = new Date("2030-01-01T12:00:10Z");

describe("at the door", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ workers: false, requestsPerMinute: perMinute });
    app.context.now = () => moment;
  });
  afterAll(() => app.close());

  async function makeKey(name: string): Promise<string> {
    const headers = await app.signIn();
    return (await app.request<{ key: string }>("/v1/api-keys", { json: { name }, key: null, headers })).body.key;
  }

  it("a key hears how much is left to it, and is refused until the minute is over; another key is not", async () => {
    const [key, other] = [await makeKey("one"), await makeKey("other")];
    const first = await app.request("/v1/me", { key });
    expect(first.headers.get("ratelimit-policy")).toBe(`"default";q=${perMinute};w=60`);
    expect(first.headers.get("ratelimit")).toBe(`"default";r=${perMinute - 1};t=50`);
    for (let sent = 1; sent < perMinute; sent += 1) expect((await app.request("/v1/me", { key })).status).toBe(200);
    const refused = await app.refused("/v1/me", { key });
    expect(refused.status).toBe(429);
    expect(refused.body.code).toBe("rate_limited");
    expect(refused.headers.get("ratelimit")).toBe(`"default";r=0;t=50`);
    expect(refused.headers.get("retry-after")).toBe("50");
    expect((await app.request("/v1/me", { key: other })).status).toBe(200);
  });

  it("a session is counted by itself, whatever other cookies come with it", async () => {
    const [one, two] = [await app.signIn(), await app.signIn()];
    const codes: number[] = [];
    for (let sent = 0; sent <= perMinute; sent += 1) {
      const cookie = `other=${sent}; ${one["cookie"]}; more=${sent}`;
      codes.push((await app.request("/v1/me", { key: null, headers: { ...one, cookie } })).status);
    }
    expect(codes.filter((status) => status === 429)).toHaveLength(1);
    expect(codes.at(-1)).toBe(429);
    expect((await app.request("/v1/me", { key: null, headers: two })).status).toBe(200);
    expect((await app.request("/queues/", { key: null, headers: one })).status).toBe(429);
  });

  it("health, readiness and metrics are always answered, and without these headers", async () => {
    const key = await makeKey("health");
    for (let sent = 0; sent <= perMinute; sent += 1) await app.request("/v1/me", { key });
    expect((await app.request("/v1/me", { key })).status).toBe(429);
    for (const path of ["/healthz", "/readyz", "/metrics"]) {
      const answer = await app.request(path, { key });
      expect(answer.status).toBe(200);
      expect(answer.headers.get("ratelimit")).toBeNull();
    }
  });
});

describe("over several processes", () => {
  let core: CoreFixture;
  beforeAll(async () => {
    core = await openCore();
    core.context.now = () => moment;
  });
  afterAll(() => core.close());

  it("what one has counted is taken from what the others let through", async () => {
    const one = makeRequestLimits(core.context, perMinute);
    for (let sent = 0; sent < 15; sent += 1) one.take("caller");
    await one.close();
    const two = makeRequestLimits(core.context, perMinute);
    expect(two.take("caller").left).toBe(19);
    await two.close();
    expect(two.take("caller").left).toBe(3);
    expect(two.take("another").left).toBe(19);
    await two.close();
    const kept = await core.context.db.sql`select key, count from request_counts order by key`;
    expect(kept).toEqual([
      { key: "another", count: 1 },
      { key: "caller", count: 17 },
    ]);
  });

  it("a new minute begins at nothing", async () => {
    const limits = makeRequestLimits(core.context, 2);
    expect([limits.take("x").left, limits.take("x").left, limits.take("x").left]).toEqual([1, 0, -1]);
    core.context.now = () => new Date(moment.getTime() + 50_000);
    expect(limits.take("x").left).toBe(1);
    core.context.now = () => moment;
    await limits.close();
  });

  it("while the database is away each counts on alone, and shares it all when it is back", async () => {
    const { db } = core.context;
    const limits = makeRequestLimits(core.context, perMinute);
    limits.take("away");
    await db.sql`alter table request_counts rename to request_counts_away`;
    await limits.close();
    expect(limits.take("away").left).toBe(18);
    await db.sql`alter table request_counts_away rename to request_counts`;
    await limits.close();
    expect(await db.sql`select count from request_counts where key = 'away'`).toEqual([{ count: 2 }]);
  });
});
