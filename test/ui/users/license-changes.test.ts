import { array, assert, boolean, constantFrom, integer, nat, option, property, record, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import type { Product } from "../../../contract/customer.ts";
import type { SelectionSummary } from "../../../contract/selection-summary.ts";
import {
  licenseChange,
  noLicenseChanges,
  plansToggled,
  type LicenseLine,
  productLines,
  productToggled,
} from "../../../ui/users/license-changes.ts";

const plans = ["exchange", "teams", "sharepoint"];

function product(skuId: string, available: number, name = `Product ${skuId}`): Product {
  return {
    skuId,
    skuPartNumber: `PART_${skuId}`,
    name,
    total: 100,
    active: 100,
    warning: 0,
    suspended: 0,
    consumed: 100 - available,
    available,
    servicePlans: plans.map((plan) => ({ servicePlanId: plan, name: plan.toUpperCase(), label: plan })),
    publisherAddress: null,
  };
}

function summary(
  users: number,
  held: Record<string, { users: number; off?: Record<string, number> }>,
): SelectionSummary {
  return {
    users,
    active: users,
    deleted: 0,
    blocked: 0,
    withoutLocation: 0,
    unlicensed: 0,
    namesTaken: 0,
    permissions: [],
    products: Object.entries(held).map(([skuId, { users: having, off = {} }]) => ({
      skuId,
      skuPartNumber: `PART_${skuId}`,
      name: `Product ${skuId}`,
      users: having,
      total: 100,
      available: 0,
      plansOff: Object.entries(off).map(([plan, amount]) => ({ plan, users: amount })),
    })),
  };
}

const two = [product("a", 5), product("b", 50)];
const ten = summary(10, { a: { users: 3 }, b: { users: 10, off: { teams: 4, sharepoint: 10 } } });
const at = (lines: LicenseLine[], place: number): LicenseLine => lines[place] as LicenseLine;

describe("the changes of licenses that a panel asks for", () => {
  it("a product says whether all, some or none of the users have it, and its plans likewise", () => {
    const [some, all] = productLines(two, ten, noLicenseChanges);
    expect(some).toMatchObject({ share: "some", users: 3, needed: 0, short: 0 });
    expect(all?.share).toBe("all");
    expect(all?.plans.map(({ on }) => on)).toEqual(["all", "some", "none"]);
  });

  it("a product that some have becomes all, none, and what it was again, and the seats follow", () => {
    const first = productToggled(noLicenseChanges, at(productLines(two, ten, noLicenseChanges), 0), 10);
    expect(at(productLines(two, ten, first), 0)).toMatchObject({ share: "all", needed: 7, short: 2 });
    expect(licenseChange(two, ten, first)).toEqual({ add: [{ sku: "Product a" }] });
    const second = productToggled(first, at(productLines(two, ten, first), 0), 10);
    expect(at(productLines(two, ten, second), 0)).toMatchObject({ share: "none", needed: -3 });
    expect(licenseChange(two, ten, second)).toEqual({ remove: ["Product a"] });
    expect(productToggled(second, at(productLines(two, ten, second), 0), 10)).toEqual(noLicenseChanges);
  });

  it("a swap is one request that adds one product and takes the other", () => {
    const given = productToggled(noLicenseChanges, at(productLines(two, ten, noLicenseChanges), 0), 10);
    const swap = productToggled(given, at(productLines(two, ten, given), 1), 10);
    expect(licenseChange(two, ten, swap)).toEqual({ add: [{ sku: "Product a" }], remove: ["Product b"] });
  });

  it("one plan touched says all plans of the product, and those that only some have on become on", () => {
    const line = at(productLines(two, ten, noLicenseChanges), 1);
    const draft = plansToggled(noLicenseChanges, line, ["exchange"], false);
    expect(at(productLines(two, ten, draft), 1)).toMatchObject({ plansEven: true, needed: 0 });
    expect(licenseChange(two, ten, draft)).toEqual({
      add: [{ sku: "Product b", disabledPlans: ["EXCHANGE", "SHAREPOINT"] }],
    });
  });

  it("a plan switched off and on again asks for nothing, and one of a product taken away is forgotten", () => {
    const even = summary(10, { b: { users: 10, off: { sharepoint: 10 } } });
    const line = at(productLines(two, even, noLicenseChanges), 1);
    const off = plansToggled(noLicenseChanges, line, ["teams"], false);
    expect(licenseChange(two, even, off)).not.toBeNull();
    const on = plansToggled(off, at(productLines(two, even, off), 1), ["teams"], true);
    expect(licenseChange(two, even, on)).toBeNull();
    const taken = productToggled(off, at(productLines(two, even, off), 1), 10);
    expect(licenseChange(two, even, taken)).toEqual({ remove: ["Product b"] });
  });

  it("two products of one name are asked for by their ids", () => {
    const twins = [product("a", 50, "Twin"), product("b", 50, "twin")];
    const none = summary(2, {});
    const draft = productToggled(noLicenseChanges, at(productLines(twins, none, noLicenseChanges), 1), 2);
    expect(licenseChange(twins, none, draft)).toEqual({ add: [{ sku: "b" }] });
  });

  it("whatever is clicked, what a request adds and takes is what its boxes show, and needs the seats that they say", () => {
    const clicks = array(
      record({
        product: nat(1),
        plan: option(constantFrom(...plans)),
        on: boolean(),
      }),
      { maxLength: 8 },
    );
    const held = tuple(integer({ min: 0, max: 10 }), integer({ min: 0, max: 10 }));
    assert(
      property(clicks, held, (made, [a, b]) => {
        const before = summary(10, { a: { users: a, off: { teams: Math.min(a, 2) } }, b: { users: b } });
        let draft = noLicenseChanges;
        for (const { product: place, plan, on } of made) {
          const line = at(productLines(two, before, draft), place);
          if (plan === null) draft = productToggled(draft, line, 10);
          else if (line.share === "all") draft = plansToggled(draft, line, [plan], on);
        }
        const change = licenseChange(two, before, draft);
        const lines = productLines(two, before, draft);
        const gone = lines.filter(({ share, users }) => share === "none" && users > 0);
        expect(change?.remove ?? []).toEqual(gone.map(({ sku }) => sku));
        const all = lines.filter(({ share }) => share === "all");
        const fresh = all.filter(({ users }) => users < 10).map(({ sku }) => sku);
        const added = new Map(change?.add?.map(({ sku, disabledPlans }) => [sku, disabledPlans]));
        expect(all.map(({ sku }) => sku)).toEqual(expect.arrayContaining([...added.keys()]));
        expect([...added.keys()]).toEqual(expect.arrayContaining(fresh));
        for (const { sku, plans: shown } of all.filter((line) => added.get(line.sku) !== undefined)) {
          expect(added.get(sku)).toEqual(shown.filter(({ on }) => on === "none").map(({ id }) => id.toUpperCase()));
        }
      }),
    );
  });
});
