import type { z } from "zod";
import { pathExamples } from "../../contract/examples/example-ids.ts";
import type { RouteName } from "../../contract/routes.ts";
import { type AnswerShape, type Route, takesKey } from "../../contract/routes/route.ts";
import { problemResponses } from "./problem-responses.ts";
import { routeDescription } from "./route-description.ts";
import { bodyExamples, type RouteExamples, examplesOf, queryExamples } from "./route-examples.ts";
import type { ToSchema } from "./schema-maker.ts";

type Json = Record<string, unknown>;

/** The route `name` as OpenAPI has an operation. */
export function describeRoute(name: RouteName, route: Route, toSchema: ToSchema): Json {
  const examples = examplesOf(name);
  return {
    operationId: name,
    summary: route.summary,
    description: routeDescription(route),
    tags: [route.tag],
    ...(route.authority === "public" ? { security: [] } : {}),
    ...(typeof route.authority === "string" ? {} : { "x-required-act": route.authority.act }),
    parameters: parametersOf(route, examples, toSchema),
    ...bodyOf(route, examples, toSchema),
    responses: { ...answersOf(route, toSchema), ...problemResponses(route) },
  };
}

const headerWords = {
  Prefer: { description: "`wait=n`: wait up to n seconds for the outcome", example: "wait=10" },
  "If-None-Match": { description: "The `ETag` of the answer before; where it still holds, 304 comes", example: '"2"' },
  "If-Match": { description: "The version that was looked at; another one is refused with 412", example: '"3"' },
};

function parametersOf(route: Route, examples: RouteExamples, toSchema: ToSchema): Json[] {
  const headers: Json[] = (route.headers ?? []).map((header) => ({
    name: header,
    in: "header",
    ...headerWords[header],
    schema: { type: "string" },
  }));
  if (takesKey(route)) {
    headers.push({
      name: "Idempotency-Key",
      in: "header",
      description: "The same key within 24 hours does the same thing once; what is shown once is not shown to a repeat",
      schema: { type: "string", maxLength: 255 },
      example: "order-4711",
    });
  }
  const paths = placed("path", route.params, toSchema, (name) => ({ example: pathExamples[name] }));
  const queries = placed("query", route.query, toSchema, (name, field) => queryExamples(examples, name, field));
  return [...paths, ...queries, ...headers];
}

function placed(
  place: "path" | "query",
  schema: z.ZodObject | undefined,
  toSchema: ToSchema,
  exampled: (name: string, field: z.ZodType) => Json,
): Json[] {
  return Object.entries<z.ZodType>(schema?.shape ?? {}).map(([name, field]) => {
    const { description, ...described } = toSchema(field, "output");
    const required = place === "path" || !field.safeParse(undefined).success;
    return { name, in: place, required, description, schema: asParameter(described), ...exampled(name, field) };
  });
}

/** An object in a query is sent as JSON: OpenAPI itself would make a parameter of each of its fields. */
function asParameter(schema: Json): Json {
  return schema["type"] === "object"
    ? { type: "string", contentMediaType: "application/json", contentSchema: schema }
    : schema;
}

function bodyOf(route: Route, examples: RouteExamples, toSchema: ToSchema): Json {
  if (route.file !== undefined) return { requestBody: { required: true, content: fileOf(route, examples, toSchema) } };
  if (route.body === undefined) return {};
  const type = route.form === true ? "application/x-www-form-urlencoded" : "application/json";
  const required = !route.body.safeParse({}).success;
  const content = { [type]: { schema: toSchema(route.body, "input"), ...bodyExamples(examples, "body") } };
  return { requestBody: { required, content } };
}

function fileOf({ file = [], query }: Route, examples: RouteExamples, toSchema: ToSchema): Json {
  const bytes = { type: "string", contentMediaType: "application/octet-stream" };
  const options = query === undefined ? {} : { options: toSchema(query, "input") };
  const form = { type: "object", properties: { ...options, file: bytes }, required: ["file"] };
  return Object.fromEntries(
    file.map((type) => {
      if (type === "multipart/form-data") return [type, { schema: form }];
      return [type, { schema: bytes, ...(type === "text/csv" ? bodyExamples(examples, "file") : {}) }];
    }),
  );
}

const statusWords: Record<string, string> = {
  200: "Done",
  201: "Made",
  202: "Taken; the batch goes on",
  204: "Gone",
  303: "Go on there",
  304: "As before",
};

function answersOf(route: Route, toSchema: ToSchema): Json {
  const unmoved = route.headers?.includes("If-None-Match") === true ? { 304: { empty: true as const } } : {};
  const answers = Object.entries<AnswerShape>({ ...route.answers, ...unmoved });
  return Object.fromEntries(
    answers.map(([status, shape]) => [status, { description: statusWords[status], ...contentOf(shape, toSchema) }]),
  );
}

function contentOf(shape: AnswerShape, toSchema: ToSchema): Json {
  if ("schema" in shape) return { content: { "application/json": { schema: toSchema(shape.schema, "output") } } };
  if ("type" in shape) return { content: { [shape.type]: { schema: { type: "string" } } } };
  return {};
}
