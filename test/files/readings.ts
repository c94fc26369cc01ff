import { recogniseHeader } from "../../files/header/recognise-header.ts";
import type { KnownProduct, Reading } from "../../files/rows/row-input.ts";

export const e3: KnownProduct = {
  skuId: "05e9a617-0261-4cee-bb44-138d3ef5d965",
  skuPartNumber: "SPE_E3",
  name: "Microsoft 365 E3",
  servicePlans: [{ servicePlanId: "57ff2da0-773e-42df-b2af-ffb7a2317929", name: "TEAMS1" }],
  publisherAddress: null,
};

export const visio: KnownProduct = {
  skuId: "c5928f49-12ba-48f7-ada3-0d743a3601d5",
  skuPartNumber: "VISIOCLIENT",
  name: "Visio Plan 2",
  servicePlans: [],
  publisherAddress: null,
};

export const phone: KnownProduct = {
  skuId: "0dab259f-bf13-4952-b7f8-7db8f131b28d",
  skuPartNumber: "TEAMS_PHONE",
  name: "Teams + Phone",
  servicePlans: [],
  publisherAddress: null,
};

/** A reading of a file with `header` for a customer with two domains and three products. */
export function readingOf(header: string[], more: Partial<Reading> = {}): Reading {
  const products = new Map<string, KnownProduct>();
  for (const product of [e3, visio, phone]) {
    for (const key of [product.skuId, product.skuPartNumber, product.name]) products.set(key.toLowerCase(), product);
  }
  return {
    operation: "createUsers",
    columns: recogniseHeader(header),
    header,
    domains: new Set(["contoso.example", "contoso.test"]),
    defaultDomain: "contoso.example",
    domain: null,
    upnPattern: null,
    usageLocation: null,
    skus: [],
    products,
    ...more,
  };
}
