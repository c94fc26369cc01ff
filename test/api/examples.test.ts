import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { batchSchema } from "../../contract/batch.ts";
import { namedSchemas } from "../../contract/examples/schema-examples.ts";
import { routes, type RouteName } from "../../contract/routes.ts";
import type { AnswerShape, Route } from "../../contract/routes/route.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { documented, send, toRequest } from "../support/documented-requests.ts";
import { stageExample } from "../support/example-stage.ts";
import { startMailServer, type TestMailServer } from "../support/mail-server.ts";

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

it("each route that takes a body, a file or a query has an example, and each place of a path has one", () => {
  const bare = documented.filter(({ name, key }) => {
    const route: Route = routes[name];
    return key === "as it is" && (route.body ?? route.query ?? route.file) !== undefined;
  });
  expect(bare.map(({ name }) => name)).toEqual([]);
  const places = documented.flatMap(({ operation }) => operation.parameters).filter((one) => one.in === "path");
  expect(places.filter(({ example }) => example === undefined)).toEqual([]);
});

// A browser goes these with a real provider in test/api/oidc.test.ts.
const ofProvider = new Set<RouteName>(["startOidc", "finishOidc"]);
const sent = documented.filter(({ name }) => !ofProvider.has(name));

// These tests sign in more often than a person would.
beforeEach(() => app.db.sql`delete from rate_limits`);

describe("a documented request is taken as it stands:", () => {
  it.each(sent.map((one) => [one.name, one.key, one] as const))("%s, %s", async (name, _key, one) => {
    const stage = await stageExample({ app, idle }, name, JSON.stringify(toRequest(one)));
    const answer = await send(stage, toRequest(one, stage));
    const shape = (routes[name].answers as Record<number, AnswerShape | undefined>)[answer.status];
    expect(shape, `${answer.status} ${answer.text}`).toBeDefined();
    expect(answer.location ?? "").not.toContain("failed=");
    expect(answer.type.split(";")[0]).toBe(mediaOf(shape));
    if (shape !== undefined && "schema" in shape) expectDone(name, z.parse(shape.schema, JSON.parse(answer.text)));
  });
});

function mediaOf(shape: AnswerShape = { empty: true }): string {
  if ("schema" in shape) return "application/json";
  return "type" in shape ? shape.type : "";
}

/** What an example asks for is done or planned in full: no row is refused, none has nothing to do. */
function expectDone(name: RouteName, answer: unknown): void {
  expect(answer).not.toHaveProperty("warnings");
  if (name !== "createBatch" && name !== "createUpload") return;
  const { plan, totals } = batchSchema.parse(answer);
  expect(totals).toMatchObject({ unchanged: 0, partial: 0, failed: 0 });
  expect(plan).toMatchObject({ invalid: 0, conflict: 0 });
  expect(totals.rows).toBeGreaterThan(0);
}

it.each(namedSchemas)("the example of $id is what its schema says", ({ schema, example }) => {
  expect(z.parse(schema, example)).toEqual(example);
});
