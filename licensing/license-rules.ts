import { catalog, type CatalogProduct } from "./products.ts";
import { servicePlans, type ServicePlanName } from "./service-plans.ts";

/** A license of a user: a product, and the service plans of it that are off, by GUID. */
export type HeldLicense = { skuId: string; disabledPlans: readonly string[] };

/** Why licenses may not be as they are asked for: a code and the rest of a sentence. */
export type LicenseProblem = {
  code: "license_group_mixed" | "prohibited_in_location" | "plan_conflict" | "plan_dependency";
  said: string;
};

/** Plans of which a user may have one only. Source: Microsoft's "mutually exclusive" service plans. */
const exclusive: ServicePlanName[][] = [
  ["EXCHANGE_S_DESKLESS", "EXCHANGE_S_STANDARD", "EXCHANGE_S_ENTERPRISE"],
  ["SHAREPOINTDESKLESS", "SHAREPOINTSTANDARD", "SHAREPOINTENTERPRISE"],
];

/** Plans that do nothing without one of others. Source: Microsoft's descriptions of these add-ons. */
const dependencies: Partial<Record<ServicePlanName, ServicePlanName[]>> = {
  EXCHANGE_S_ARCHIVE_ADDON: ["EXCHANGE_S_STANDARD", "EXCHANGE_S_ENTERPRISE", "EXCHANGE_S_DESKLESS"],
  MCOEV: ["MCOSTANDARD"],
  SHAREPOINT_PROJECT: ["SHAREPOINTENTERPRISE"],
  M365_COPILOT_TEAMS: ["TEAMS1"],
};

/** Countries in which none of the products may be used: Cuba, Iran, North Korea, Syria. */
export const prohibitedLocations = ["CU", "IR", "KP", "SY"];

const planNames = new Map<string, ServicePlanName>(
  (Object.keys(servicePlans) as ServicePlanName[]).map((name) => [servicePlans[name][0], name]),
);
const products = new Map(catalog.map((product) => [product.skuId, product]));

/**
 * What is wrong with licenses that are to become `after`, where `before` was not wrong in the same way already; `location` is
 * where the user uses them. Products that the catalogue does not know have no rules.
 */
export function findLicenseProblem(
  before: readonly HeldLicense[],
  after: readonly HeldLicense[],
  location: string | null,
): LicenseProblem | null {
  const added = lacking(after, before);
  const moved = [...added, ...lacking(before, after)];
  const [first, other] = new Map(moved.map((product) => [product.group ?? "group1", product])).values();
  if (first !== undefined && other !== undefined) {
    return {
      code: "license_group_mixed",
      said: `${first.name} and ${other.name} are of two license groups. Change them one after the other.`,
    };
  }
  const banned = location !== null && prohibitedLocations.includes(location) ? added[0] : undefined;
  if (banned !== undefined) {
    return {
      code: "prohibited_in_location",
      said: `${banned.name} may not be used in ${location}. Change the usage location, or leave the license out.`,
    };
  }
  const known = planProblems(enabledPlans(before));
  return [...planProblems(enabledPlans(after))].find(([key]) => !known.has(key))?.[1] ?? null;
}

function lacking(some: readonly HeldLicense[], others: readonly HeldLicense[]): CatalogProduct[] {
  const there = new Set(others.map(({ skuId }) => skuId));
  return some.flatMap(({ skuId }) => (there.has(skuId) ? [] : (products.get(skuId) ?? [])));
}

/** The plans that are on, with the product that each comes from. */
function enabledPlans(licenses: readonly HeldLicense[]): Map<ServicePlanName, string> {
  const enabled = new Map<ServicePlanName, string>();
  for (const { skuId, disabledPlans } of licenses) {
    const product = products.get(skuId);
    for (const { servicePlanId } of product?.servicePlans ?? []) {
      const name = planNames.get(servicePlanId);
      if (product !== undefined && name !== undefined && !disabledPlans.includes(servicePlanId)) {
        enabled.set(name, product.name);
      }
    }
  }
  return enabled;
}

function planProblems(enabled: ReadonlyMap<ServicePlanName, string>): Map<string, LicenseProblem> {
  const problems = new Map<string, LicenseProblem>();
  for (const plans of exclusive) {
    const [one, other] = plans.filter((plan) => enabled.has(plan));
    if (one === undefined || other === undefined) continue;
    problems.set(`${one} ${other}`, {
      code: "plan_conflict",
      said: `the service plans ${one} (${enabled.get(one)}) and ${other} (${enabled.get(other)}) exclude each other. Switch one of them off.`,
    });
  }
  for (const [plan, needed] of Object.entries(dependencies) as [ServicePlanName, ServicePlanName[]][]) {
    if (!enabled.has(plan) || needed.some((one) => enabled.has(one))) continue;
    problems.set(plan, {
      code: "plan_dependency",
      said: `the service plan ${plan} (${enabled.get(plan)}) needs ${needed.join(" or ")}. Keep or add a license with it, or switch ${plan} off.`,
    });
  }
  return problems;
}
