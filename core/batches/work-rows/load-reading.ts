import type { BatchOptions } from "../../../contract/batch.ts";
import { Problem } from "../../../contract/problem.ts";
import { withPlans } from "../../directory/catalog/known-products.ts";
import { type CustomerFacts, getCustomerFacts } from "../../directory/customers/read-customers.ts";
import { findProduct } from "../../../licensing/products.ts";
import type { CoreContext } from "../../context.ts";
import { findCountry } from "../../../files/rows/find-country.ts";
import type { KnownProduct, Reading } from "../../../files/rows/row-input.ts";
import { parseUpnPattern } from "../../../files/rows/upn-pattern.ts";

type Table = Pick<Reading, "operation" | "header" | "columns">;

/**
 * Gives all that reading the rows of a batch depends on, from the batch's header and options and the customer as it is
 * now. @throws Problem not_found for an unknown customer; body_invalid for an option that cannot be met.
 */
export async function loadReading(
  context: CoreContext,
  customerId: string,
  options: BatchOptions,
  table: Table,
): Promise<Reading> {
  const facts = await getCustomerFacts(context, customerId);
  if (facts === null) throw new Problem("not_found", "There is no such customer.");
  return readingFor(facts, options, table);
}

/** Gives the same of a customer who has been looked up. @throws Problem body_invalid for an option that cannot be met */
export function readingFor(
  facts: Pick<CustomerFacts, "domains" | "products">,
  options: BatchOptions,
  { operation, header, columns }: Table,
): Reading {
  const domains = new Set(facts.domains.map((domain) => domain.name));
  const products = knownProducts(facts.products);
  return {
    operation,
    header,
    columns,
    domains,
    defaultDomain: facts.domains.find((domain) => domain.isDefault)?.name ?? "",
    domain: options.domain === undefined ? null : verifiedDomain(options.domain, domains),
    upnPattern: options.upnPattern === undefined ? null : parseUpnPattern(options.upnPattern),
    usageLocation: options.usageLocation === undefined ? null : countryCode(options.usageLocation),
    skus: (options.skus ?? []).map((sku) => knownSku(sku, products)),
    products,
  };
}

function knownProducts(products: readonly KnownProduct[]): Map<string, KnownProduct> {
  const byName = new Map<string, KnownProduct>();
  for (const product of products) {
    const builtIn = findProduct(product.skuId)?.servicePlans ?? [];
    const known = { ...product, servicePlans: withPlans(builtIn, product.servicePlans) };
    for (const key of [product.name, product.skuPartNumber, product.skuId]) byName.set(key.toLowerCase(), known);
  }
  return byName;
}

function verifiedDomain(name: string, domains: ReadonlySet<string>): string {
  const domain = name.trim().toLowerCase();
  if (!domains.has(domain)) {
    throw optionProblem(
      "domain",
      name,
      `Choose one of the customer's domains: ${[...domains].slice(0, 5).join(", ")}.`,
    );
  }
  return domain;
}

function countryCode(value: string): string {
  const code = findCountry(value);
  if (code === undefined) {
    throw optionProblem(
      "usageLocation",
      value,
      "Give a country as ISO 3166-1 alpha-2 code, such as NL, or by its name.",
    );
  }
  return code;
}

function knownSku(sku: string, products: ReadonlyMap<string, KnownProduct>): string {
  const product = products.get(sku.trim().toLowerCase());
  if (product === undefined) {
    throw optionProblem("skus", sku, "Name a product of the customer by part number, name or GUID.");
  }
  if (product.publisherAddress !== null) {
    throw optionProblem("skus", sku, `Its licenses are assigned by the publisher, at ${product.publisherAddress}.`);
  }
  return sku.trim();
}

function optionProblem(option: string, value: string, advice: string): Problem {
  return new Problem("body_invalid", `The option ${option} cannot be met. ${advice}`, {
    errors: [{ column: option, value: value.slice(0, 80), message: advice }],
  });
}
