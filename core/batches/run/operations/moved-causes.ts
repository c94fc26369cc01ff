import { quoteValue, type Cause } from "../../../../contract/codes.ts";

export const gone = "was deleted after the plan was made. Retry to have it planned again.";
export const moved = "was changed by someone else after the plan was made. Retry to have it planned again.";
export const takenMeanwhile = "was given to another user after the plan was made. Choose another name.";

/** The cause of a row whose user or name is no longer what the plan found; `what` ends the sentence. */
export function nameCause(
  row: { rowNo: number; userPrincipalName: string | null },
  code: Cause["code"],
  what: string,
): Cause {
  const who = row.userPrincipalName === null ? "the user" : quoteValue(row.userPrincipalName);
  return { code, field: "userPrincipalName", message: `Row ${row.rowNo}: ${who} ${what}` };
}
