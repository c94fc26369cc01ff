import type { KnownProduct, LicenseInput } from "./row-input.ts";

type Products = ReadonlyMap<string, KnownProduct>;

/** Licenses as a cell names them, or what is wrong: the product or the service plan that is not known. */
export type ReadLicenses =
  | { licenses: LicenseInput[] }
  | { unknownSku: string }
  | { unknownPlan: string; product: KnownProduct }
  | { malformed: true };

/**
 * Resolves a cell of licenses against the customer's products: part numbers, names or GUIDs separated by `;` or `+`, or
 * a JSON array `[{"sku": …, "disabledPlans": […]}]` with plans by name or GUID. A product named twice counts once.
 */
export function readLicenses(value: string, products: Products): ReadLicenses {
  if (/^\[\s*[{\]]/.test(value)) return readJson(value, products);
  const skus = value.split(";").flatMap((part) => {
    // A product's name may hold a plus sign itself.
    return products.has(part.trim().toLowerCase()) ? [part] : part.split("+");
  });
  return resolveSkus(
    skus.filter((sku) => sku.trim() !== ""),
    products,
  );
}

/** Resolves names of products, none of which switches a plan off. */
export function resolveSkus(skus: string[], products: Products): ReadLicenses {
  return resolve(
    skus.map((sku) => ({ sku, disabledPlans: [] })),
    products,
  );
}

function resolve(wanted: { sku: string; disabledPlans: string[] }[], products: Products): ReadLicenses {
  const licenses = new Map<string, LicenseInput>();
  for (const { sku, disabledPlans } of wanted) {
    const product = products.get(sku.trim().toLowerCase());
    if (product === undefined) return { unknownSku: sku.trim() };
    const plans: string[] = [];
    for (const name of disabledPlans) {
      const plan = planOf(product, name);
      if (plan === undefined) return { unknownPlan: name, product };
      if (!plans.includes(plan)) plans.push(plan);
    }
    licenses.set(product.skuId, { skuId: product.skuId, skuPartNumber: product.skuPartNumber, disabledPlans: plans });
  }
  return { licenses: [...licenses.values()] };
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
  return resolve(
    parsed.map(({ sku, disabledPlans }) => ({ sku, disabledPlans: disabledPlans ?? [] })),
    products,
  );
}

function isWanted(item: unknown): item is { sku: string; disabledPlans?: string[] } {
  if (typeof item !== "object" || item === null || !("sku" in item) || typeof item.sku !== "string") return false;
  if (!("disabledPlans" in item)) return true;
  return Array.isArray(item.disabledPlans) && item.disabledPlans.every((plan) => typeof plan === "string");
}
