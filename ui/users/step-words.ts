import type { AuditRecord } from "../../contract/audit.ts";
import { userTexts } from "./user-texts.ts";

const words = userTexts.activity;

/** The words for what a record says was done to a user, undefined where nobody gave it any; who was made may have got more. */
export function stepWords({ operation, after }: Pick<AuditRecord, "operation" | "after">): string | undefined {
  const step = words.steps[operation];
  const more = Object.entries(words.more).flatMap(([field, what]) => (after?.[field] === undefined ? [] : [what]));
  return operation === "create_customer_user" && more.length > 0 ? words.createdWith(more) : step;
}
