import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { makeOpenApi } from "../../api/openapi/make-openapi.ts";
import { batchSchema } from "../../contract/batch.ts";
import { namedSchemas } from "../../contract/examples/schema-examples.ts";
import { routes, type RouteName } from "../../contract/routes.ts";
import type { AnswerShape, Route } from "../../contract/routes/route.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { stageExample, type ExampleStage } from "../support/example-stage.ts";

let app: TestApp;
let idle: TestApp;
beforeAll(async () => {
  app = await startApp();
  idle = await startApp({ workers: false });
});
afterAll(async () => {
  await idle.close();
  await app.close();
});

type Examples = Record<string, { value: unknown }>;
type Plain = string | number | boolean;
type Parameter = {
  name: string;
  in: "path" | "query" | "header";
  example?: Plain;
  examples?: Record<string, { value: Plain }>;
};
type Operation = {
  operationId: RouteName;
  parameters: Parameter[];
  requestBody?: { content: Record<string, { examples?: Examples }> };
};
type Documented = { name: RouteName; key: string; method: string; path: string; operation: Operation };

const document = makeOpenApi() as unknown as { paths: Record<string, Record<string, Operation>> };

/** Every request of the document: each example, and once each route that has none to choose from. */
const documented: Documented[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, operation]) => {
    const keys = new Set(exampleMaps(operation).flatMap((examples) => Object.keys(examples)));
    const one = { name: operation.operationId, method, path, operation };
    return keys.size === 0 ? [{ ...one, key: "as it is" }] : [...keys].map((key) => ({ ...one, key }));
  }),
);

function exampleMaps({ parameters, requestBody }: Operation): Examples[] {
  return [...parameters, ...Object.values(requestBody?.content ?? {})].flatMap(({ examples }) =>
    examples === undefined ? [] : [examples],
  );
}

/** What the document says of one example, with the words of the stage in the place of the made-up ones. */
function toRequest(
  { method, path, operation, key }: Documented,
  stage: Pick<ExampleStage, "headers" | "words"> = { headers: {}, words: new Map() },
) {
  const fill = (text: string) => [...stage.words].reduce((filled, [from, to]) => filled.replaceAll(from, to), text);
  const headers: Record<string, string> = { ...stage.headers };
  const query = new URLSearchParams();
  let address = path;
  for (const { name, in: place, example, examples } of operation.parameters) {
    const value = examples === undefined ? example : examples[key]?.value;
    if (value === undefined) continue;
    const filled = fill(String(value));
    if (place === "path") address = address.replace(`{${name}}`, encodeURIComponent(filled));
    else if (place === "query") query.set(name, filled);
    else headers[name] = filled;
  }
  const [type, value] = bodyOf(operation, key);
  if (type !== null) headers["content-type"] = type;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return {
    address: `${address}${query.size === 0 ? "" : `?${query.toString()}`}`,
    method: method.toUpperCase(),
    headers,
    body: text === undefined ? undefined : fill(text),
  };
}

function bodyOf({ requestBody }: Operation, key: string): [string | null, unknown] {
  for (const [type, { examples }] of Object.entries(requestBody?.content ?? {})) {
    if (examples?.[key] !== undefined) return [type, examples[key].value];
  }
  return [null, undefined];
}

const formType = "application/x-www-form-urlencoded";

function toForm(json: string): string {
  return new URLSearchParams(JSON.parse(json) as Record<string, string>).toString();
}

type Answered = { status: number; type: string; text: string; location: string | null };

async function send(stage: ExampleStage, request: ReturnType<typeof toRequest>): Promise<Answered> {
  const { address, body, ...init } = request;
  const authority: Record<string, string> = stage.key === null ? {} : { authorization: `Bearer ${stage.key}` };
  const answer = await fetch(`${stage.app.url}${address}`, {
    ...init,
    redirect: "manual",
    headers: { ...authority, ...init.headers },
    ...(body === undefined ? {} : { body: init.headers["content-type"] === formType ? toForm(body) : body }),
  });
  const type = answer.headers.get("content-type") ?? "";
  // What is streamed for ever is not read to its end.
  if (type.startsWith("text/event-stream")) await answer.body?.cancel();
  const text = type.startsWith("text/event-stream") ? "" : await answer.text();
  return { status: answer.status, type, text, location: answer.headers.get("location") };
}

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
