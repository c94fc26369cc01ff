import type { RowStep } from "../../../../contract/batch.ts";
import { type Cause, quoteValue } from "../../../../contract/codes.ts";
import type { Outcome, Work } from "../../work-rows/outcome.ts";

type EndedRow = { rowNo: number; userId: string | null };

/** What became of the user or the name of a row after its plan was made. */
type Meanwhile = "gone" | "moved" | "taken";

const meanwhile: Record<Meanwhile, [code: Cause["code"], said: string]> = {
  gone: ["user_gone", "was deleted after the plan was made. Retry to have it planned again."],
  moved: ["changed_meanwhile", "was changed by someone else after the plan was made. Retry to have it planned again."],
  taken: ["upn_taken", "was given to another user after the plan was made. Choose another name."],
};

/** How a row ends whose user is in the wanted state already. */
export function unchanged(rowNo: number, userId: string | null): Outcome {
  return { rowNo, state: "unchanged", step: null, cause: null, userId };
}

/** How a row ends whose user or name is no longer what the plan found. */
export function endedMeanwhile(
  { userPrincipalName, ...row }: EndedRow & { userPrincipalName: string | null },
  step: RowStep,
  what: Meanwhile,
): Outcome {
  const [code, said] = meanwhile[what];
  const who = userPrincipalName === null ? "the user" : quoteValue(userPrincipalName);
  return failed(row, step, { code, field: "userPrincipalName", message: `Row ${row.rowNo}: ${who} ${said}` });
}

/** How the rows of `causes` end, which fail at `step`. */
export function failRows({ otherRows }: Work, step: RowStep | null, causes: ReadonlyMap<number, Cause>): Outcome[] {
  const userIds = new Map(otherRows.map((row) => [row.rowNo, row.userId]));
  return [...causes].map(([rowNo, cause]) => failed({ rowNo, userId: userIds.get(rowNo) ?? null }, step, cause));
}

function failed({ rowNo, userId }: EndedRow, step: RowStep | null, cause: Cause): Outcome {
  return { rowNo, state: "failed", step, cause, userId };
}
