import { expect, it } from "vitest";
import { customerTexts } from "../../../ui/customers/customer-texts.ts";
import { emptyProduct, productBody, productProblems } from "../../../ui/customers/new-product.ts";
import { seatProblems, seatsBody } from "../../../ui/customers/seats.ts";

const words = customerTexts.products;

it("a marketplace product needs a name, a part number and the whole address of its publisher", () => {
  const draft = { ...emptyProduct, from: "marketplace" as const, total: "5" };
  expect(productProblems(draft)).toEqual({
    name: words.nameMissing,
    part: words.partMissing,
    address: words.addressWrong,
  });
  const filled = { ...draft, name: " Widgets ", part: "WIDGETS", address: "https://widgets.example/licenses" };
  for (const address of ["widgets.example", "javascript:alert(1)", "https://"]) {
    expect(productProblems({ ...filled, address })).toEqual({ address: words.addressWrong });
  }
  expect(productProblems(filled)).toEqual({});
  expect(productBody(filled)).toEqual({
    skuPartNumber: "WIDGETS",
    total: 5,
    publisher: { name: "Widgets", address: "https://widgets.example/licenses" },
  });
});

it("what was typed for a marketplace product does not go out with one of the catalogue", () => {
  const product = { skuId: "05e9a617-0261-4cee-bb44-138d3ef5d965", name: "Microsoft 365 E3", skuPartNumber: "SPE_E3" };
  const draft = { ...emptyProduct, product, name: "Widgets", address: "nowhere", total: "5" };
  expect(productProblems(draft)).toEqual({});
  expect(productBody(draft)).toEqual({ skuPartNumber: product.skuId, total: 5 });
  expect(productProblems(emptyProduct)).toEqual({
    product: customerTexts.catalogField.missing,
    total: words.totalWrong,
  });
});

it("seats in warning are part of the total, and the total holds those in use", () => {
  expect(seatProblems({ total: "10", warning: "10", suspended: "99" }, 10)).toEqual({});
  expect(seatProblems({ total: "10", warning: "11", suspended: "0" }, 0)).toEqual({ warning: words.warningHigh(10) });
  expect(seatProblems({ total: "9", warning: "", suspended: "x" }, 10)).toEqual({
    total: words.totalLow(10),
    warning: words.totalWrong,
    suspended: words.totalWrong,
  });
});

it("seats in warning that the page does not know stay as they are", () => {
  expect(seatsBody({ total: "3", warning: undefined, suspended: undefined })).toEqual({ total: 3 });
  expect(seatsBody({ total: "3", warning: "1", suspended: "0" })).toEqual({ total: 3, warning: 1, suspended: 0 });
});
