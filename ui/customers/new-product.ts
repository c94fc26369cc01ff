import type { RouteInput } from "../../contract/client.ts";
import type { ProductChoice } from "./CatalogField.tsx";
import { customerTexts } from "./customer-texts.ts";
import { isSeats } from "./new-customer-draft.ts";

const words = customerTexts.products;

/** What stands in the form for one more product: one of the catalogue, or one whose publisher assigns its licenses. */
export type NewProductDraft = {
  from: "catalogue" | "marketplace";
  product: ProductChoice | null;
  name: string;
  part: string;
  address: string;
  total: string;
};

export const emptyProduct: NewProductDraft = {
  from: "catalogue",
  product: null,
  name: "",
  part: "",
  address: "",
  total: "",
};

/** What is wrong with the form, field by field. */
export function productProblems(draft: NewProductDraft): Partial<Record<keyof NewProductDraft, string>> {
  return {
    ...(isSeats(draft.total) ? {} : { total: words.totalWrong }),
    ...(draft.from === "catalogue" ? catalogueProblems(draft) : marketplaceProblems(draft)),
  };
}

function catalogueProblems({ product }: NewProductDraft) {
  return product === null ? { product: customerTexts.catalogField.missing } : {};
}

function marketplaceProblems({ name, part, address }: NewProductDraft) {
  return {
    ...(name.trim() === "" && { name: words.nameMissing }),
    ...(part.trim() === "" && { part: words.partMissing }),
    ...(!isWebAddress(address.trim()) && { address: words.addressWrong }),
  };
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\/./i.test(text) && URL.canParse(text);
}

/** The request for what stands in the form, once nothing is wrong with it. */
export function productBody(draft: NewProductDraft): RouteInput<"addProduct", never>["body"] {
  const { from, product, name, part, address } = draft;
  const total = Number(draft.total);
  return from === "catalogue"
    ? { skuPartNumber: product?.skuId ?? "", total }
    : { skuPartNumber: part.trim(), total, publisher: { name: name.trim(), address: address.trim() } };
}
