import { expect, it } from "vitest";
import type { Product } from "../../../contract/customer.ts";
import { changedOptions, emptyOptions, formOptions } from "../../../ui/upload/form-options.ts";

const product: Product = {
  skuId: "05e9a617-0261-4cee-bb44-138d3ef5d965",
  skuPartNumber: "SPE_E3",
  name: "Microsoft 365 E3",
  total: 5,
  active: 5,
  warning: 0,
  suspended: 0,
  consumed: 0,
  available: 5,
  servicePlans: [],
  publisherAddress: null,
};

it("products that a batch names by GUID or by name are found by their part number", () => {
  const options = {
    skus: [product.skuId.toUpperCase(), "microsoft 365 e3", "X"],
    onExisting: "skip",
    onDeleted: "ask",
  };
  expect(formOptions({ options } as never, [product]).skus).toEqual(["SPE_E3", "SPE_E3", "X"]);
});

it("only what was changed is sent, and what was emptied is taken away", () => {
  const before = { ...emptyOptions, usageLocation: "SE", skus: ["SPE_E3"], upnPattern: "{g}{surname}" };
  expect(changedOptions(before, before)).toEqual({});
  const now = { ...before, usageLocation: "", skus: [], domain: "contoso.example", onExisting: "update" } as const;
  expect(changedOptions(before, { ...now, skus: [] })).toEqual({
    usageLocation: null,
    skus: null,
    domain: "contoso.example",
    onExisting: "update",
  });
});
