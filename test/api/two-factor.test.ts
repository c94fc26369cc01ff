import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type Colleague, makeColleague } from "../support/agents.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { type CookieJar, cookieJar } from "../support/cookie-jar.ts";
import { freshTotpCode } from "../support/totp.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ workers: false });
});
// These tests try more often than a person would.
beforeEach(() => app.db.sql`delete from rate_limits`);
afterAll(() => app.close());

type Setup = { totpURI: string; backupCodes: string[] };

const post = (browser: CookieJar, path: string, json: object) => browser.request(`${app.url}${path}`, { json });

const verify = (browser: CookieJar, code: string) => post(browser, "/api/auth/two-factor/verify-totp", { code });

async function signIn({ email, password }: Colleague): Promise<{ browser: CookieJar; body: Record<string, unknown> }> {
  const browser = cookieJar();
  const answer = await post(browser, "/api/auth/sign-in/email", { email, password });
  return { browser, body: (await answer.json()) as Record<string, unknown> };
}

const me = (browser: CookieJar) => app.request("/v1/me", { key: null, headers: { cookie: browser.header() } });

async function setUp(agent: Colleague): Promise<Setup & { browser: CookieJar }> {
  const { browser } = await signIn(agent);
  const answer = await post(browser, "/api/auth/two-factor/enable", { password: agent.password });
  expect(answer.status).toBe(200);
  const setup = (await answer.json()) as Setup;
  expect((await verify(browser, freshTotpCode(setup.totpURI))).status).toBe(200);
  return { ...setup, browser };
}

const acts = async ({ id }: Colleague) =>
  await app.db.sql<object[]>`select operation, status, after from audit where actor_id = ${id} order by audit.id`;

it("an agent with an authenticator app gets in with password and code, and with neither alone", async () => {
  const agent = await makeColleague(app);
  const { totpURI, browser: first } = await setUp(agent);
  expect((await me(first)).body).toMatchObject({ twoFactorEnabled: true });
  const { browser, body } = await signIn(agent);
  expect(body).toMatchObject({ twoFactorRedirect: true, twoFactorMethods: ["totp"] });
  expect((await me(browser)).status).toBe(401);
  expect((await verify(browser, "000000")).status).toBe(401);
  expect((await me(browser)).status).toBe(401);
  const code = freshTotpCode(totpURI);
  expect((await verify(cookieJar(), code)).status).toBe(401);
  expect((await verify(browser, code)).status).toBe(200);
  expect((await me(browser)).body).toMatchObject({ id: agent.id });
  expect(await acts(agent)).toMatchObject([
    { operation: "sign_in", after: { by: "password" } },
    { operation: "enable_two_factor" },
    { operation: "sign_in", status: "refused", after: { by: "totp", address: "127.0.0.1" } },
    { operation: "sign_in", after: { by: "totp" } },
  ]);
});

it("a code counts once: whoever read it over a shoulder gets in nowhere with it", async () => {
  const agent = await makeColleague(app);
  const { browser: first } = await signIn(agent);
  const enabled = await post(first, "/api/auth/two-factor/enable", { password: agent.password });
  const { totpURI } = (await enabled.json()) as Setup;
  const set = freshTotpCode(totpURI);
  expect((await verify(first, set)).status).toBe(200);
  const { browser: early } = await signIn(agent);
  // The code that set the app up is spent as well.
  expect((await verify(early, set)).status).toBe(401);
  const code = freshTotpCode(totpURI);
  expect((await verify(early, code)).status).toBe(200);
  const { browser: late } = await signIn(agent);
  const again = await verify(late, code);
  expect([again.status, ((await again.json()) as { code: string }).code]).toEqual([401, "unauthenticated"]);
  expect((await me(late)).status).toBe(401);
});

it("of the same code sent many times at once, one gets in", async () => {
  const agent = await makeColleague(app);
  const { totpURI } = await setUp(agent);
  const browsers = await Promise.all([1, 2, 3].map(async () => (await signIn(agent)).browser));
  const code = freshTotpCode(totpURI);
  const statuses = await Promise.all(browsers.map(async (browser) => (await verify(browser, code)).status));
  expect(statuses.toSorted((one, other) => one - other)).toEqual([200, 401, 401]);
});

it("who is locked out by wrong codes hears so, and for how long, from whatever address", async () => {
  const agent = await makeColleague(app);
  const { totpURI } = await setUp(agent);
  let last: Response | undefined;
  // Five wrong codes end a sign-in, and ten the tries of an agent.
  for (let count = 0; count < 12; count += 1) {
    await app.db.sql`delete from rate_limits`;
    const { browser } = await signIn(agent);
    last = await verify(browser, String(100_000 + count));
  }
  expect(last?.status).toBe(429);
  expect(Number(last?.headers.get("retry-after"))).toBeGreaterThan(600);
  expect(await last?.text()).not.toContain("this address");
  const { browser } = await signIn(agent);
  expect((await verify(browser, freshTotpCode(totpURI))).status).toBe(429);
});

it("an app that was never tried does not count yet", async () => {
  const agent = await makeColleague(app);
  const { browser } = await signIn(agent);
  await post(browser, "/api/auth/two-factor/enable", { password: agent.password });
  expect((await me((await signIn(agent)).browser)).status).toBe(200);
});

it("a backup code opens once", async () => {
  const agent = await makeColleague(app);
  const { backupCodes } = await setUp(agent);
  const use = async () => {
    const { browser } = await signIn(agent);
    const code = backupCodes[0] ?? "";
    return (await post(browser, "/api/auth/two-factor/verify-backup-code", { code })).status;
  };
  expect(await use()).toBe(200);
  expect(await use()).toBe(401);
});

it("setting up and giving up take the password", async () => {
  const agent = await makeColleague(app);
  const { browser } = await setUp(agent);
  const disable = (password: string) => post(browser, "/api/auth/two-factor/disable", { password });
  expect((await disable("wrong")).status).toBe(422);
  expect((await signIn(agent)).body).toMatchObject({ twoFactorRedirect: true });
  expect((await disable(agent.password)).status).toBe(200);
  expect((await me((await signIn(agent)).browser)).body).toMatchObject({ twoFactorEnabled: false });
  expect(await acts(agent)).toContainEqual(expect.objectContaining({ operation: "disable_two_factor" }));
});

it("neither the secret nor a backup code can be read from the database", async () => {
  const agent = await makeColleague(app);
  const { totpURI, backupCodes } = await setUp(agent);
  const [record] = await app.db.sql<{ all: string }[]>`
    select row_to_json(two_factors)::text as all from two_factors where user_id = ${agent.id}`;
  expect(record?.all).not.toContain(new URL(totpURI).searchParams.get("secret"));
  expect(record?.all).not.toContain(backupCodes[0]);
});

it("the form without a script asks for the code", async () => {
  const agent = await makeColleague(app);
  const { totpURI } = await setUp(agent);
  const browser = cookieJar();
  const send = (form: Record<string, string>) => browser.request(`${app.url}/sign-in`, { form });
  const first = await send({ email: agent.email, password: agent.password, next: "/queues/" });
  const page = first.headers.get("location") ?? "";
  expect(page).toBe("/sign-in?next=%2Fqueues%2F&step=code");
  expect(await (await browser.request(`${app.url}${page}`)).text()).toContain('name="code"');
  const wrong = await send({ code: "000000", next: "/queues/" });
  expect(wrong.headers.get("location")).toBe("/sign-in?next=%2Fqueues%2F&step=code&failed=unauthenticated");
  const right = await send({ code: freshTotpCode(totpURI), next: "/queues/" });
  expect(right.headers.get("location")).toBe("/queues/");
  expect((await me(browser)).status).toBe(200);
});

it("ten wrong passwords close a name for a quarter of an hour, whatever addresses they come from", async () => {
  const agent = await makeColleague(app);
  const guess = async (at: number, password = "wrong horse battery") =>
    await app.refused("/api/auth/sign-in/email", {
      key: null,
      json: { email: at % 2 === 0 ? agent.email : agent.email.toUpperCase(), password },
      headers: { "x-forwarded-for": `203.0.113.${at}` },
    });
  for (let at = 0; at < 10; at += 1) expect((await guess(at)).status).toBe(401);
  const closed = await guess(10, agent.password);
  expect([closed.status, closed.body.code]).toEqual([429, "rate_limited"]);
  expect(closed.body.detail).toContain("for this name");
  expect(Number(closed.headers.get("retry-after"))).toBeGreaterThan(600);
  expect((await signIn(await makeColleague(app))).body).toHaveProperty("token");
});

it("tries from an address that is limited do not close the name, and the right password opens the count anew", async () => {
  const [stranger, agent] = [await makeColleague(app), await makeColleague(app)];
  const guess = (whose: Colleague) => signIn({ ...whose, password: "wrong horse battery" });
  for (let count = 0; count < 10; count += 1) await guess(stranger);
  for (let count = 0; count < 12; count += 1) expect((await guess(agent)).body).toMatchObject({ code: "rate_limited" });
  await app.db.sql`delete from rate_limits`;
  for (let count = 0; count < 9; count += 1)
    expect((await guess(agent)).body).toMatchObject({ code: "unauthenticated" });
  await app.db.sql`delete from rate_limits`;
  expect((await me((await signIn(agent)).browser)).status).toBe(200);
  for (let count = 0; count < 5; count += 1)
    expect((await guess(agent)).body).toMatchObject({ code: "unauthenticated" });
  expect((await me((await signIn(agent)).browser)).status).toBe(200);
});

it("a wrong password for an agent is on record, and what strangers type is not", async () => {
  const agent = await makeColleague(app);
  await signIn({ ...agent, password: "wrong horse battery" });
  await signIn({ ...agent, email: "hunter2@nowhere.example" });
  expect(await acts(agent)).toMatchObject([{ operation: "sign_in", status: "refused" }]);
  const [all] = await app.db.sql<{ text: string }[]>`select string_agg(audit::text, ' ') as text from audit`;
  expect(all?.text).not.toMatch(/hunter2|wrong horse/);
});
