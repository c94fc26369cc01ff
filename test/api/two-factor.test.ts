import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type Colleague, makeColleague } from "../support/agents.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { type CookieJar, cookieJar } from "../support/cookie-jar.ts";
import { totpCode } from "../support/totp.ts";

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
  expect((await verify(browser, totpCode(setup.totpURI))).status).toBe(200);
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
  expect((await verify(cookieJar(), totpCode(totpURI))).status).toBe(401);
  expect((await verify(browser, totpCode(totpURI))).status).toBe(200);
  expect((await me(browser)).body).toMatchObject({ id: agent.id });
  expect(await acts(agent)).toMatchObject([
    { operation: "sign_in", after: { by: "password" } },
    { operation: "enable_two_factor" },
    { operation: "sign_in", after: { by: "totp" } },
  ]);
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
  const right = await send({ code: totpCode(totpURI), next: "/queues/" });
  expect(right.headers.get("location")).toBe("/queues/");
  expect((await me(browser)).status).toBe(200);
});

it("a wrong password for an agent is on record, and what strangers type is not", async () => {
  const agent = await makeColleague(app);
  await signIn({ ...agent, password: "wrong horse battery" });
  await signIn({ ...agent, email: "hunter2@nowhere.example" });
  expect(await acts(agent)).toMatchObject([{ operation: "sign_in", status: "refused" }]);
  const [all] = await app.db.sql<{ text: string }[]>`select string_agg(audit::text, ' ') as text from audit`;
  expect(all?.text).not.toMatch(/hunter2|wrong horse/);
});
