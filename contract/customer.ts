import { z } from "zod";
import { longestLookup } from "./limits.ts";

/** A service plan, which is a part of a product and can be switched off by itself. */
export const servicePlanSchema = z.object({ servicePlanId: z.uuid(), name: z.string(), label: z.string() });

/** A product that a customer has, with its seats: `total = active + warning`, `available = total − consumed`. */
export const productSchema = z.object({
  skuId: z.uuid(),
  skuPartNumber: z.string(),
  name: z.string(),
  total: z.number().int(),
  active: z.number().int(),
  warning: z.number().int().describe("Seats of a subscription that has run out and can still be used"),
  suspended: z.number().int().describe("Seats beside the total that cannot be used"),
  consumed: z.number().int(),
  available: z.number().int(),
  servicePlans: z.array(servicePlanSchema),
  publisherAddress: z.string().nullable().describe("Where the publisher assigns the licenses; null: here"),
});

export const domainSchema = z.object({ name: z.string(), isDefault: z.boolean() });

export const customerSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  domains: z.array(domainSchema),
  userCount: z.number().int().optional(),
  createdAt: z.iso.datetime(),
});

const seats = z.number().int().min(0).max(10_000_000);

export const newProductSchema = z.strictObject({
  skuPartNumber: z
    .string()
    .min(1)
    .max(longestLookup)
    .describe("Part number, product name or GUID of a product in the catalogue"),
  total: seats,
  warning: seats.optional(),
  suspended: seats.optional(),
  publisher: z
    .strictObject({ name: z.string().trim().min(1).max(256), address: z.url({ protocol: /^https?$/ }).max(2048) })
    .optional()
    .describe("A marketplace product, of no catalogue, whose licenses its publisher assigns at this address"),
});

/** The first domain is the default one: names without a domain get it. */
export const newCustomerSchema = z.strictObject({
  name: z.string().trim().min(1).max(256),
  domains: z.array(z.string().max(longestLookup)).min(1).max(5000),
  products: z.array(newProductSchema).max(500).default([]),
});

export const customerChangeSchema = z.strictObject({
  name: z.string().trim().min(1).max(256).optional(),
  defaultDomain: z.string().max(longestLookup).optional(),
});

export const newDomainSchema = z.strictObject({ name: z.string().max(longestLookup) });
/** What is left out stays. */
export const productChangeSchema = z.strictObject({
  total: seats.optional(),
  warning: seats.optional(),
  suspended: seats.optional(),
});

export type Customer = z.infer<typeof customerSchema>;
export type Product = z.infer<typeof productSchema>;
export type NewCustomer = z.infer<typeof newCustomerSchema>;
export type NewProduct = z.infer<typeof newProductSchema>;
export type ProductChange = z.infer<typeof productChangeSchema>;
