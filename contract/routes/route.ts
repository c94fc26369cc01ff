import { z } from "zod";
import type { Code } from "../codes.ts";
import type { RouteTag } from "./tags.ts";

type Method = "get" | "post" | "put" | "patch" | "delete";

/** What a route answers with under one status: JSON of a schema, some other media type, or nothing. */
export type AnswerShape = { schema: z.ZodType } | { type: string } | { empty: true };

/**
 * One route as data: api/ mounts from it, OpenAPI is generated from it and clients may read it. `path` is written as
 * OpenAPI writes it. `problems` are those beyond the ones that every route of its kind has.
 */
export type Route = {
  method: Method;
  path: string;
  tag: RouteTag;
  summary: string;
  /** What the summary leaves out and the rest of the route does not tell. */
  description?: string;
  /** Who may call it: everybody, somebody with authority, or (metrics) also the machine itself. */
  access: "public" | "agent" | "metrics";
  /** About the partner's own records of a customer, for which an Admin agent needs no grant there. */
  partner?: true;
  params?: z.ZodObject;
  query?: z.ZodObject;
  /** A POST that changes nothing, because what it asks for takes a body: there is nothing to do twice. */
  reads?: true;
  /** A JSON body. An absent body counts as `{}`. */
  body?: z.ZodType;
  /** The body comes from an HTML form and not as JSON. */
  form?: true;
  /** Media types of a body that is streamed and never held. */
  file?: readonly string[];
  /** Largest JSON body in MB; 1 unless told. */
  bodyMb?: number;
  /** With `If-None-Match` the answer is 304 where the entity tag is still this one. */
  headers?: readonly ("If-Match" | "If-None-Match" | "Prefer")[];
  answers: Partial<Record<200 | 201 | 202 | 204 | 303, AnswerShape>>;
  problems: readonly Code[];
};

/** Whether a request for the route may carry an `Idempotency-Key`. */
export function takesKey({ method, access, reads }: Pick<Route, "method" | "access" | "reads">): boolean {
  return method === "post" && access === "agent" && reads !== true;
}

export const customerParams = z.object({ customerId: z.uuid().describe("The customer's id") });
export const userParams = customerParams.extend({ userId: z.uuid().describe("The user's id, its object ID") });
export const batchParams = z.object({ batchId: z.uuid().describe("The batch's id") });
