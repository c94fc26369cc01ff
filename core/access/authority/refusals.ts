import { customerActs } from "../../../contract/customer-acts.ts";
import type { Authority } from "./authority.ts";
import { may } from "./may.ts";
import { openRoles } from "./rules.ts";
import { rowText, verbatim } from "../../sql/row-text.ts";

/** A role that guards its holder, whatever it is. */
export const guarding = { roles: ["(any role that is not open)"] };

/**
 * What `authority` refuses, as arrays for a statement: acts, whether on guarded targets, and the message for each, to be
 * given by `format(text, row_no)`. The roles that guard nobody come last.
 */
export function refusals(authority: Authority): [acts: string[], guarded: boolean[], texts: string[], open: string[]] {
  const refused = customerActs.flatMap((act) =>
    [false, true].flatMap((guarded) => {
      const answer = may(authority, act, guarded ? guarding : undefined);
      if (answer.allowed) return [];
      const because = guarded && may(authority, act).allowed ? ", because the user holds an admin role" : "";
      return [{ act, guarded, text: rowText(verbatim(`this needs ${answer.missing}${because}.`)) }];
    }),
  );
  return [
    refused.map(({ act }) => act),
    refused.map(({ guarded }) => guarded),
    refused.map(({ text }) => text),
    [...openRoles],
  ];
}
