import type { KnownProduct, LicenseInput } from "./row-input.ts";

type Products = ReadonlyMap<string, KnownProduct>;

/** Licenses as a cell names them, or what is wrong: the product or the service plan that is not known, or assigned elsewhere. */
export type ReadLicenses =
  | { licenses: LicenseInput[] }
  | { unknownSku: string }
  | { unknownPlan: string; product: KnownProduct }
  | { publisherManaged: KnownProduct }
  | { malformed: true };

// Names of products hold a separator or two themselves, and no more.
const mostParts = 6;

/**
 * Resolves a cell of licenses against the customer's products: part numbers, names or GUIDs separated by `;` `+` `,` `|`
 * or line breaks, or a JSON array `[{"sku": …, "disabledPlans": […]}]` with plans by name or GUID. A product named twice
 * counts once; `Unlicensed` is none, as the Microsoft 365 admin center exports it.
 */
export function readLicenses(value: string, products: Products): ReadLicenses {
  if (/^\[\s*[{\]]/.test(value)) return readJson(value, products);
  if (/^(?:unlicensed|none|-)$/i.test(value.trim())) return { licenses: [] };
  return resolveSkus(namesIn(value, products), products);
}

/** The names between the separators of `value`; a product whose own name holds a separator stays whole. */
function namesIn(value: string, products: Products): string[] {
  const parts = value.split(/([;+,|\r\n])/);
  const names: string[] = [];
  // Names stand at even places, what separates them at odd ones.
  for (let at = 0; at < parts.length;) {
    let to = Math.min(parts.length, at + mostParts * 2 - 1);
    while (to > at + 1 && !products.has(parts.slice(at, to).join("").trim().toLowerCase())) to -= 2;
    const name = parts.slice(at, to).join("");
    if (name.trim() !== "") names.push(name);
    at = to + 1;
  }
  return names;
}

/** Resolves names of products, none of which switches a plan off. */
export function resolveSkus(skus: string[], products: Products): ReadLicenses {
  return resolve(
    skus.map((sku) => ({ sku })),
    products,
  );
}

function resolve(wanted: { sku: string; disabledPlans?: string[] }[], products: Products): ReadLicenses {
  const licenses = new Map<string, LicenseInput>();
  for (const { sku, disabledPlans = null } of wanted) {
    const product = productOf(sku.trim().toLowerCase(), products);
    if (product === undefined) return { unknownSku: sku.trim() };
    if (product.publisherAddress !== null) return { publisherManaged: product };
    const plans: string[] = [];
    for (const name of disabledPlans ?? []) {
      const plan = planOf(product, name);
      if (plan === undefined) return { unknownPlan: name, product };
      if (!plans.includes(plan)) plans.push(plan);
    }
    const { skuId, skuPartNumber } = product;
    const everyPlan = disabledPlans?.length === 0;
    licenses.set(skuId, { skuId, skuPartNumber, disabledPlans: plans, ...(everyPlan ? { everyPlan } : {}) });
  }
  return { licenses: [...licenses.values()] };
}

/** PowerShell puts the account before the part number: `contoso:SPE_E3`. */
function productOf(name: string, products: Products): KnownProduct | undefined {
  return products.get(name) ?? products.get(name.replace(/^[\w-]+:/, ""));
}

function planOf(product: KnownProduct, name: string): string | undefined {
  const wanted = name.trim().toLowerCase();
  return product.servicePlans.find(
    (plan) => plan.servicePlanId.toLowerCase() === wanted || plan.name.toLowerCase() === wanted,
  )?.servicePlanId;
}

function readJson(value: string, products: Products): ReadLicenses {
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    return { malformed: true };
  }
  if (!Array.isArray(parsed) || !parsed.every(isWanted)) return { malformed: true };
  return resolve(parsed, products);
}

function isWanted(item: unknown): item is { sku: string; disabledPlans?: string[] } {
  if (typeof item !== "object" || item === null || !("sku" in item) || typeof item.sku !== "string") return false;
  if (!("disabledPlans" in item)) return true;
  return Array.isArray(item.disabledPlans) && item.disabledPlans.every((plan) => typeof plan === "string");
}
