import { expect, it } from "vitest";
import { outcomeReason } from "../../../ui/users/outcome-reason.ts";

const products = [
  { skuPartNumber: "SPE_E3", name: "Microsoft 365 E3" },
  { skuPartNumber: "SPE_E3_RPA1", name: "Microsoft 365 E3 - Unattended License ($&)" },
];

it("a reason names the product and not its part number, and no row", () => {
  expect(outcomeReason("Row 1,204: no seat of SPE_E3 is left.", products)).toBe("No seat of Microsoft 365 E3 is left.");
  expect(outcomeReason("Row 2: no seat of SPE_E3_RPA1 is left.", products)).toBe(
    "No seat of Microsoft 365 E3 - Unattended License ($&) is left.",
  );
  expect(outcomeReason(null, products)).toBeNull();
});
