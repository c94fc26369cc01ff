import type { Operation } from "./operations.ts";

/** Programs whose templates Muster gives beside its own, each with the operations that it has one for. */
export const templateVendors = {
  "partner-center": { label: "Partner Center", operations: ["createUsers"] },
  "microsoft-365": { label: "Microsoft 365", operations: ["createUsers"] },
  "entra-id": { label: "Entra ID", operations: ["createUsers", "deleteUsers", "restoreUsers"] },
  "google-workspace": { label: "Google Workspace", operations: ["createUsers"] },
  cipp: { label: "CIPP", operations: ["createUsers"] },
} as const satisfies Record<string, { label: string; operations: readonly Operation[] }>;

export type TemplateVendor = keyof typeof templateVendors;

export const templateVendorNames = Object.keys(templateVendors) as [TemplateVendor, ...TemplateVendor[]];

/** The programs that have a template for `operation`. */
export function vendorsOf(operation: Operation): TemplateVendor[] {
  return templateVendorNames.filter((vendor) =>
    (templateVendors[vendor].operations as readonly Operation[]).includes(operation),
  );
}
