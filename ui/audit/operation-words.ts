import type { AuditRecord } from "../../contract/audit.ts";
import { stepWords } from "../users/step-words.ts";
import { userTexts } from "../users/user-texts.ts";
import { auditTexts } from "./audit-texts.ts";

const known: Record<string, string> = { ...userTexts.activity.steps, ...auditTexts.auditActs };

/** The words for an operation of the audit, or its own name where nobody gave it any. */
export function operationWords(operation: string): string {
  return known[operation] ?? operation;
}

/** The words for what a record tells. */
export function recordWords(record: Pick<AuditRecord, "operation" | "after">): string {
  return stepWords(record) ?? operationWords(record.operation);
}

/** Every operation that has words, by them. */
export const knownOperations = Object.entries(known)
  .map(([value, label]) => ({ value, label }))
  .sort((one, other) => one.label.localeCompare(other.label));
