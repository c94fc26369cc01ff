import { expect, it } from "vitest";
import { productWords } from "../../../ui/batches/product-words.ts";

const products = [
  { skuId: "05e9a617-0261-4cee-bb44-138d3ef5d965", skuPartNumber: "SPE_E3", name: "Microsoft 365 E3 ($&)" },
  { skuId: "078d2b04-f1bd-4111-bbd4-b4b1b354cef4", skuPartNumber: "AAD_PREMIUM", name: "Entra ID P1" },
];

it("a cell of licenses names products, however they are called there, and keeps what it does not know", () => {
  expect(productWords("spe_e3; 078D2B04-f1bd-4111-bbd4-b4b1b354cef4;SPE_E3_RPA1", products)).toBe(
    "Microsoft 365 E3 ($&); Entra ID P1;SPE_E3_RPA1",
  );
  expect([productWords("", products), productWords("Visio Plan 2", products)]).toEqual(["", "Visio Plan 2"]);
});
