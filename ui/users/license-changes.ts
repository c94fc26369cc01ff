import type { Product } from "../../contract/customer.ts";
import type { SelectionSummary } from "../../contract/selection-summary.ts";
import type { User } from "../../contract/user.ts";
import { toggled } from "../kit/toggled.ts";

/** What an agent has changed in a list of licenses, by skuId; what is left as it is stands in neither part. */
export type LicenseDraft = {
  /** true: all selected users are to have the product; false: none of them. */
  products: Record<string, boolean>;
  /** The service plans that are to be off for all, by their ids. */
  plansOff: Record<string, string[]>;
};

/** How many of the users have something: all, some or none of them. */
export type Share = "all" | "some" | "none";

/** How a box shows who has something. */
export function checkedBy(share: Share): boolean | "mixed" {
  return share === "some" ? "mixed" : share === "all";
}

/** A service plan of a product and which of the users who will have the product will have it on. */
export type PlanLine = { id: string; label: string; on: Share };

/** A product, who has it, and what the changes of a draft need of its seats. */
export type LicenseLine = {
  skuId: string;
  name: string;
  /** The product as a request names it. */
  sku: string;
  /** How many of the users have it now. */
  users: number;
  available: number;
  /** Who will have it. */
  share: Share;
  /** Seats that the change takes; below 0, those that it frees. */
  needed: number;
  /** Seats that are missing for it. */
  short: number;
  plans: PlanLine[];
  /** Whether the plans become the same for all, and were not before. */
  plansEven: boolean;
  /** Where the publisher assigns it; null where it is assigned here. */
  publisherAddress: string | null;
};

/** How many users are looked at, and of each product who has it and who has which service plans off. */
export type Holdings = {
  users: number;
  products: Pick<SelectionSummary["products"][number], "skuId" | "users" | "plansOff">[];
};

/** What one user holds. */
export function holdingsOf({ licenses }: Pick<User, "licenses">): Holdings {
  return {
    users: 1,
    products: licenses.map(({ skuId, disabledPlans }) => ({
      skuId,
      users: 1,
      plansOff: disabledPlans.map((plan) => ({ plan, users: 1 })),
    })),
  };
}

/** A draft that changes nothing. */
export const noLicenseChanges: LicenseDraft = { products: {}, plansOff: {} };

/** The customer's products as a list of licenses shows them, with the changes of the draft. */
export function productLines(products: Product[], holdings: Holdings, draft: LicenseDraft): LicenseLine[] {
  const held = new Map(holdings.products.map((product) => [product.skuId, product]));
  const names = products.flatMap(({ name, skuPartNumber }) => [name.toLowerCase(), skuPartNumber.toLowerCase()]);
  return products.map((product) => {
    const { skuId, name, available, publisherAddress } = product;
    const { users = 0, plansOff = [] } = held.get(skuId) ?? {};
    const wanted = draft.products[skuId];
    const share = wanted === undefined ? shareOf(users, holdings.users) : wanted ? "all" : "none";
    const needed = wanted === undefined ? 0 : wanted ? holdings.users - users : -users;
    const off = new Map(plansOff.map((plan) => [plan.plan, plan.users]));
    const fresh = Math.max(0, needed);
    const now = product.servicePlans.map(({ servicePlanId, label }) => ({
      id: servicePlanId,
      label,
      on: shareOf(users + fresh - (off.get(servicePlanId) ?? 0), users + fresh),
    }));
    const chosen = draft.plansOff[skuId];
    return {
      skuId,
      name,
      sku: names.filter((other) => other === name.toLowerCase()).length === 1 ? name : skuId,
      users,
      available,
      share,
      needed,
      short: Math.max(0, needed - available),
      plans:
        chosen === undefined ? now : now.map((plan) => ({ ...plan, on: chosen.includes(plan.id) ? "none" : "all" })),
      plansEven: chosen !== undefined && now.some(({ on }) => on === "some"),
      publisherAddress,
    };
  });
}

function shareOf(users: number, of: number): Share {
  if (users === 0) return "none";
  return users === of ? "all" : "some";
}

/** The draft after a click on the box of a product: all, none, and, where only some have it, as it was. */
export function productToggled(draft: LicenseDraft, { skuId, users }: LicenseLine, selected: number): LicenseDraft {
  const now = draft.products[skuId];
  const before = shareOf(users, selected);
  const next = now === undefined ? before !== "all" : now && before === "some" ? false : undefined;
  const { [skuId]: _wanted, ...products } = draft.products;
  const { [skuId]: _off, ...plansOff } = draft.plansOff;
  return { products: next === undefined ? products : { ...products, [skuId]: next }, plansOff };
}

/**
 * The draft after clicks on the boxes of these service plans. Once one is touched, all plans of the product are said for
 * all users, because a request names all that are off: a plan that only some have on becomes on.
 */
export function plansToggled(draft: LicenseDraft, line: LicenseLine, plans: string[], on: boolean): LicenseDraft {
  const off = line.plans.filter((plan) => plan.on === "none").map(({ id }) => id);
  const next = plans.reduce((some, plan) => toggled(some, plan, !on), off);
  return { ...draft, plansOff: { ...draft.plansOff, [line.skuId]: next } };
}

/** The draft as a request asks for it, or null where it changes nothing: all in one step for each user. */
export function licenseChange(
  products: Product[],
  holdings: Holdings,
  draft: LicenseDraft,
): { add?: { sku: string; disabledPlans?: string[] }[]; remove?: string[] } | null {
  const before = new Map(productLines(products, holdings, noLicenseChanges).map((line) => [line.skuId, line]));
  const lines = productLines(products, holdings, draft);
  const add = lines.flatMap((line) => {
    const plansMoved = line.plans.some((plan, at) => plan.on !== before.get(line.skuId)?.plans[at]?.on);
    const offMoved = draft.plansOff[line.skuId] !== undefined && (plansMoved || line.plansEven);
    if (line.share !== "all" || (line.needed === 0 && !offMoved)) return [];
    if (draft.plansOff[line.skuId] === undefined) return [{ sku: line.sku }];
    const names = new Map(
      products.find(({ skuId }) => skuId === line.skuId)?.servicePlans.map((plan) => [plan.servicePlanId, plan.name]),
    );
    const disabledPlans = line.plans.filter(({ on }) => on === "none").map(({ id }) => names.get(id) ?? id);
    return [{ sku: line.sku, disabledPlans }];
  });
  const remove = lines.filter(({ share, needed }) => share === "none" && needed < 0).map(({ sku }) => sku);
  if (add.length === 0 && remove.length === 0) return null;
  return { ...(add.length > 0 && { add }), ...(remove.length > 0 && { remove }) };
}
