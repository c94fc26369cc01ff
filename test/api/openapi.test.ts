import { Validator } from "@seriousme/openapi-schema-validator";
import type { Express } from "express";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeOpenApi } from "../../api/openapi/make-openapi.ts";
import { causeCodes } from "../../contract/codes.ts";
import { startApp, type TestApp } from "../support/app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ workers: false });
});
afterAll(() => app.close());

type Layer = { route?: { path: string; methods: Record<string, boolean> } };

/** Method and path of everything that express has mounted, as OpenAPI would write it. */
function mounted(server: Express): Set<string> {
  const layers = (server as unknown as { router: { stack: Layer[] } }).router.stack;
  const routes = layers.flatMap(({ route }) => (route === undefined ? [] : [route]));
  return new Set(
    routes.flatMap(({ path, methods }) =>
      Object.keys(methods)
        .filter((method) => method !== "_all")
        .map((method) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`),
    ),
  );
}

it("is a valid OpenAPI document", async () => {
  const { body } = await app.request<Record<string, unknown>>("/openapi.json");
  const result = await new Validator().validate(body);
  expect(result.errors).toBeUndefined();
  expect(result.valid).toBe(true);
});

it("describes the routes that are mounted, all of them and no other", () => {
  const paths = makeOpenApi()["paths"] as Record<string, Record<string, unknown>>;
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  expect(new Set(described)).toEqual(mounted(app.server));
});

type Json = Record<string, unknown>;

/** All that stands in `value`, itself included. */
function* everything(value: unknown): Generator<Json> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield value as Json;
  for (const held of Object.values(value)) yield* everything(held);
}

/** What `ref` stands for in the end. @throws Error where it leads nowhere, or in a circle */
function endOf(document: Json, ref: string): Json {
  const gone = new Set<string>();
  for (let at = ref; ;) {
    if (gone.has(at)) throw new Error(`${ref} leads in a circle`);
    gone.add(at);
    const parts = at.replace(/^#\//, "").split("/");
    const found = parts.reduce<unknown>((held, part) => (held as Json | undefined)?.[part], document) as
      | Json
      | undefined;
    if (found === undefined) throw new Error(`${ref} leads nowhere`);
    if (typeof found["$ref"] !== "string") return found;
    at = found["$ref"];
  }
}

it("each reference leads to a schema that says what it is", () => {
  const document = makeOpenApi();
  const refs = [...everything(document)].flatMap(({ $ref }) => (typeof $ref === "string" ? [$ref] : []));
  const ends = new Map([...new Set(refs)].map((ref) => [ref, endOf(document, ref)]));
  for (const [ref, end] of ends) expect([ref, Object.keys(end["properties"] ?? {}).length]).not.toEqual([ref, 0]);
  const { schemas } = document["components"] as { schemas: Json };
  expect([...ends.keys()].toSorted()).toEqual(
    Object.keys(schemas)
      .map((name) => `#/components/schemas/${name}`)
      .toSorted(),
  );
});

it("and its page are for everybody, and hold nothing of the data", async () => {
  for (const path of ["/openapi.json", "/docs"]) {
    const [named, nameless] = [await app.request(path), await app.request(path, { key: null })];
    expect([nameless.status, nameless.text]).toEqual([200, named.text]);
  }
});

it("names the address that people type, or the one that it came from", () => {
  expect(makeOpenApi("https://muster.example")["servers"]).toMatchObject([{ url: "https://muster.example" }]);
  expect(makeOpenApi()["servers"]).toMatchObject([{ url: "/" }]);
});

it("says what a parameter and a field are for", () => {
  const document = JSON.stringify(makeOpenApi());
  expect(document).toContain('"description":"Part of the name or of the address"');
  expect(document).toContain('"description":"false blocks sign-in"');
});

it("says of each route who may call it, by the act that it needs", () => {
  type Told = { description: string; "x-required-act"?: string; responses: Record<string, { description: string }> };
  const paths = makeOpenApi()["paths"] as Record<string, Record<string, Told>>;
  const users = paths["/v1/customers/{customerId}/users"];
  expect(users?.["post"]).toMatchObject({
    "x-required-act": "createUsers",
    description: expect.stringContaining("that may `createUsers` at the customer.") as string,
    responses: { 403: { description: expect.stringContaining("`forbidden`") as string } },
  });
  expect(users?.["get"]?.["x-required-act"]).toBe("read");
  expect(users?.["get"]?.responses).not.toHaveProperty("403");
  expect(paths["/v1/agents"]?.["get"]?.description).toContain("of an Admin agent's.");
  expect(paths["/v1/batches"]?.["get"]).not.toHaveProperty("x-required-act");
  for (const told of Object.values(paths).flatMap((methods) => Object.values(methods))) {
    expect(told.description).toMatch(/(?:Needs|Takes) [^.]+\./);
  }
});

it("names the causes that a row can carry", () => {
  const { schemas } = makeOpenApi()["components"] as { schemas: { Row: { properties: { code: unknown } } } };
  for (const code of causeCodes) expect(JSON.stringify(schemas.Row.properties.code)).toContain(code);
});

it("is a page to read that loads nothing from anywhere", async () => {
  const page = await app.request("/docs");
  expect(page.text).toContain("/v1/customers/{customerId}/uploads");
  // Each schema is shown with its fields, and not by a reference to itself.
  for (const [name, field] of [
    ["User", "usageLocation"],
    ["Batch", "planVersion"],
    ["Problem", "batchId"],
  ] as const) {
    const section = page.text.split(`<section id="${name}">`)[1]?.split("</section>")[0];
    expect(section).toContain(field);
  }
  expect(page.text).toContain("/v1/customers/{customerId}/uploads?operation=delete-users&#38;apply=true");
  // Addresses stand in examples, as text.
  expect(page.text).not.toMatch(/<script|src=|@import|url\(|(?:href|action)="https?:/);
});
