import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RouteName, routeNames, routes } from "../../contract/routes.ts";
import type { Route } from "../../contract/routes/route.ts";
import { newId } from "../../db/new-id.ts";
import { startApp, type TestApp } from "../support/app.ts";

let app: TestApp;
let session: Record<string, string>;
beforeAll(async () => {
  app = await startApp({ workers: false });
  session = await app.signIn();
});
afterAll(() => app.close());

const publicRoutes: RouteName[] = [
  ...(["getHealth", "getReadiness", "getOpenApi", "getDocs", "getSignInPage", "submitSignInPage"] as const),
  ...(["signIn", "signOut", "getSession", "changePassword"] as const),
  ...(["getLinkPage", "getLinkScript", "openLink", "getAccountPage", "submitAccountPage"] as const),
  ...(["enableTotp", "verifyTotp", "verifyBackupCode", "disableTotp"] as const),
  ...(["getSignInWays", "startOidc", "finishOidc"] as const),
];

const openRoutes = new Set<Route["authority"]>(["public", "agentOrMachine"]);

/** Of the routes whose handler looks for what is named, behind the body. */
const plans = [{ batchId: newId(), planVersion: 1 }];
const bodies: Partial<Record<RouteName, object>> = { approveBundle: { plans }, refuseBundle: { plans } };

function call(name: RouteName): { path: string; method: string; json?: object } {
  const route: Route = routes[name];
  const path = route.path.replace("{operation}", "create-users").replaceAll(/\{\w+\}/g, newId());
  return {
    path,
    method: route.method.toUpperCase(),
    ...(route.body === undefined ? {} : { json: bodies[name] ?? {} }),
  };
}

describe("without authority", () => {
  it("only health, readiness, the docs, signing in, one-time links and the account page are public", () => {
    const open = routeNames.filter((name) => routes[name].authority === "public");
    expect(open.sort()).toEqual([...publicRoutes].sort());
  });

  it.each(routeNames.filter((name) => !openRoutes.has(routes[name].authority)))("%s answers 401", async (name) => {
    const { path, ...options } = call(name);
    const answer = await app.refused(path, { ...options, key: null });
    expect(answer.status).toBe(401);
    expect(answer.body.code).toBe("unauthenticated");
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
  });

  it.each(["/queues", "/queues/", "/queues/api/queues", "/queues/static/js/main.js"])(
    "%s answers 401",
    async (path) => {
      expect((await app.refused(path, { key: null })).body.code).toBe("unauthenticated");
    },
  );

  it.each([
    ["a wrong token", "Bearer wrong"],
    ["another scheme", "Basic YWRtaW46YWRtaW4="],
    ["nothing after Bearer", "Bearer "],
  ])("%s is no authority", async (_what, authorization) => {
    const answer = await app.refused("/v1/me", { key: null, headers: { authorization } });
    expect(answer.body.code).toBe("unauthenticated");
  });

  it("metrics are given to this machine, and not through a proxy on it", async () => {
    expect((await app.request("/metrics", { key: null })).status).toBe(200);
    const proxied = await app.refused("/metrics", { key: null, headers: { "x-forwarded-for": "127.0.0.1" } });
    expect(proxied.body.code).toBe("unauthenticated");
    expect((await app.request("/metrics", { headers: { "x-forwarded-for": "203.0.113.7" } })).status).toBe(200);
  });
});

describe("with a session cookie", () => {
  const { cookie: _none, ...noHeaders } = { cookie: "" };

  it.each([
    ["another site", { "sec-fetch-site": "cross-site" }],
    ["a sibling host", { "sec-fetch-site": "same-site" }],
    ["another origin", { origin: "https://evil.example" }],
    ["an origin that only looks alike", { origin: "http://127.0.0.1.evil.example" }],
    ["nowhere", noHeaders],
  ])("a write from %s is refused", async (_where, headers) => {
    const sent = { cookie: session["cookie"] ?? "", ...headers };
    const json = { name: "Contoso", domains: ["contoso.example"] };
    const answer = await app.refused("/v1/customers", { key: null, json, headers: sent });
    expect(answer.status).toBe(403);
    expect(answer.body.code).toBe("cross_site");
  });

  it("a write from our own page goes through", async () => {
    const json = { name: "Fabrikam", domains: ["fabrikam.example"] };
    const answer = await app.request("/v1/customers", { key: null, json, headers: session });
    expect(answer.status).toBe(201);
  });

  it("reading needs no origin", async () => {
    const headers = { cookie: session["cookie"] ?? "" };
    expect((await app.request("/v1/customers", { key: null, headers })).status).toBe(200);
  });

  it("a forged cookie is nobody", async () => {
    const headers = { cookie: "muster.session_token=forged.forged" };
    expect((await app.refused("/v1/me", { key: null, headers })).body.code).toBe("unauthenticated");
  });
});

describe("an address", () => {
  it.each(routeNames.filter((name) => routes[name].path.includes("Id}")))("%s of nothing answers 404", async (name) => {
    const { path, ...options } = call(name);
    const answer = await app.refused(path, {
      ...options,
      ...(name === "deleteApiKey" || name === "endSession" ? { key: null, headers: session } : {}),
    });
    expect(answer.body.code).toBe("not_found");
  });

  it("that is no id answers 404 as well", async () => {
    expect((await app.refused("/v1/batches/1")).body.code).toBe("not_found");
    expect((await app.refused("/v1/customers/%E0%A4%A")).body.code).toBe("not_found");
  });

  it("that does not exist answers 404", async () => {
    expect((await app.refused("/v1/nothing")).body.code).toBe("not_found");
  });

  it("with another method answers 405 and tells which it takes", async () => {
    const answer = await app.refused("/v1/customers", { method: "DELETE" });
    expect(answer.body.code).toBe("method_not_allowed");
    expect(answer.headers.get("allow")).toBe("GET, POST, HEAD");
  });
});
