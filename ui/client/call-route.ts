import type { z } from "zod";
import { problemSchema, type ProblemDocument } from "../../contract/problem.ts";
import { type RouteName, type RouteOf, routes } from "../../contract/routes.ts";
import type { Route } from "../../contract/routes/route.ts";
import { randomKey } from "./random-key.ts";
import { RequestFailed } from "./request-failed.ts";
import { sessionEnded } from "./session.ts";

type Part<Name extends RouteName, Key extends string> =
  RouteOf<Name> extends Record<Key, infer Schema extends z.ZodType> ? z.input<Schema> : never;

type Needs<Name extends RouteName, Key extends string> = [Part<Name, Key>] extends [never]
  ? { [K in Key]?: never }
  : object extends Part<Name, Key>
    ? { [K in Key]?: Part<Name, Key> }
    : { [K in Key]: Part<Name, Key> };

/** Browsers keep at most 64 kB alive. */
const keptAliveBytes = 15_000;

/** What a route takes, read off the contract; `signal` stops waiting for the answer. */
export type RouteInput<Name extends RouteName> = Needs<Name, "params"> &
  Needs<Name, "query"> &
  Needs<Name, "body"> & { headers?: Record<string, string>; signal?: AbortSignal };

type Shapes<Name extends RouteName> = RouteOf<Name>["answers"];

/** What a route answers with under any status of success. */
export type RouteAnswer<Name extends RouteName> = {
  [Status in keyof Shapes<Name>]: Shapes<Name>[Status] extends { schema: infer Schema extends z.ZodType }
    ? z.output<Schema>
    : Shapes<Name>[Status] extends { type: string }
      ? string
      : undefined;
}[keyof Shapes<Name>];

type LooseInput = {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
};

/**
 * Calls a route of the contract with the session's cookie and gives its answer.
 * @throws RequestFailed with the problem that the api answered, or `unreachable` where no answer came
 */
export async function callRoute<Name extends RouteName>(
  name: Name,
  input: RouteInput<Name>,
): Promise<RouteAnswer<Name>> {
  const { params, query, body, headers, signal } = input as LooseInput;
  const route: Route = routes[name];
  const post = route.method === "post";
  const answer = await reach(routeAddress(name, { params, query }), {
    method: route.method.toUpperCase(),
    credentials: "same-origin",
    headers: {
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      // The sign-in routes are the library's, which knows no such header.
      ...(post && route.access === "agent" ? { "idempotency-key": randomKey() } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    // What was typed last goes out also when the tab is closed on it.
    keepalive: route.method === "patch" && JSON.stringify(body).length < keptAliveBytes,
    ...(signal === undefined ? {} : { signal }),
  });
  const text = await answer.text();
  if (!answer.ok) throw refusal(route, answer.status, text);
  const isJson = answer.headers.get("content-type")?.includes("json") === true;
  return (text === "" ? undefined : isJson ? JSON.parse(text) : text) as RouteAnswer<Name>;
}

/** The address of a route with its parameters filled in; empty query values are left out. */
export function routeAddress(
  name: RouteName,
  { params = {}, query = {} }: { params?: Record<string, string> | undefined; query?: object | undefined } = {},
): string {
  const path = routes[name].path.replaceAll(/\{(\w+)\}/g, (_all, key: string) => encodeURIComponent(params[key] ?? ""));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") search.set(key, String(value));
  }
  return search.size === 0 ? path : `${path}?${search.toString()}`;
}

/** The error for an answer that is not a success; one without a session ends the session that the pages know. */
export function refusal(route: Pick<Route, "access">, status: number, text: string): RequestFailed {
  const problem = readProblem(status, text);
  if (problem.code === "unauthenticated" && route.access === "agent") sessionEnded();
  return new RequestFailed(problem);
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw unreachable();
  }
}

/** The error for a request that got no answer at all. */
export function unreachable(): RequestFailed {
  return new RequestFailed({
    type: "about:blank",
    title: "",
    status: 0,
    code: "unreachable",
    detail: "",
  });
}

function readProblem(status: number, text: string): ProblemDocument {
  try {
    const read = problemSchema.safeParse(JSON.parse(text));
    if (read.success) return read.data;
  } catch {
    // A proxy in front may answer with a page of its own.
  }
  return { type: "about:blank", title: "", status, code: "unreachable", detail: "" };
}
