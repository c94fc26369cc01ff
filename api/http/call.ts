import type { Request, Response } from "express";
import type { z } from "zod";
import type { Batch } from "../../contract/batch.ts";
import type { Customer } from "../../contract/customer.ts";
import type { RouteName, RouteOf } from "../../contract/routes.ts";
import type { CustomerFacts } from "../../core/directory/customers/read-customers.ts";
import type { SignedInAgent } from "../../core/access/agents/find-agent.ts";
import type { ApiContext } from "../api-context.ts";
import type { IncomingUpload } from "../uploads/incoming-upload.ts";
import type { Caller } from "./authenticate.ts";
import type { Made, MadeOnce } from "./idempotency.ts";
import type { Answer } from "./send-answer.ts";

type Part<Name extends RouteName, Key extends string> =
  RouteOf<Name> extends Record<Key, infer Schema extends z.ZodType> ? z.output<Schema> : undefined;

type IfAt<Name extends RouteName, At extends string, Thing> = RouteOf<Name>["authority"] extends { at: At }
  ? Thing
  : undefined;

/** What is asked for at a customer takes more of it than a look does. */
type CustomerOf<Authority> = Authority extends { at: "customer"; act: "read" } | { at: "customerRecord" }
  ? Customer
  : Authority extends { at: "customer" }
    ? CustomerFacts
    : undefined;

type CallerOf<Authority> = Authority extends "public" | "agentOrMachine"
  ? Caller | null
  : Authority extends "namedAgent" | "keyOwner"
    ? Caller & { agent: SignedInAgent }
    : Caller;

/** One request, with everything a handler needs looked up and checked before it starts, the caller's authority included. */
export type Call<Name extends RouteName> = {
  api: ApiContext;
  req: Request;
  res: Response;
  caller: CallerOf<RouteOf<Name>["authority"]>;
  params: Part<Name, "params">;
  query: Part<Name, "query">;
  body: Part<Name, "body">;
  /** The customer in the path; a caller who may not see it has got 404 already. */
  customer: CustomerOf<RouteOf<Name>["authority"]>;
  batch: IfAt<Name, "batch", Batch>;
  upload: RouteOf<Name> extends { file: unknown } ? IncomingUpload : undefined;
  options: Part<Name, "options">;
  waitSeconds: number;
};

type Shapes<Name extends RouteName> = RouteOf<Name>["answers"];
type BodyOf<Name extends RouteName> = {
  [Status in keyof Shapes<Name>]: Shapes<Name>[Status] extends { schema: infer Schema extends z.ZodType }
    ? z.input<Schema>
    : never;
}[keyof Shapes<Name>];

/** Answers a request that changes nothing, or that may safely run twice. */
export type Read<Name extends RouteName> = (call: Call<Name>) => Promise<Answer<BodyOf<Name>>>;

/**
 * Answers a POST in parts, because of `Idempotency-Key`: `act` happens once, `answer` each time, from how things are by
 * then. The caller's authority is asked for each time: who repeats a request is told no more than they may know by then.
 */
export type Write<Name extends RouteName> = {
  act(call: Call<Name>): Promise<Made>;
  answer(call: Call<Name>, made: MadeOnce): Promise<Answer<BodyOf<Name>>>;
};

type IsWrite<Name extends RouteName> =
  RouteOf<Name> extends { reads: true }
    ? false
    : RouteOf<Name> extends { authority: "public" }
      ? false
      : RouteOf<Name> extends { method: "post" }
        ? true
        : false;

/** A handler for each route that there is. */
export type Handlers = {
  [Name in RouteName]: IsWrite<Name> extends true ? Write<Name> : Read<Name>;
};

/** The handlers of some routes, so that a file can hold those that belong together. */
export type SomeHandlers<Names extends RouteName> = Pick<Handlers, Names>;
