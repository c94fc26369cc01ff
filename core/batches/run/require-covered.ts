import { Problem } from "../../../contract/problem.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { overLimits } from "../plan/brake-of.ts";
import { readBraked } from "../plan/read-braked.ts";

/**
 * Goes on only where the rows that a retry has planned anew stay within the limits, or hit no more users than a second agent
 * has approved. Rows can be changed once they have failed, so that a plan of one user becomes one of many.
 * @throws Problem approval_needed
 */
export async function requireCovered(tx: Tx, batchId: string): Promise<void> {
  const braked = await readBraked(tx, batchId);
  const over = overLimits(braked);
  if (over === null) return;
  const { hits, approval } = braked;
  const approved = approval?.decision?.approved === true ? approval.hits : { users: 0, admins: 0 };
  if (hits.users <= approved.users && hits.admins <= approved.admins) return;
  throw new Problem(
    "approval_needed",
    `${over} A retry cannot ask for it: send these rows as a new file, or retry fewer of them at a time.`,
    { batchId },
  );
}
