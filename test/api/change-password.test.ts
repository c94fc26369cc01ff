import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { newId } from "../../db/new-id.ts";
import { type Colleague, makeColleague } from "../support/agents.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { type CookieJar, cookieJar } from "../support/cookie-jar.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ workers: false });
});
// These tests try more often than a person would.
beforeEach(() => app.db.sql`delete from rate_limits`);
afterAll(() => app.close());

const path = "/api/auth/change-password";

async function signIn({ email, password }: Pick<Colleague, "email" | "password">) {
  const browser = cookieJar();
  const { status } = await browser.request(`${app.url}/api/auth/sign-in/email`, { json: { email, password } });
  return { browser, status };
}

const change = (browser: CookieJar, json: object) => browser.request(`${app.url}${path}`, { json });
const me = async (browser: CookieJar) => (await browser.request(`${app.url}/v1/me`)).status;
const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;
const records = (agentId: string) => app.db.sql<object[]>`
  select actor_id, status, after from audit where operation = 'change_password' and actor_id = ${agentId} order by audit.id`;

it("a changed password ends all other sessions, is on record, and leaves the session that asked and the keys", async () => {
  const agent = await makeColleague(app);
  const [here, elsewhere] = [(await signIn(agent)).browser, (await signIn(agent)).browser];
  const newPassword = `chosen ${newId()}`;
  const answer = await change(here, { currentPassword: agent.password, newPassword });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ user: { id: agent.id, email: agent.email } });
  expect([await me(here), await me(elsewhere)]).toEqual([200, 401]);
  expect((await app.request("/v1/me", { key: agent.key })).status).toBe(200);
  expect((await signIn(agent)).status).toBe(401);
  expect((await signIn({ ...agent, password: newPassword })).status).toBe(200);
  expect(await records(agent.id)).toEqual([{ actor_id: agent.id, status: "succeeded", after: { agentId: agent.id } }]);
  const [all] = await app.db.sql<{ text: string }[]>`select string_agg(audit::text, ' ') as text from audit`;
  expect(all?.text).not.toContain(newPassword);
});

it("all API keys end with it where the agent wants that", async () => {
  const agent = await makeColleague(app);
  const { browser } = await signIn(agent);
  const json = { currentPassword: agent.password, newPassword: `chosen ${newId()}`, endApiKeys: true };
  expect((await change(browser, json)).status).toBe(200);
  expect((await app.request("/v1/me", { key: agent.key })).status).toBe(401);
  expect(await records(agent.id)).toMatchObject([{ after: { apiKeysEnded: 1 } }]);
});

it("a wrong current password changes nothing, and the try is on record", async () => {
  const agent = await makeColleague(app);
  const [here, elsewhere] = [(await signIn(agent)).browser, (await signIn(agent)).browser];
  const answer = await change(here, { currentPassword: "not this one", newPassword: `chosen ${newId()}` });
  expect([answer.status, await codeOf(answer)]).toEqual([422, "body_invalid"]);
  expect([await me(here), await me(elsewhere)]).toEqual([200, 200]);
  expect((await signIn(agent)).status).toBe(200);
  expect(await records(agent.id)).toMatchObject([{ status: "refused" }]);
});

it("whoever holds a session and guesses the password waits after ten tries", async () => {
  const agent = await makeColleague(app);
  const { browser } = await signIn(agent);
  const codes: string[] = [];
  for (let tries = 0; tries < 11; tries += 1) {
    codes.push(await codeOf(await change(browser, { currentPassword: `guess ${tries}`, newPassword: "long enough" })));
  }
  expect(codes).toEqual([...Array.from({ length: 10 }, () => "body_invalid"), "rate_limited"]);
});

it("of two changes at once from the same password, one is done", async () => {
  const agent = await makeColleague(app);
  const { browser } = await signIn(agent);
  const news = [`chosen ${newId()}`, `chosen ${newId()}`];
  const answers = await Promise.all(
    news.map((newPassword) => change(browser, { currentPassword: agent.password, newPassword })),
  );
  expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(["200", "422"]);
});

it("needs a session of the same site, and a password", async () => {
  const agent = await makeColleague(app);
  const { browser } = await signIn(agent);
  const json = { currentPassword: agent.password, newPassword: "long enough" };
  const cookie = browser.header();
  const refusedAs = async (options: object) => (await app.refused(path, { key: null, json, ...options })).body.code;
  expect(await refusedAs({ headers: { origin: app.url } })).toBe("unauthenticated");
  expect(await refusedAs({ key: agent.key, headers: { origin: app.url } })).toBe("unauthenticated");
  expect(await refusedAs({ headers: { cookie } })).toBe("cross_site");
  expect(await refusedAs({ headers: { cookie, origin: "https://evil.example" } })).toBe("cross_site");
  await app.db.sql`delete from accounts where user_id = ${agent.id}`;
  expect(await refusedAs({ headers: { cookie, origin: app.url } })).toBe("agent_without_password");
});
