import type { z } from "zod";
import type { RouteInput } from "../client.ts";
import type { RouteName, RouteOf } from "../routes.ts";

/** One request as a reader may send it; a body or query that the route's own schema does not take does not compile. */
type RequestExample<Name extends RouteName> = { summary: string } & Pick<RouteInput<Name, never>, "query" | "body"> &
  (RouteOf<Name> extends { file: readonly string[] } ? { file: string } : object);

type TakesMore<Name extends RouteName> =
  RouteOf<Name> extends { body: z.ZodType } | { query: z.ZodObject } | { file: readonly string[] } ? Name : never;

/** Examples by route and by a name of their own: each route that takes more than a path has one at least. */
export type RequestExamples = { [Name in RouteName as TakesMore<Name>]: Record<string, RequestExample<Name>> };

/** The examples of some routes. */
export type SomeExamples<Names extends keyof RequestExamples> = Pick<RequestExamples, Names>;
