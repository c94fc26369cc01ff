import type { RowPlan } from "../../../contract/batch.ts";
import type { CauseCode } from "../../../contract/codes.ts";
import type { FieldName } from "../../../contract/fields.ts";
import { rowText, slot } from "../../sql/row-text.ts";

/**
 * What the sentence about a refused row may name. A statement that plans rows gives each as SQL, in this order: the user,
 * the name that the row gives, the day on which the user was deleted or changed, the usage location, the earlier row, and
 * what was changed and by whom.
 */
const named = ["who", "name", "day", "location", "earlierRow", "what", "by"] as const;

type Named = Record<(typeof named)[number], string>;

/** What becomes of a row for one cause: how it is planned, under which code, at which field, and in which words. */
export type Refusal = {
  plan: Extract<RowPlan, "conflict" | "invalid">;
  code: CauseCode;
  field: FieldName;
  text: (of: Named) => string;
};

const slots = Object.fromEntries(named.map((name, at) => [name, slot(at + 2)])) as Named;

/** SQL for the table `refused (cause, plan, code, field, text)` of refusals, to join by the cause that SQL found. */
export function refusalsSql(refusals: Record<string, Refusal>): string {
  const rows = Object.entries(refusals).map(([cause, { plan, code, field, text }]) =>
    [cause, plan, code, field, rowText(text(slots))].map(quoted).join(", "),
  );
  return `(values ${rows.map((row) => `(${row})`).join(", ")}) refused (cause, plan, code, field, text)`;
}

/** SQL for the sentence about a row that is refused by the joined `refused`. What it does not name is left out of `of`. */
export function refusalTextSql(of: Partial<Named>): string {
  return `format(refused.text, row_no, ${named.map((name) => of[name] ?? "null").join(", ")})`;
}

/** SQL for a name between quotes, cut to what a sentence can hold. */
export function quotedNameSql(name: string): string {
  return `'"' || left(${name}, 80) || '"'`;
}

/** SQL for the day of a time, in UTC. */
export function daySql(time: string): string {
  return `to_char(${time} at time zone 'UTC', 'YYYY-MM-DD')`;
}

/** Where a row has a plan already, the new one takes its place. */
export const overwritePlanSql = `
on conflict (batch_id, row_no) do update set
  plan = excluded.plan, state = excluded.state, step = null, code = excluded.code, field = excluded.field,
  message = excluded.message, user_id = excluded.user_id, user_version = excluded.user_version`;

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
