import { textFieldNames, type FieldName } from "../../contract/fields.ts";
import { operations, type Operation, type TargetOperation } from "../../contract/operations.ts";
import type { Reading } from "../rows/row-input.ts";

const who: FieldName[] = ["userPrincipalName", "mailNickname", "domain", "objectId"];

/** The fields that each operation reads beyond those that say which user a row is about. */
const readFields: Record<TargetOperation, FieldName[]> = {
  updateUsers: [...textFieldNames, "accountEnabled", "signInBlocked", "newUserPrincipalName"],
  changePermissions: ["permission"],
  changeLicenses: ["licenses", "removeLicenses"],
  resetPasswords: ["password"],
  deleteUsers: [],
  restoreUsers: ["newUserPrincipalName"],
  removeUsers: ["displayName"],
};

/** Fields of our own files and of Partner Center's that no operation reads. */
const silent: FieldName[] = ["statusUpdate", "musterRow"];

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

function isUnused(operation: Operation, field: FieldName | null): boolean {
  if (field === null || silent.includes(field)) return false;
  return operation === "createUsers"
    ? field === "removeLicenses" || field === "newUserPrincipalName"
    : !who.includes(field) && !readFields[operation].includes(field);
}
