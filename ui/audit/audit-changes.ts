import type { AuditRecord } from "../../contract/audit.ts";
import { gdapRoles, partnerRoles } from "../../contract/authority.ts";
import { formatTime } from "../kit/format.ts";
import { texts } from "../kit/texts.ts";
import { specialFields, textFields } from "../../contract/fields.ts";

/** One field that a record is about: what stood in it and what stands in it; null where that is not told. */
export type AuditChange = { field: string; before: string | null; after: string | null };

const moment = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)$/;
const guid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
const product = { label: "Product" };
const labels: Record<string, { label: string }> = {
  ...textFields,
  ...specialFields,
  skuId: product,
  skuPartNumber: product,
  added: { label: "Licenses added" },
  removed: { label: "Licenses removed" },
};
/** Fields whose values have labels of their own. */
const roleLabels: Record<string, Record<string, { label: string }>> = { role: gdapRoles, partnerRole: partnerRoles };

/** What of a record is told; products go by their names. */
type Told = Pick<AuditRecord, "before" | "after" | "productNames">;

/** The fields that a record is about; those that stayed as they were are left out where both sides are told. */
export function auditChanges({ before, after, productNames }: Told): AuditChange[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names
    .map((name) => ({
      name,
      before: word(name, before?.[name], productNames),
      after: word(name, after?.[name], productNames),
    }))
    .filter((change) => change.before !== change.after)
    .map(({ name, ...change }) => ({ field: fieldName(name), ...change }));
}

/** The changes that mean something to a reader: those of ids are left out. */
export function readableChanges(record: Told): AuditChange[] {
  return auditChanges(record).filter(({ before, after }) => !isId(before) || !isId(after));
}

function isId(value: string | null): boolean {
  return value === null || value.split(", ").every((one) => guid.test(one));
}

/** A field's label, or its name as words: `endsAt` is `Ends at`. */
function fieldName(name: string): string {
  const known = labels[name]?.label;
  if (known !== undefined) return known;
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function word(name: string, value: unknown, products: Record<string, string>): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "boolean") return value ? texts.common.yes : texts.common.no;
  if (typeof value === "string") {
    return roleLabels[name]?.[value]?.label ?? products[value] ?? (moment.test(value) ? formatTime(value) : value);
  }
  if (Array.isArray(value)) return value.map((one) => word(name, one, products) ?? "").join(", ");
  return JSON.stringify(value);
}
