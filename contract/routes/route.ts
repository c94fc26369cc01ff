import { z } from "zod";
import type { PartnerAct } from "../authority.ts";
import type { Code } from "../codes.ts";
import type { CustomerAct } from "../customer-acts.ts";
import type { FileOperation, OperationSlug } from "../operations.ts";
import type { RouteTag } from "./tags.ts";

type Method = "get" | "post" | "put" | "patch" | "delete";

/** What a route answers with under one status: JSON of a schema, some other media type, or nothing. */
export type AnswerShape = { schema: z.ZodType } | { type: string } | { empty: true };

export const customerParams = z.object({ customerId: z.uuid().describe("The customer's id") });
export const userParams = customerParams.extend({ userId: z.uuid().describe("The user's id, its object ID") });
export const batchParams = z.object({ batchId: z.uuid().describe("The batch's id") });

export const bundleParams = z.object({ bundleId: z.uuid().describe("The id of the file for many customers") });

/** Parameters of a path that name this and whatever else. */
type Naming<Named extends z.ZodRawShape> = z.ZodObject<z.ZodRawShape & Named>;
type NamingNeither = z.ZodObject<z.ZodRawShape & { customerId?: never; batchId?: never }>;

/**
 * Who may call a route that asks for no act. `public`: everybody. `agentOrMachine`: an agent, and the machine itself without a
 * key. `anyAgent`: every agent, and the token of the environment. `eachCustomer`: these too, for what is about many
 * customers, at each of which core asks what they may see and do there. `namedAgent`: an agent, and not that token, which is nobody's.
 * `keyOwner`: an agent who is signed in, or whose API key is not narrowed.
 */
type OpenTo = "public" | "agentOrMachine" | "anyAgent" | "eachCustomer" | "namedAgent" | "keyOwner";

/** About the partner's own records, or about nobody's. */
type AtPartner = { params?: NamingNeither; authority: OpenTo | { act: PartnerAct; at: "partner" } };

/** About what the customer in the path has. */
type AtCustomer = {
  params: Naming<typeof customerParams.shape>;
  authority: { act: CustomerAct | "downloadPasswords"; at: "customer" };
};

/** About the partner's own record of the customer in the path, which an Admin agent sees without a grant there. */
type AtCustomerRecord = {
  params: Naming<typeof customerParams.shape>;
  authority: { act: "read" | PartnerAct; at: "customerRecord" };
};

/** The body, or what comes with a file, says which operation it is to be: that is the act. */
type AskedByBody = {
  params: Naming<typeof customerParams.shape>;
  body: z.ZodType<{ operation: FileOperation }>;
  authority: { act: "operationOfBody"; at: "customer" };
};
type AskedByOptions = {
  params: Naming<typeof customerParams.shape>;
  options: z.ZodType<{ operation: OperationSlug }>;
  authority: { act: "operationOfOptions"; at: "customer" };
};

/** About the batch in the path, at its customer: its own operation, or what shows the passwords that it made, is the act. */
type AtBatch = {
  params: Naming<typeof batchParams.shape>;
  authority: { act: "read" | "undoBatch" | "operationOfBatch" | "passwordsOfBatch"; at: "batch" };
};

type Asks = AtPartner | AtCustomer | AtCustomerRecord | AskedByBody | AskedByOptions | AtBatch;

/**
 * Who may call a route: whom it is open to, or the act that the caller needs, and where. Who may not `read` there gets 404,
 * who may read and not begin the act gets 403. What only rows can tell is asked in core: a list over many customers is open
 * to any agent and holds what each may see, and each row of a batch needs what it changes, and to whom.
 */
export type RouteAuthority = Asks["authority"];

/**
 * One route as data: api/ mounts from it, OpenAPI is generated from it and clients may read it. `path` is written as
 * OpenAPI writes it. `problems` are those beyond the ones that every route of its kind has.
 */
export type Route = Asks & {
  method: Method;
  path: string;
  tag: RouteTag;
  summary: string;
  /** What the summary leaves out and the rest of the route does not tell. */
  description?: string;
  query?: z.ZodObject;
  /** A POST that changes nothing, because what it asks for takes a body: there is nothing to do twice. */
  reads?: true;
  /** A JSON body. An absent body counts as `{}`. */
  body?: z.ZodType;
  /** The body comes from an HTML form and not as JSON. */
  form?: true;
  /** Media types of a body that is streamed and never held. */
  file?: readonly string[];
  /** What is to be done with the file: the query together with the part `options` of a multipart body, which wins. */
  options?: z.ZodType;
  /** Largest JSON body in MB; 1 unless told. */
  bodyMb?: number;
  /** With `If-None-Match` the answer is 304 where the entity tag is still this one. */
  headers?: readonly ("If-Match" | "If-None-Match" | "Prefer")[];
  answers: Partial<Record<200 | 201 | 202 | 204 | 303, AnswerShape>>;
  problems: readonly Code[];
};

/** Whether a request for the route may carry an `Idempotency-Key`. */
export function takesKey({ method, authority, reads }: Pick<Route, "method" | "authority" | "reads">): boolean {
  return method === "post" && authority !== "public" && reads !== true;
}
