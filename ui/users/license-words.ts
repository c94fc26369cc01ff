import type { Product } from "../../contract/customer.ts";
import { type Holdings, licenseChange, type LicenseDraft, productLines } from "./license-changes.ts";
import { licenseTexts } from "./license-texts.ts";

const words = licenseTexts.manageLicenses;

/** What a draft changes, in one sentence for each product. */
export function licenseWords(products: Product[], holdings: Holdings, draft: LicenseDraft): string[] {
  const asked = licenseChange(products, holdings, draft);
  const named = new Set([...(asked?.add ?? []).map(({ sku }) => sku), ...(asked?.remove ?? [])]);
  return productLines(products, holdings, draft)
    .filter(({ sku }) => named.has(sku))
    .map(({ name, needed }) => {
      if (needed === 0) return words.changesPlans(name);
      return needed > 0 ? words.gives(name, needed) : words.takes(name, -needed);
    });
}
