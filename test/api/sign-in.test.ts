import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureFirstAdmin } from "../../api/sign-in/first-admin.ts";
import { startApp, type TestApp } from "../support/app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ workers: false });
});
afterAll(() => app.close());

const signInPath = "/api/auth/sign-in/email";

const fill = (next: string, password = app.admin.password) =>
  new URLSearchParams({ email: app.admin.email, password, next }).toString();

describe("signing in", () => {
  it("the first admin signs in and is who they are", async () => {
    const headers = await app.signIn();
    const me = await app.request("/v1/me", { key: null, headers });
    expect(me.body).toMatchObject({ kind: "agent", email: app.admin.email });
  });

  it("the session cookie is out of reach of scripts and of other sites", async () => {
    const { headers } = await app.request(signInPath, { key: null, json: app.admin });
    expect(headers.getSetCookie()[0]).toMatch(/HttpOnly/i);
    expect(headers.getSetCookie()[0]).toMatch(/SameSite=Lax/i);
  });

  it("a wrong password is refused and sets no cookie", async () => {
    const answer = await app.refused(signInPath, { key: null, json: { ...app.admin, password: "wrong horse" } });
    expect(answer.status).toBe(401);
    expect(answer.body.code).toBe("unauthenticated");
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it("a session that was signed out opens nothing", async () => {
    const headers = await app.signIn();
    expect((await app.request("/api/auth/sign-out", { method: "POST", key: null, headers })).status).toBe(200);
    expect((await app.refused("/v1/me", { key: null, headers })).body.code).toBe("unauthenticated");
  });

  it("another site cannot sign anybody in", async () => {
    for (const headers of [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }]) {
      const answer = await app.refused(signInPath, { key: null, json: app.admin, headers });
      expect(answer.body.code).toBe("cross_site");
    }
  });
});

describe("signing up", () => {
  const newcomer = { name: "Eve", email: "eve@evil.example", password: "correct horse battery" };

  it("nobody can make an agent of themselves", async () => {
    const answer = await app.refused("/api/auth/sign-up/email", { key: null, json: newcomer });
    expect(answer.body.code).toBe("not_found");
  });

  it("the sign-in library behind the routes refuses it as well", async () => {
    const request = new Request(`${app.url}/api/auth/sign-up/email`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(newcomer),
    });
    const answer = await app.library.handle(request);
    expect(answer.status).toBe(400);
    expect(await app.db.sql`select 1 from agents where email = ${newcomer.email}`).toHaveLength(0);
  });
});

describe("the first start", () => {
  it("makes no second admin where there is an agent", async () => {
    expect(await ensureFirstAdmin(app.db, app.library, { email: "second@muster.example", password: null })).toBeNull();
  });

  it("makes one admin and a password shown once, also when two processes start at once", async () => {
    const other = await startApp({ workers: false });
    try {
      await other.db.sql`delete from agents`;
      const wanted = { email: null, password: null };
      const made = await Promise.all([1, 2].map(() => ensureFirstAdmin(other.db, other.library, wanted)));
      const admin = made.find((one) => one !== null);
      expect(made.filter((one) => one !== null)).toHaveLength(1);
      const json = { email: admin?.email, password: admin?.generatedPassword };
      expect((await other.request(signInPath, { key: null, json })).status).toBe(200);
    } finally {
      await other.close();
    }
  });
});

describe("the form", () => {
  const form = { "content-type": "application/x-www-form-urlencoded" };

  it("leads a browser that opens Bull Board through it and back", async () => {
    const headers = { accept: "text/html" };
    const sent = await app.request("/queues/", { key: null, headers });
    expect(sent.status).toBe(303);
    expect(sent.headers.get("location")).toBe("/sign-in?next=%2Fqueues%2F");
    const back = await app.request("/sign-in", { key: null, csv: fill("/queues/"), headers: form });
    expect(back.status).toBe(303);
    expect(back.headers.get("location")).toBe("/queues/");
    const cookie = back.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    expect((await app.request("/queues/", { key: null, headers: { ...headers, cookie } })).status).toBe(200);
  });

  it("never leads to another site", async () => {
    for (const next of ["//evil.example", "/\\evil.example", "https://evil.example"]) {
      const back = await app.request("/sign-in", { key: null, csv: fill(next), headers: form });
      expect(back.headers.get("location")).toBe("/docs");
    }
  });

  it("says that the password was wrong, without a cookie", async () => {
    const back = await app.request("/sign-in", { key: null, csv: fill("/docs", "wrong"), headers: form });
    expect(back.headers.get("location")).toContain("failed=unauthenticated");
    expect(back.headers.getSetCookie()).toEqual([]);
  });
});

// Last, because it uses up the tries of this address.
describe("guessing", () => {
  it("an address that tries too often waits", async () => {
    const json = { email: "nobody@muster.example", password: "guess guess" };
    const codes: string[] = [];
    for (let tries = 0; tries < 12; tries += 1) {
      codes.push((await app.refused(signInPath, { key: null, json })).body.code);
    }
    expect(codes.at(-1)).toBe("rate_limited");
  });

  it("a header that names another address does not help", async () => {
    const headers = { "x-muster-client-address": "203.0.113.7" };
    const answer = await app.refused(signInPath, { key: null, json: app.admin, headers });
    expect(answer.body.code).toBe("rate_limited");
    expect(answer.headers.get("retry-after")).not.toBeNull();
  });
});
