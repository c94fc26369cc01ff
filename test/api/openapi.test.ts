import { Validator } from "@seriousme/openapi-schema-validator";
import type { Express } from "express";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeOpenApi } from "../../api/openapi.ts";
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

it("refers to nothing that is not there", () => {
  const document = makeOpenApi();
  const { schemas } = document["components"] as { schemas: Record<string, unknown> };
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
    ([, name]) => name,
  );
  expect(refs).toContain("Batch");
  expect(refs.filter((name) => !((name ?? "") in schemas))).toEqual([]);
});

it("says what a parameter and a field are for", () => {
  const document = JSON.stringify(makeOpenApi());
  expect(document).toContain('"description":"Part of the name or of the address"');
  expect(document).toContain('"description":"false blocks sign-in"');
});

it("names the causes that a row can carry", () => {
  const { schemas } = makeOpenApi()["components"] as { schemas: { Row: { properties: { code: unknown } } } };
  for (const code of causeCodes) expect(JSON.stringify(schemas.Row.properties.code)).toContain(code);
});

it("is a page to read that loads nothing from anywhere", async () => {
  const page = await app.request("/docs");
  expect(page.text).toContain("/v1/customers/{customerId}/uploads");
  expect(page.text).toContain("/v1/customers/{customerId}/uploads?operation=delete-users&#38;apply=true");
  // Addresses stand in examples, as text.
  expect(page.text).not.toMatch(/<script|src=|@import|url\(|(?:href|action)="https?:/);
});
