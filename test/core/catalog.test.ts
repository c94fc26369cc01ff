import { expect, test } from "vitest";
import { catalog, findProduct } from "../../licensing/products.ts";
import { servicePlans } from "../../licensing/service-plans.ts";

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function repeated(values: string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

test("every product and service plan has a lower-case GUID, a name and a label", () => {
  for (const { skuId, skuPartNumber, name, servicePlans: plans } of catalog) {
    expect(skuId).toMatch(guid);
    expect(skuPartNumber).toMatch(/^[A-Za-z0-9_]+$/);
    expect(name).toBe(name.trim());
    expect(plans.length).toBeGreaterThan(0);
    for (const plan of plans) {
      expect(plan.servicePlanId).toMatch(guid);
      expect(plan.name).toMatch(/^[A-Za-z0-9_]+$/);
      expect(plan.label).not.toBe("");
    }
  }
});

test("no two products can be meant by the same part number, name or GUID", () => {
  expect(repeated(catalog.map(({ skuId }) => skuId))).toEqual([]);
  expect(
    repeated(catalog.flatMap(({ skuPartNumber, name }) => [skuPartNumber.toLowerCase(), name.toLowerCase()])),
  ).toEqual([]);
});

test("a service plan name stands for one GUID, and a product lists it once", () => {
  expect(repeated(Object.values(servicePlans).map(([servicePlanId]) => servicePlanId))).toEqual([]);
  for (const product of catalog) expect(repeated(product.servicePlans.map(({ name }) => name))).toEqual([]);
});

test("every known service plan is part of some product", () => {
  const used = new Set(catalog.flatMap((product) => product.servicePlans.map(({ name }) => name)));
  expect(Object.keys(servicePlans).filter((name) => !used.has(name))).toEqual([]);
});

test("a product is found by part number, name or GUID, in any case", () => {
  const e3 = findProduct("SPE_E3");
  expect(e3?.name).toBe("Microsoft 365 E3");
  expect(findProduct(" spe_e3 ")).toBe(e3);
  expect(findProduct("microsoft 365 e3")).toBe(e3);
  expect(findProduct("05E9A617-0261-4CEE-BB44-138D3EF5D965")).toBe(e3);
  expect(e3?.servicePlans).toContainEqual({
    servicePlanId: "efb87545-963c-4e0d-99df-69c6916d9eb0",
    name: "EXCHANGE_S_ENTERPRISE",
    label: "Exchange Online (Plan 2)",
  });
});

test("an unknown product is not found", () => {
  expect(findProduct("SPE_E33")).toBeUndefined();
  expect(findProduct("")).toBeUndefined();
});
