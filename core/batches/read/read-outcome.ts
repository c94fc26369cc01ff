import type { RowPlan, RowState } from "../../../contract/batch.ts";
import type { Cause, CauseCode } from "../../../contract/codes.ts";
import type { User } from "../../../contract/user.ts";
import type { CoreContext } from "../../context.ts";
import { otherProblemsSql } from "./list-rows.ts";
import { userOwner } from "../../secrets/secrets.ts";
import { userFields, userView, type UserRecord } from "../../directory/users/read-users.ts";

/** How the one row of a single request ended, and the user that it was about. */
export type SingleOutcome = {
  plan: RowPlan;
  state: RowState;
  code: CauseCode | null;
  field: string | null;
  message: string | null;
  /** What else was wrong with its values. */
  otherProblems: Cause[];
  user: User | null;
  /** The temporary password that the batch made for the user, while it lasts. */
  temporaryPassword: string | null;
};

type OutcomeRecord = Omit<SingleOutcome, "user" | "state" | "temporaryPassword" | "otherProblems"> & {
  otherProblems: Cause[] | null;
  asked: boolean;
  rowState: RowState;
  sealed: Buffer | null;
} & UserRecord;

/**
 * Gives how a batch of one row ended; null where it awaits approval, undefined where it is still under way. One look: somebody
 * waits for it.
 */
export async function readOutcome(context: CoreContext, batchId: string): Promise<SingleOutcome | null | undefined> {
  const [record] = await context.db.sql<OutcomeRecord[]>`
    select batches.state = 'awaiting_approval' as asked, results.plan, results.state as "rowState", results.code, results.field, results.message,
      ${context.db.sql.unsafe(otherProblemsSql)} as "otherProblems", secret.sealed,
      ${userFields(context)}
    from row_results results join batches on batches.id = results.batch_id left join rows using (batch_id, row_no) left join users on users.id = results.user_id
    left join temporary_passwords secret on secret.user_id = results.user_id and secret.batch_id = results.batch_id
      and secret.expires_at > ${context.now()} and results.plan in ('create', 'reset')
    where results.batch_id = ${batchId} and results.row_no = 1
      and (results.state <> 'pending' or batches.state = 'awaiting_approval')`;
  if (record === undefined) return undefined;
  if (record.asked) return null;
  const { asked: _, plan, rowState, code, field, message, otherProblems, sealed, ...user } = record;
  const there = (user.id as string | null) !== null;
  return {
    plan,
    state: rowState,
    code,
    field,
    message,
    otherProblems: otherProblems ?? [],
    user: there ? userView(user) : null,
    temporaryPassword:
      there && sealed !== null ? context.secrets.open(sealed, userOwner(user.customerId, user.id)) : null,
  };
}
