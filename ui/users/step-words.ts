import type { AuditRecord } from "../../contract/audit.ts";
import { userTexts } from "./user-texts.ts";

const words = userTexts.activity;
const steps: Readonly<Record<string, string>> = words.steps;

/** Steps whose record names what else came along. */
const wholeSteps = ["create_customer_user", "restore_customer_user"];

/** The words for what a record says was done to a user, undefined where nobody gave it any; who was made or restored may have got more. */
export function stepWords({ operation, after }: Pick<AuditRecord, "operation" | "after">): string | undefined {
  const step = steps[operation];
  const more = Object.entries(words.more).flatMap(([field, what]) => (after?.[field] === undefined ? [] : [what]));
  return step !== undefined && wholeSteps.includes(operation) && more.length > 0 ? words.stepWith(step, more) : step;
}
