import { once } from "node:events";
import { createServer, get, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeColleague } from "../support/agents.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { cookieJar } from "../support/cookie-jar.ts";

const client = { clientId: "muster", clientSecret: "a client secret of the tests, 5b1f9" };

type Stage = { app: TestApp; close(): Promise<void> };

/** A provider of its own, and an app that trusts it. */
async function openStage(trustEmail: boolean): Promise<Stage> {
  const site: Server = createServer();
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  const opened = await startApp({ workers: false, oidc: { issuer, ...client, name: "Contoso ID", trustEmail } });
  const answer = makeProvider(issuer, opened.url).callback();
  site.on("request", (req, res) => void answer(req, res));
  return {
    app: opened,
    async close() {
      await opened.close();
      site.closeAllConnections();
      site.close();
    },
  };
}

let app: TestApp;
let stage: Stage;
beforeAll(async () => {
  stage = await openStage(false);
  app = stage.app;
});
afterAll(() => stage.close());

/** A provider at which whoever gives an address is its owner; addresses that begin with `unverified` are not verified. */
function makeProvider(issuer: string, home: string): Provider {
  return new Provider(issuer, {
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: [`${home}/api/auth/callback/oidc`],
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    findAccount: (_ctx, sub) => ({
      accountId: sub,
      claims: () => ({ sub, email: sub, email_verified: !sub.startsWith("unverified"), name: "Somebody" }),
    }),
    cookies: { keys: ["cookies of the tests"] },
  });
}

/** Goes through the provider as a browser would; gives where that ends at Muster, and the browser. */
async function signInAs(email: string, { at = app, next = "/docs" } = {}) {
  const browser = cookieJar();
  const there = cookieJar();
  const start = await browser.request(`${at.url}/sign-in/oidc?${new URLSearchParams({ next }).toString()}`);
  expect(start.status).toBe(303);
  let url = start.headers.get("location") ?? "";
  while (!url.startsWith(at.url)) {
    const answer = await there.request(url);
    const prompt = answer.status === 200 ? /name="prompt" value="(\w+)"/.exec(await answer.text())?.[1] : undefined;
    const form = { prompt: prompt ?? "", login: email, password: "any" };
    const step = prompt === undefined ? answer : await there.request(url, { form });
    url = new URL(step.headers.get("location") ?? "", url).href;
  }
  const end = await browser.request(url);
  const me = await at.request<{ email: string }>("/v1/me", { key: null, headers: { cookie: browser.header() } });
  return { location: end.headers.get("location"), me, callback: url };
}

describe("an agent whom an Admin agent has made", () => {
  it("signs in through the provider, comes back to the page asked for, and it is on record", async () => {
    const colleague = await makeColleague(app, "helpdeskAgent");
    const first = await signInAs(colleague.email, { next: "/queues" });
    expect(first.location).toBe("/queues");
    expect(first.me.body).toMatchObject({ kind: "agent", id: colleague.id, partnerRole: "helpdeskAgent" });
    expect((await signInAs(colleague.email)).me.body).toMatchObject({ id: colleague.id });
    const audit = await app.db.sql`
      select after from audit where operation = 'sign_in' and actor_id = ${colleague.id}`;
    expect(audit).toMatchObject([{ after: { by: "oidc" } }, { after: { by: "oidc" } }]);
  });

  it("leaves no token of the provider in the database", async () => {
    const colleague = await makeColleague(app);
    await signInAs(colleague.email);
    const accounts = await app.db.sql`
      select access_token, refresh_token, id_token from accounts
      where user_id = ${colleague.id} and provider_id = 'oidc'`;
    expect(accounts).toEqual([{ access_token: null, refresh_token: null, id_token: null }]);
  });

  it("does not get in by an address that the provider has not verified", async () => {
    const email = "unverified@partner.example";
    const json = { name: "Una", email, partnerRole: "adminAgent" };
    expect((await app.request("/v1/agents", { json })).status).toBe(201);
    const { location, me } = await signInAs(email);
    expect(location).toContain("failed=oidc");
    expect(me.status).toBe(401);
  });

  it("gets in by such an address where the provider is trusted with addresses", async () => {
    const trusting = await openStage(true);
    try {
      const email = "unverified@partner.example";
      const json = { name: "Una", email, partnerRole: "salesAgent" };
      expect((await trusting.app.request("/v1/agents", { json })).status).toBe(201);
      expect((await signInAs(email, { at: trusting.app })).me.body).toMatchObject({ email });
      expect((await signInAs("eve@evil.example", { at: trusting.app })).me.status).toBe(401);
    } finally {
      await trusting.close();
    }
  });

  it("who was removed does not get in again", async () => {
    const colleague = await makeColleague(app);
    await signInAs(colleague.email);
    await app.request(`/v1/agents/${colleague.id}`, { method: "DELETE" });
    expect((await signInAs(colleague.email)).me.status).toBe(401);
  });
});

it("nobody makes an agent of themselves through the provider", async () => {
  const { location, me } = await signInAs("eve@evil.example");
  expect(location).toBe("/sign-in?next=%2Fdocs&failed=oidc");
  expect(me.status).toBe(401);
  expect(await app.db.sql`select from agents where email = 'eve@evil.example'`).toHaveLength(0);
  expect((await app.request(location ?? "", { key: null })).text).toContain("Ask an Admin agent");
});

it("an answer of the provider is taken once, and from the browser that asked for it alone", async () => {
  const colleague = await makeColleague(app);
  const { callback } = await signInAs(colleague.email);
  for (const query of [new URL(callback).search, "?code=guess&state=guess", "?error=access_denied", ""]) {
    const answer = await cookieJar().request(`${app.url}/api/auth/callback/oidc${query}`);
    expect([query, answer.status, answer.headers.get("location")]).toEqual([
      query,
      303,
      "/sign-in?next=%2Fdocs&failed=oidc",
    ]);
  }
});

it.each(["evil.example", "127.0.0.1.evil.example:3000", "user@evil.example", ""])(
  "the provider never sends anybody to the Host %j that a caller names",
  async (host) => {
    // The tests before have used up what one address may ask for in a minute.
    await app.db.sql`delete from rate_limits`;
    const start = async (path: string, cookie = "") => {
      const { port, hostname } = new URL(app.url);
      const asked = get({ port, hostname, path, headers: { host, cookie } });
      const [answer] = (await once(asked, "response")) as [IncomingMessage];
      answer.resume();
      return answer;
    };
    const { statusCode, headers } = await start("/sign-in/oidc");
    expect(statusCode).toBe(303);
    const { searchParams } = new URL(headers.location ?? "");
    expect(searchParams.get("redirect_uri")).toBe(`${app.url}/api/auth/callback/oidc`);
    const back = await start(`/api/auth/callback/oidc?code=guess&state=${searchParams.get("state")}`);
    expect(back.headers.location).toMatch(/^\/sign-in\?/);
  },
);

it("the sign-in page and the api tell of the provider", async () => {
  const ways = await app.request("/v1/sign-in-ways", { key: null });
  expect(ways.body).toEqual({ password: true, oidc: { name: "Contoso ID", url: "/sign-in/oidc" } });
  expect((await app.request("/sign-in", { key: null })).text).toContain("Sign in with Contoso ID");
});

describe("a provider that is away", () => {
  it("keeps nobody from a password, and is said to be away", async () => {
    const gone = { issuer: "http://127.0.0.1:9", ...client, name: "Away", trustEmail: false };
    const other = await startApp({ workers: false, oidc: gone });
    try {
      expect((await other.request("/v1/me", { key: null, headers: await other.signIn() })).status).toBe(200);
      const refused = await other.refused("/sign-in/oidc", { key: null });
      expect([refused.status, refused.body.code]).toEqual([503, "sign_in_provider_away"]);
    } finally {
      await other.close();
    }
  });

  it("that is not configured is not there", async () => {
    const other = await startApp({ workers: false });
    try {
      for (const path of ["/sign-in/oidc", "/api/auth/callback/oidc"]) {
        expect((await other.refused(path, { key: null })).body.code).toBe("not_found");
      }
      expect((await other.request("/v1/sign-in-ways", { key: null })).body).toEqual({ password: true, oidc: null });
    } finally {
      await other.close();
    }
  });
});
