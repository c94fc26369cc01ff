import type { FieldName } from "../../contract/fields.ts";
import { operations, type FileOperation } from "../../contract/operations.ts";
import type { Reading } from "../rows/row-input.ts";
import { templateFields } from "../templates/templates.ts";

const who: FieldName[] = ["userPrincipalName", "mailNickname", "domain", "objectId"];

/** What says the same as a field of a template in another way. */
const otherWays: Partial<Record<FieldName, FieldName>> = { signInBlocked: "accountEnabled" };

/** Fields of our own files and of Partner Center's that no operation reads, and what a file for many customers is divided by. */
const silent: FieldName[] = ["statusUpdate", "musterRow", "customer"];

/** A sentence about columns that are known and mean nothing to the operation, where there are any. */
export function unusedNotes({
  operation,
  header,
  columns,
}: Pick<Reading, "operation" | "header" | "columns">): string[] {
  const unused = header.filter((_, at) => isUnused(operation, columns[at] ?? null));
  if (unused.length === 0) return [];
  const names = unused.map((label) => `"${label.slice(0, 80)}"`).join(", ");
  return [`The operation ${operations[operation].slug} takes nothing from the columns ${names}.`];
}

function isUnused(operation: FileOperation, field: FieldName | null): boolean {
  if (field === null || silent.includes(field)) return false;
  return operation === "createUsers"
    ? field === "removeLicenses" || field === "newUserPrincipalName"
    : !who.includes(field) && !templateFields(operation).includes(otherWays[field] ?? field);
}
