import { z } from "zod";

const servicePlanSchema = z.object({ servicePlanId: z.uuid(), name: z.string(), label: z.string() });

/** A product that a customer has, with its seats: `available = total − consumed`. */
export const productSchema = z.object({
  skuId: z.uuid(),
  skuPartNumber: z.string(),
  name: z.string(),
  total: z.number().int(),
  consumed: z.number().int(),
  available: z.number().int(),
  servicePlans: z.array(servicePlanSchema),
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
  skuPartNumber: z.string().min(1).describe("Part number, product name or GUID of a product in the catalogue"),
  total: seats,
});

/** The first domain is the default one: names without a domain get it. */
export const newCustomerSchema = z.strictObject({
  name: z.string().trim().min(1).max(256),
  domains: z.array(z.string()).min(1).max(5000),
  products: z.array(newProductSchema).max(500).default([]),
});

export const customerChangeSchema = z.strictObject({
  name: z.string().trim().min(1).max(256).optional(),
  defaultDomain: z.string().optional(),
});

export const newDomainSchema = z.strictObject({ name: z.string() });
export const productChangeSchema = z.strictObject({ total: seats });

export type Customer = z.infer<typeof customerSchema>;
export type Product = z.infer<typeof productSchema>;
export type NewCustomer = z.infer<typeof newCustomerSchema>;
export type NewProduct = z.infer<typeof newProductSchema>;
