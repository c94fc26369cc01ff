import type { z } from "zod";
import { refusalOf, unreachable } from "./request-failed.ts";
import { routeAddress } from "./route-address.ts";
import { type RouteName, type RouteOf, routes } from "./routes.ts";
import { type Route, takesKey } from "./routes/route.ts";

type Part<Name extends RouteName, Key extends string> =
  RouteOf<Name> extends Record<Key, infer Schema extends z.ZodType> ? z.input<Schema> : never;

type Needs<Name extends RouteName, Key extends string> = [Part<Name, Key>] extends [never]
  ? { [K in Key]?: never }
  : object extends Part<Name, Key>
    ? { [K in Key]?: Part<Name, Key> }
    : { [K in Key]: Part<Name, Key> };

/** What a route takes, read off the table of routes; `signal` stops waiting for the answer. */
export type RouteInput<Name extends RouteName, Signal> = Needs<Name, "params"> &
  Needs<Name, "query"> &
  Needs<Name, "body"> & { headers?: Record<string, string>; signal?: Signal };

type Shapes<Name extends RouteName> = RouteOf<Name>["answers"];

/** What a route answers with under any status of success. */
export type RouteAnswer<Name extends RouteName> = {
  [Status in keyof Shapes<Name>]: Shapes<Name>[Status] extends { schema: infer Schema extends z.ZodType }
    ? z.output<Schema>
    : Shapes<Name>[Status] extends { type: string }
      ? string
      : undefined;
}[keyof Shapes<Name>];

type LooseInput<Signal> = {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: Signal;
};

/** One request as it goes over the wire: `address` begins with a slash, `body` is JSON. */
export type WireRequest<Signal> = {
  method: string;
  address: string;
  headers: Record<string, string>;
  body: string | undefined;
  signal: Signal | undefined;
};

/** An answer of any status, read to the end. */
export type WireAnswer = { status: number; contentType: string | null; text: string };

/**
 * What carries requests: `send` throws `unreachable()` where no answer comes, `randomKey` makes idempotency keys. With
 * `strange` it may have reached another server than a Muster, so each answer is held against what its route gives.
 */
export type Wire<Signal> = {
  strange?: true;
  send(request: WireRequest<Signal>): Promise<WireAnswer>;
  randomKey(): string;
};

/** Calls a route by its name and gives its answer. @throws RequestFailed */
export type CallRoute<Signal> = <Name extends RouteName>(
  name: Name,
  input: RouteInput<Name, Signal>,
) => Promise<RouteAnswer<Name>>;

/**
 * Makes the one typed client of the api, for pages and programs alike: it knows the routes, and `wire` how to reach the
 * server. Each write carries an idempotency key, a fresh one unless `headers` bring one.
 */
export function makeClient<Signal>(wire: Wire<Signal>): CallRoute<Signal> {
  return async <Name extends RouteName>(name: Name, input: RouteInput<Name, Signal>) => {
    const { params, query, body, headers, signal } = input as LooseInput<Signal>;
    const route: Route = routes[name];
    const { status, contentType, text } = await wire.send({
      method: route.method.toUpperCase(),
      address: routeAddress(name, { params, query }),
      headers: {
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        // The sign-in routes are the library's, which knows no such header.
        ...(takesKey(route) ? { "idempotency-key": wire.randomKey() } : {}),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
    });
    if (status < 200 || status > 299) throw refusalOf(status, text);
    return readAnswer(route, { status, contentType, text }, wire.strange === true) as RouteAnswer<Name>;
  };
}

function readAnswer(route: Route, { status, contentType, text }: WireAnswer, strange: boolean): unknown {
  const shape = route.answers[status as keyof Route["answers"]];
  // Some web servers answer every address with the same page.
  if (shape === undefined) throw unreachable(status);
  if (!("schema" in shape)) return text === "" ? undefined : text;
  if (contentType?.includes("json") !== true) throw unreachable(status);
  const json = parseJson(text);
  if (json === undefined || (strange && !shape.schema.safeParse(json).success)) throw unreachable(status);
  return json;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
