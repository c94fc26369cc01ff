import type { Batch } from "../../contract/batch.ts";
import type { Product } from "../../contract/customer.ts";
import type { FileOperation } from "../../contract/operations.ts";

/** The options of a batch as a form holds them; empty is as in the file. `skus` holds part numbers. */
export type FormOptions = {
  usageLocation: string;
  skus: string[];
  domain: string;
  upnPattern: string;
  onExisting: "skip" | "update";
  onDeleted: "ask" | "restore" | "create";
};

/** What a form holds before anything is chosen. */
export const emptyOptions: FormOptions = {
  usageLocation: "",
  skus: [],
  domain: "",
  upnPattern: "",
  onExisting: "skip",
  onDeleted: "ask",
};

/** The options of a batch for a form; a product that was named otherwise is found by its name or GUID. */
export function formOptions({ options }: Pick<Batch, "options">, products: Product[]): FormOptions {
  const partNumber = (sku: string) =>
    products.find(({ skuId, skuPartNumber, name }) =>
      [skuId, skuPartNumber, name].some((one) => one.toLowerCase() === sku.trim().toLowerCase()),
    )?.skuPartNumber ?? sku;
  return {
    usageLocation: options.usageLocation ?? "",
    skus: (options.skus ?? []).map(partNumber),
    domain: options.domain ?? "",
    upnPattern: options.upnPattern ?? "",
    onExisting: options.onExisting,
    onDeleted: options.onDeleted,
  };
}

type Changes = { [Key in keyof FormOptions]?: FormOptions[Key] | null };

/** What differs between two forms, as the api takes it: null takes an option away. */
export function changedOptions(before: FormOptions, now: FormOptions): Changes {
  const entries = Object.entries(now)
    .filter(([key, value]) => String(before[key as keyof FormOptions]) !== String(value))
    .map(([key, value]) => [key, value.length === 0 ? null : value] as const);
  return Object.fromEntries(entries) as Changes;
}

/**
 * The options of a form as an upload sends them; operations on users who exist take the domain only, and a file for many
 * customers what means the same at each of them.
 */
export function sentOptions(operation: FileOperation, { domain, skus, ...options }: FormOptions, ofMany: boolean) {
  if (ofMany) return operation === "createUsers" ? options : {};
  return operation === "createUsers" ? { ...options, domain, skus: skus.join(";") } : { domain };
}
