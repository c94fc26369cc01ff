import { describe, expect, it } from "vitest";
import { emptyCustomer, isWholeCustomer, newCustomerBody } from "../../../ui/customers/new-customer-draft.ts";

const named = { ...emptyCustomer, name: " Fabrikam ", domains: "fabrikam.example, dk.fabrikam.example\n" };
const e3 = { skuId: "05e9a617-0261-4cee-bb44-138d3ef5d965", name: "Microsoft 365 E3" };

describe("the form for a new customer", () => {
  it("needs a name and a domain, and takes domains in any order of commas and lines", () => {
    expect(isWholeCustomer(emptyCustomer)).toBe(false);
    expect(isWholeCustomer({ ...named, domains: " , " })).toBe(false);
    expect(isWholeCustomer(named)).toBe(true);
    expect(newCustomerBody(named)).toEqual({
      name: "Fabrikam",
      domains: ["fabrikam.example", "dk.fabrikam.example"],
      products: [],
    });
  });

  it("leaves out a line that nobody filled, and does not take one that is half filled", () => {
    const empty = { key: 1, product: null, total: "" };
    expect(isWholeCustomer({ ...named, products: [empty] })).toBe(true);
    expect(isWholeCustomer({ ...named, products: [{ ...empty, total: "5" }] })).toBe(false);
    for (const total of ["", "-1", "1.5", "many"]) {
      expect(isWholeCustomer({ ...named, products: [{ key: 1, product: e3, total }] })).toBe(false);
    }
    const whole = { ...named, products: [empty, { key: 2, product: e3, total: "25" }] };
    expect(isWholeCustomer(whole)).toBe(true);
    expect(newCustomerBody(whole).products).toEqual([{ skuPartNumber: e3.skuId, total: 25 }]);
  });
});
