import type { z } from "zod";
import { requestExamples } from "../../contract/examples.ts";
import type { RouteName } from "../../contract/routes.ts";

/** The examples of one route, by their names. */
export type RouteExamples = Record<
  string,
  { summary: string; query?: Record<string, unknown>; body?: unknown; file?: string }
>;

type Exampled = { examples?: Record<string, { summary: string; value: unknown }> };

/** The examples of the route `name`; none where a path is all that it takes. */
export function examplesOf(name: RouteName): RouteExamples {
  return (requestExamples as Partial<Record<RouteName, RouteExamples>>)[name] ?? {};
}

/** The values of the query parameter `name` as OpenAPI has examples; one request has the same name everywhere. */
export function queryExamples(examples: RouteExamples, name: string, field: z.ZodType): Exampled {
  return exampled(examples, ({ query }) => {
    const written = query?.[name];
    if (written === undefined) return undefined;
    // In an address all is text; in a document `true` is no text, while an object stays the JSON that it is sent as.
    const { data } = field.safeParse(written);
    return typeof data === "object" && !Array.isArray(data) ? written : data;
  });
}

/** The bodies, JSON or the text of a file, as OpenAPI has examples. */
export function bodyExamples(examples: RouteExamples, part: "body" | "file"): Exampled {
  return exampled(examples, (example) => example[part]);
}

function exampled(examples: RouteExamples, valueOf: (example: RouteExamples[string]) => unknown): Exampled {
  const told = Object.entries(examples).flatMap(([key, example]) => {
    const value = valueOf(example);
    return value === undefined ? [] : [[key, { summary: example.summary, value }] as const];
  });
  return told.length === 0 ? {} : { examples: Object.fromEntries(told) };
}
