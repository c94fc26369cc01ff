import { z } from "zod";
import { longestLookup } from "../limits.ts";
import { customerBrakesChangeSchema, customerBrakesSchema, limitsChangeSchema, limitsForAllSchema } from "../brakes.ts";
import { batchSchema } from "../batch.ts";
import {
  customerChangeSchema,
  customerSchema,
  domainSchema,
  newCustomerSchema,
  newDomainSchema,
  newProductSchema,
  productChangeSchema,
  productSchema,
} from "../customer.ts";
import { newUserSchema } from "../new-user.ts";
import { pageOf, pageQuerySchema } from "../paging.ts";
import { userSchema } from "../user.ts";
import { userFilterShape, userSorts } from "../user-filter.ts";
import { customerParams, type Route, userParams } from "./route.ts";

/** A user with what went wrong on the way, where a single request ended in part. */
export const userAnswerSchema = userSchema.extend({
  warnings: z
    .array(z.object({ code: z.string(), message: z.string() }))
    .optional()
    .describe("Steps that failed after the user was made; a retry of the batch goes on there"),
  batchId: z.uuid().optional().describe("The batch of one row that carried the request"),
  temporaryPassword: z
    .string()
    .optional()
    .describe(
      "The password that the request made. A repeat under the same Idempotency-Key comes without it, and so do GETs: POST /v1/batches/{batchId}/passwords gives it until the user signs in or 7 days are over",
    ),
});

/** What a list of users shows, and in which order. */
const userListShape = {
  state: z.enum(["active", "inactive"]).default("active").describe("inactive: deleted and restorable"),
  ...userFilterShape,
  sort: z
    .enum(userSorts)
    .optional()
    .describe("A minus sorts from the last to the first; displayName, or of deleted users -deletedAt, unless told"),
} as const;

/** Customers with their domains and products, and the users that they have. */
export const customerRoutes = {
  listCustomers: {
    method: "get",
    path: "/v1/customers",
    tag: "Customers",
    summary: "Lists customers by name",
    authority: "anyAgent",
    query: z.strictObject({
      ...pageQuerySchema.shape,
      q: z.string().max(longestLookup).optional().describe("Part of the name"),
    }),
    answers: { 200: { schema: pageOf(customerSchema) } },
    problems: [],
  },
  createCustomer: {
    method: "post",
    path: "/v1/customers",
    tag: "Customers",
    summary: "Makes a customer with its domains and products",
    authority: { act: "manageCustomer", at: "partner" },
    body: newCustomerSchema,
    answers: { 201: { schema: customerSchema } },
    problems: ["domain_taken", "domain_invalid", "product_exists"],
  },
  getCustomer: {
    method: "get",
    path: "/v1/customers/{customerId}",
    tag: "Customers",
    summary: "Gives one customer",
    authority: { act: "read", at: "customerRecord" },
    params: customerParams,
    answers: { 200: { schema: customerSchema } },
    problems: [],
  },
  changeCustomer: {
    method: "patch",
    path: "/v1/customers/{customerId}",
    tag: "Customers",
    summary: "Changes the name or the default domain of a customer",
    authority: { act: "manageCustomer", at: "customerRecord" },
    params: customerParams,
    body: customerChangeSchema,
    answers: { 200: { schema: customerSchema } },
    problems: [],
  },
  getCustomerBrakes: {
    method: "get",
    path: "/v1/customers/{customerId}/brakes",
    tag: "Customers",
    summary: "Tells beyond which limits a plan needs the yes of a second agent at a customer",
    authority: { act: "read", at: "customerRecord" },
    params: customerParams,
    answers: { 200: { schema: customerBrakesSchema } },
    problems: [],
  },
  changeCustomerBrakes: {
    method: "put",
    path: "/v1/customers/{customerId}/brakes",
    tag: "Customers",
    summary:
      "Gives a customer limits of its own, or takes them away; looser ones count once a second Admin agent agrees",
    authority: { act: "manageCustomer", at: "customerRecord" },
    params: customerParams,
    body: customerBrakesChangeSchema,
    answers: { 200: { schema: customerBrakesSchema } },
    problems: ["limits_changed", "approval_own", "approval_related"],
  },
  getBrakes: {
    method: "get",
    path: "/v1/brakes",
    tag: "Customers",
    summary: "Tells the limits of all customers that have none of their own",
    authority: { act: "manageCustomer", at: "partner" },
    answers: { 200: { schema: limitsForAllSchema } },
    problems: [],
  },
  changeBrakes: {
    method: "put",
    path: "/v1/brakes",
    tag: "Customers",
    summary:
      "Sets the limits of all customers that have none of their own; looser ones count once a second Admin agent agrees",
    authority: { act: "manageCustomer", at: "partner" },
    body: limitsChangeSchema,
    answers: { 200: { schema: limitsForAllSchema } },
    problems: ["limits_changed", "approval_own", "approval_related"],
  },
  listDomains: {
    method: "get",
    path: "/v1/customers/{customerId}/domains",
    tag: "Customers",
    summary: "Lists the domains of a customer",
    authority: { act: "read", at: "customerRecord" },
    params: customerParams,
    answers: { 200: { schema: pageOf(domainSchema) } },
    problems: [],
  },
  addDomain: {
    method: "post",
    path: "/v1/customers/{customerId}/domains",
    tag: "Customers",
    summary: "Adds a domain to a customer",
    authority: { act: "manageCustomer", at: "customerRecord" },
    params: customerParams,
    body: newDomainSchema,
    answers: { 201: { schema: domainSchema } },
    problems: ["domain_taken", "domain_invalid"],
  },
  listProducts: {
    method: "get",
    path: "/v1/customers/{customerId}/products",
    tag: "Customers",
    summary: "Lists the products of a customer with their seats",
    authority: { act: "read", at: "customerRecord" },
    params: customerParams,
    answers: { 200: { schema: pageOf(productSchema) } },
    problems: [],
  },
  addProduct: {
    method: "post",
    path: "/v1/customers/{customerId}/products",
    tag: "Customers",
    summary: "Adds a product of the catalogue to a customer",
    authority: { act: "manageCustomer", at: "customerRecord" },
    params: customerParams,
    body: newProductSchema,
    answers: { 201: { schema: productSchema } },
    problems: ["product_exists"],
  },
  changeProduct: {
    method: "patch",
    path: "/v1/customers/{customerId}/products/{skuId}",
    tag: "Customers",
    summary: "Changes the number of seats of a product",
    authority: { act: "manageCustomer", at: "customerRecord" },
    params: customerParams.extend({ skuId: z.uuid().describe("The product's id, a GUID") }),
    body: productChangeSchema,
    answers: { 200: { schema: productSchema } },
    problems: [],
  },
  listUsers: {
    method: "get",
    path: "/v1/customers/{customerId}/users",
    tag: "Users",
    summary: "Lists the users of a customer",
    authority: { act: "read", at: "customer" },
    params: customerParams,
    query: z.strictObject({
      ...pageQuerySchema.shape,
      ...userListShape,
      offset: z.coerce
        .number()
        .int()
        .min(0)
        .max(10_000_000)
        .optional()
        .describe("Begins behind so many users, where a list is jumped through; beside a cursor it is refused"),
    }),
    answers: { 200: { schema: pageOf(userSchema) } },
    problems: [],
  },
  exportUsers: {
    method: "get",
    path: "/v1/customers/{customerId}/users.csv",
    tag: "Users",
    summary: "Streams all users that such a list shows as CSV, under the headers that an upload reads",
    authority: { act: "read", at: "customer" },
    params: customerParams,
    query: z.strictObject(userListShape),
    answers: { 200: { type: "text/csv" } },
    problems: [],
  },
  createUser: {
    method: "post",
    path: "/v1/customers/{customerId}/users",
    tag: "Users",
    summary: "Creates one user, as a batch of one row",
    authority: { act: "createUsers", at: "customer" },
    params: customerParams,
    body: newUserSchema,
    headers: ["Prefer"],
    answers: { 200: { schema: userAnswerSchema }, 201: { schema: userAnswerSchema }, 202: { schema: batchSchema } },
    problems: ["upn_taken", "user_exists", "deleted_user_exists", "seat_shortage", "domain_unverified"],
  },
  getUser: {
    method: "get",
    path: "/v1/customers/{customerId}/users/{userId}",
    tag: "Users",
    summary: "Gives one user",
    authority: { act: "read", at: "customer" },
    params: userParams,
    headers: ["If-None-Match"],
    answers: { 200: { schema: userSchema } },
    problems: [],
  },
} as const satisfies Record<string, Route>;
