import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Agent } from "../../contract/authority.ts";
import { newId } from "../../db/new-id.ts";
import { type Colleague, makeColleague, makeKey } from "../support/agents.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { type CookieJar, cookieJar } from "../support/cookie-jar.ts";
import { freshTotpCode } from "../support/totp.ts";

let app: TestApp;
let admin: Colleague;
beforeAll(async () => {
  app = await startApp({ workers: false });
  admin = await makeColleague(app);
});
// These tests try more often than a person would.
beforeEach(() => app.db.sql`delete from rate_limits`);
afterAll(() => app.close());

const path = (agentId: string) => `/v1/agents/${agentId}/reset-sign-in`;

const reset = (agentId: string, json: object, headers: Record<string, string> = {}) =>
  app.request<Agent & { password?: string }>(path(agentId), { json, headers, key: admin.key });

const refused = (agentId: string, json: object = { reset: ["password"] }, key = admin.key) =>
  app.refused(path(agentId), { json, key });

const post = (browser: CookieJar, to: string, json: object) => browser.request(`${app.url}/api/auth/${to}`, { json });

async function signIn({ email, password }: Pick<Colleague, "email" | "password">) {
  const browser = cookieJar();
  const answer = await post(browser, "sign-in/email", { email, password });
  return { browser, status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const me = (browser: CookieJar) => app.request<Agent>("/v1/me", { key: null, headers: { cookie: browser.header() } });

/** Sets an authenticator app up; gives its address and the browser that is signed in. */
async function setUp(agent: Colleague): Promise<{ totpURI: string; backupCodes: string[]; browser: CookieJar }> {
  const { browser } = await signIn(agent);
  const answer = await post(browser, "two-factor/enable", { password: agent.password });
  const setup = (await answer.json()) as { totpURI: string; backupCodes: string[] };
  expect((await post(browser, "two-factor/verify-totp", { code: freshTotpCode(setup.totpURI) })).status).toBe(200);
  return { ...setup, browser };
}

const records = (agentId: string) => app.db.sql<object[]>`
  select actor_id, customer_id, status, before, after from audit
  where operation = 'reset_sign_in' and after->>'agentId' = ${agentId} order by audit.id`;

describe("an agent who lost password and authenticator app", () => {
  it("gets in again with the password that is shown once, and without a code", async () => {
    const colleague = await makeColleague(app, "helpdeskAgent");
    const { browser } = await setUp(colleague);
    const answer = await reset(colleague.id, { reset: ["password", "twoFactor"] });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.body).toMatchObject({ id: colleague.id, twoFactorEnabled: false });
    const { password = "" } = answer.body;
    expect(password.length).toBeGreaterThanOrEqual(20);
    expect((await me(browser)).status).toBe(401);
    expect((await signIn(colleague)).status).toBe(401);
    const again = await signIn({ ...colleague, password });
    expect((await me(again.browser)).body).toMatchObject({ id: colleague.id, twoFactorEnabled: false });
    const kept = await app.request<Agent>(`/v1/agents/${colleague.id}`, { key: admin.key });
    expect(kept.text).not.toContain(password);
    await setUp({ ...colleague, password });
  });

  it("loses all API keys unless told not to, and others keep their sessions and keys", async () => {
    const colleague = await makeColleague(app);
    const other = await makeColleague(app);
    const bystander = await setUp(other);
    const mine = (key: string) => app.request<Agent>("/v1/me", { key });
    await reset(colleague.id, { reset: ["twoFactor"], keepApiKeys: true });
    expect((await mine(colleague.key)).body.id).toBe(colleague.id);
    await makeKey(app, colleague.id, { roles: ["directoryReader"] });
    await reset(colleague.id, { reset: ["password", "twoFactor"] });
    expect((await mine(colleague.key)).status).toBe(401);
    expect(await app.db.sql`select from api_keys where agent_id = ${colleague.id}`).toHaveLength(0);
    const ended = await app.db.sql`
      select from audit where operation = 'end_api_key' and actor_id = ${admin.id} and before ->> 'agentId' = ${colleague.id}`;
    expect(ended).toHaveLength(2);
    expect((await mine(other.key)).status).toBe(200);
    expect((await me(bystander.browser)).body.twoFactorEnabled).toBe(true);
  });

  it("gets in again at once where somebody's wrong passwords or codes have closed the name", async () => {
    const [colleague, other] = [await makeColleague(app), await makeColleague(app)];
    const guess = async (email: string) => {
      await app.db.sql`delete from rate_limits`;
      return (await signIn({ email, password: "wrong horse battery" })).status;
    };
    for (const { email } of [colleague, other])
      for (let count = 0; count < 10; count++) await guess(email.toUpperCase());
    expect(await guess(colleague.email)).toBe(429);
    const { body } = await reset(colleague.id, { reset: ["password"] });
    expect((await signIn({ ...colleague, password: body.password ?? "" })).status).toBe(200);
    expect(await guess(other.email)).toBe(429);

    const { totpURI } = await setUp(admin);
    await app.db.sql`update two_factors set locked_until = now() + interval '15 minutes', failed_verification_count = 10
      where user_id = ${admin.id}`;
    const json = { reset: ["password"], password: admin.password, keepApiKeys: true };
    expect((await app.request(path(admin.id), { json })).status).toBe(200);
    const { browser } = await signIn(admin);
    expect((await post(browser, "two-factor/verify-totp", { code: freshTotpCode(totpURI) })).status).toBe(200);
    await app.request(path(admin.id), { json: { reset: ["twoFactor"], keepApiKeys: true } });
  });

  it("is on record with who did it, and no secret is", async () => {
    const colleague = await makeColleague(app);
    const chosen = `chosen ${newId()}`;
    await setUp(colleague);
    await reset(colleague.id, { reset: ["password"], password: chosen });
    const made = await reset(colleague.id, { reset: ["password", "twoFactor"] });
    const found = await records(colleague.id);
    const act = { actor_id: admin.id, customer_id: null, status: "succeeded" };
    expect(found).toEqual([
      {
        ...act,
        before: { agentId: colleague.id, twoFactorEnabled: true },
        after: { agentId: colleague.id, passwordReset: true, apiKeysEnded: 1 },
      },
      {
        ...act,
        before: { agentId: colleague.id, twoFactorEnabled: true },
        after: { agentId: colleague.id, passwordReset: true, apiKeysEnded: 0, twoFactorEnabled: false },
      },
    ]);
    const [all] = await app.db.sql<{ text: string }[]>`select string_agg(audit::text, ' ') as text from audit`;
    for (const secret of [chosen, made.body.password ?? chosen]) expect(all?.text).not.toContain(secret);
  });
});

describe("only what is named is made anew:", () => {
  it("a chosen password is not shown, and the code is still asked for", async () => {
    const colleague = await makeColleague(app);
    const { totpURI } = await setUp(colleague);
    const password = `chosen ${newId()}`;
    const answer = await reset(colleague.id, { reset: ["password"], password });
    expect(answer.text).not.toContain(password);
    expect(answer.body).not.toHaveProperty("password");
    const { browser, body } = await signIn({ ...colleague, password });
    expect(body).toMatchObject({ twoFactorRedirect: true });
    expect((await post(browser, "two-factor/verify-totp", { code: freshTotpCode(totpURI) })).status).toBe(200);
    expect((await me(browser)).status).toBe(200);
  });

  it("without the second factor the password stays, backup codes open nothing, and sessions end", async () => {
    const colleague = await makeColleague(app);
    const { browser, backupCodes } = await setUp(colleague);
    const pending = await signIn(colleague);
    const answer = await reset(colleague.id, { reset: ["twoFactor"] });
    expect(answer.body).toMatchObject({ twoFactorEnabled: false });
    expect(answer.body).not.toHaveProperty("password");
    expect((await me(browser)).status).toBe(401);
    const code = { code: backupCodes[0] ?? "" };
    expect((await post(pending.browser, "two-factor/verify-backup-code", code)).status).toBe(401);
    expect((await me((await signIn(colleague)).browser)).status).toBe(200);
  });

  it("who gave the former password and owes the code is not signed in by it any more", async () => {
    const colleague = await makeColleague(app);
    const { totpURI } = await setUp(colleague);
    const { browser } = await signIn(colleague);
    await reset(colleague.id, { reset: ["password"] });
    expect((await post(browser, "two-factor/verify-totp", { code: freshTotpCode(totpURI) })).status).toBe(401);
    expect((await me(browser)).status).toBe(401);
  });

  it("a repeat under the same Idempotency-Key sets nothing and shows nothing", async () => {
    const colleague = await makeColleague(app);
    const key = { "idempotency-key": newId() };
    const first = await reset(colleague.id, { reset: ["password"] }, key);
    const second = await reset(colleague.id, { reset: ["password"] }, key);
    expect([second.status, second.body.password]).toEqual([200, undefined]);
    expect((await signIn({ ...colleague, password: first.body.password ?? "" })).status).toBe(200);
    expect(await records(colleague.id)).toHaveLength(1);
  });
});

describe("refused is", () => {
  it.each(["helpdeskAgent", "salesAgent"] as const)("an agent of the role %s, who is told the role", async (role) => {
    const helper = await makeColleague(app, role);
    const colleague = await makeColleague(app);
    const { status, body } = await refused(colleague.id, undefined, helper.key);
    expect([status, body.code, body.detail]).toEqual([403, "forbidden", "Needs Admin agent"]);
    expect((await signIn(colleague)).status).toBe(200);
    const [attempt] = await app.db.sql`
      select status from audit where actor_id = ${helper.id} and operation = 'refused_attempt'`;
    expect(attempt).toEqual({ status: "refused" });
  });

  it("one's own sign-in, with a key and signed in", async () => {
    const colleague = await makeColleague(app);
    const { browser } = await signIn(colleague);
    const headers = { cookie: browser.header(), origin: app.url, "sec-fetch-site": "same-origin" };
    const answers = [
      await refused(colleague.id, undefined, colleague.key),
      await app.refused(path(colleague.id), { json: { reset: ["twoFactor"] }, key: null, headers }),
    ];
    for (const { status, body } of answers) expect([status, body.code]).toEqual([403, "forbidden"]);
    expect((await me(browser)).status).toBe(200);
    expect(await records(colleague.id)).toEqual([]);
  });

  it("a key that was narrowed", async () => {
    const colleague = await makeColleague(app);
    for (const authority of [{ partnerRole: "helpdeskAgent" as const }, { customerIds: [newId()] }]) {
      const key = await makeKey(app, admin.id, authority);
      expect((await refused(colleague.id, undefined, key)).body.code).toBe("forbidden");
    }
    expect((await signIn(colleague)).status).toBe(200);
  });

  it("a password for an agent who has none, and then nothing else is done either", async () => {
    const colleague = await makeColleague(app);
    const { browser } = await setUp(colleague);
    await app.db.sql`delete from accounts where user_id = ${colleague.id} and provider_id = 'credential'`;
    const { status, body } = await refused(colleague.id, { reset: ["password", "twoFactor"] });
    expect([status, body.code]).toEqual([409, "agent_without_password"]);
    expect((await me(browser)).body).toMatchObject({ twoFactorEnabled: true });
    expect((await reset(colleague.id, { reset: ["twoFactor"] })).status).toBe(200);
  });

  it("an agent who is not there", async () => {
    expect((await refused(newId())).body.code).toBe("not_found");
  });

  it.each([
    ["nothing to do", { reset: [] }],
    ["a part that there is not", { reset: ["grants"] }],
    ["a password that is too short", { reset: ["password"], password: "seven 7" }],
    ["a password that would not be set", { reset: ["twoFactor"], password: "long enough, but why" }],
  ])("%s", async (_what, json) => {
    const colleague = await makeColleague(app);
    const { status, body } = await refused(colleague.id, json);
    expect([status, body.code]).toEqual([422, "body_invalid"]);
    expect((await signIn(colleague)).status).toBe(200);
  });
});
