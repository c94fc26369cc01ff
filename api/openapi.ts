import { z } from "zod";
import { type Code, describeCode } from "../contract/codes.ts";
import { pathExamples } from "../contract/examples/example-ids.ts";
import { namedSchemas } from "../contract/examples/schema-examples.ts";
import { problemSchema } from "../contract/problem.ts";
import { type RouteName, routeNames, routes } from "../contract/routes.ts";
import type { AnswerShape, Route } from "../contract/routes/route.ts";
import { bodyExamples, type Examples, examplesOf, queryExamples } from "./openapi-examples.ts";

type Json = Record<string, unknown>;

/** The whole API as an OpenAPI 3.1 document, made from the route table. */
export function makeOpenApi(): Json & { openapi: string } {
  const components: Json = {};
  const paths: Record<string, Json> = {};
  const toSchema = schemaMaker(components);
  toSchema(problemSchema, "output");
  for (const name of routeNames) {
    const route: Route = routes[name];
    paths[route.path] = { ...paths[route.path], [route.method]: describeRoute(name, route, toSchema) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Muster",
      version: "1",
      description:
        "Provisions the users of many customers. Every write becomes a batch; errors are RFC 9457 problems with a stable `code`. `RateLimit` tells how many requests are left to the key or session.",
    },
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "An API key" },
        session: { type: "apiKey", in: "cookie", name: "muster.session_token" },
      },
    },
    security: [{ key: [] }, { session: [] }],
  };
}

type ToSchema = (schema: z.ZodType, io: "input" | "output") => Json;

/** Turns zod schemas into JSON schemas; the ones with a name of their own are gathered in `components`. */
function schemaMaker(components: Json): ToSchema {
  const named = z.registry<{ id: string; examples: unknown[] }>();
  for (const { schema, id, example } of namedSchemas) named.add(schema, { id, examples: [example] });
  return (schema, io) => {
    const made = z.toJSONSchema(schema, { io, metadata: named, unrepresentable: "any", override: describe }) as Json & {
      $defs?: Json;
    };
    const { $defs, $schema: _dialect, ...rest } = moveRefs(made) as Json & { $defs?: Json };
    const id = named.get(schema)?.id;
    Object.assign(components, $defs);
    if (id === undefined) return rest;
    const { id: _id, ...own } = rest;
    components[id] = own;
    return { $ref: `#/components/schemas/${id}` };
  };
}

/** Puts in what `describe` said of a schema, which zod keeps in its own registry and not in ours. */
function describe({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: Json }): void {
  const { description } = z.globalRegistry.get(zodSchema) ?? {};
  if (description !== undefined) jsonSchema["description"] = description;
}

function moveRefs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(moveRefs);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, held]) => !(key === "id" && typeof held === "string" && "type" in value))
      .map(([key, held]) => [
        key,
        key === "$ref" && typeof held === "string" ? held.replace("#/$defs/", "#/components/schemas/") : moveRefs(held),
      ]),
  );
}

function describeRoute(name: RouteName, route: Route, toSchema: ToSchema): Json {
  const examples = examplesOf(name);
  return {
    operationId: name,
    summary: route.summary,
    tags: [route.tag],
    ...(route.access === "public" ? { security: [] } : {}),
    parameters: parametersOf(route, examples, toSchema),
    ...bodyOf(route, examples, toSchema),
    responses: { ...answersOf(route, toSchema), ...problemsOf(route) },
  };
}

const headerWords = {
  Prefer: { description: "`wait=n`: wait up to n seconds for the outcome", example: "wait=10" },
  "If-Match": { description: "The version that was looked at; another one is refused with 412", example: '"3"' },
};

function parametersOf(route: Route, examples: Examples, toSchema: ToSchema): Json[] {
  const headers: Json[] = (route.headers ?? []).map((header) => ({
    name: header,
    in: "header",
    ...headerWords[header],
    schema: { type: "string" },
  }));
  if (route.method === "post" && route.access === "agent") {
    headers.push({
      name: "Idempotency-Key",
      in: "header",
      description: "The same key within 24 hours does the same thing once",
      schema: { type: "string", maxLength: 255 },
      example: "order-4711",
    });
  }
  const paths = placed("path", route.params, toSchema, (name) => ({ example: pathExamples[name] }));
  return [...paths, ...placed("query", route.query, toSchema, (name) => queryExamples(examples, name)), ...headers];
}

function placed(
  place: "path" | "query",
  schema: z.ZodObject | undefined,
  toSchema: ToSchema,
  exampled: (name: string) => Json,
): Json[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => {
    const { description, ...described } = toSchema(field as z.ZodType, "output");
    const required = place === "path" || !(field as z.ZodType).safeParse(undefined).success;
    const told = description === undefined ? {} : { description };
    return { name, in: place, required, ...told, schema: described, ...exampled(name) };
  });
}

function bodyOf(route: Route, examples: Examples, toSchema: ToSchema): Json {
  if (route.file !== undefined) {
    const bytes = { type: "string", contentMediaType: "application/octet-stream" };
    const parts = { type: "object", properties: { options: { type: "object" }, file: bytes }, required: ["file"] };
    const content = route.file.map((type) => [
      type,
      type === "multipart/form-data"
        ? { schema: parts }
        : { schema: bytes, ...(type === "text/csv" ? bodyExamples(examples, "file") : {}) },
    ]);
    return { requestBody: { required: true, content: Object.fromEntries(content) as Json } };
  }
  if (route.body === undefined) return {};
  const type = route.form === true ? "application/x-www-form-urlencoded" : "application/json";
  const required = !route.body.safeParse({}).success;
  const content = { [type]: { schema: toSchema(route.body, "input"), ...bodyExamples(examples, "body") } };
  return { requestBody: { required, content } };
}

const statusWords: Record<string, string> = {
  200: "Done",
  201: "Made",
  202: "Taken; the batch goes on",
  204: "Gone",
  303: "Go on there",
};

function answersOf(route: Route, toSchema: ToSchema): Json {
  const answers = Object.entries<AnswerShape>(route.answers);
  return Object.fromEntries(
    answers.map(([status, shape]) => [status, { description: statusWords[status], ...contentOf(shape, toSchema) }]),
  );
}

function contentOf(shape: AnswerShape, toSchema: ToSchema): Json {
  if ("schema" in shape) return { content: { "application/json": { schema: toSchema(shape.schema, "output") } } };
  if ("type" in shape) return { content: { [shape.type]: { schema: { type: "string" } } } };
  return {};
}

/** Problems by status, those that every route of a kind has included. */
function problemsOf(route: Route): Json {
  const byStatus = new Map<number, Code[]>();
  for (const code of codesOf(route)) {
    const { status } = describeCode(code);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const content = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      { description: codes.map((code) => `\`${code}\`: ${describeCode(code).title}`).join("; "), content },
    ]),
  );
}

function codesOf(route: Route): Set<Code> {
  const codes = new Set<Code>(route.problems);
  if (route.access !== "public") codes.add("unauthenticated");
  if (route.access === "agent") codes.add("rate_limited");
  if (route.access !== "public" && route.method !== "get") codes.add("cross_site");
  if (route.params !== undefined) codes.add("not_found");
  if (route.query !== undefined || route.body !== undefined) codes.add("body_invalid");
  if (route.body !== undefined) codes.add("body_too_large").add("media_type_unsupported");
  if (route.method === "post" && route.access === "agent") {
    codes.add("idempotency_key_reused").add("idempotency_in_flight");
  }
  return codes.add("internal").add("unavailable");
}
