import type { Database } from "../../../db/open-database.ts";
import { brokenInvariants } from "../../support/broken-invariants.ts";

/** What became of the rows of a batch. */
export type Verdict = {
  /** Rows without an outcome, or without the user that they were to make. */
  lost: number;
  /** Users made once more than they were asked for, and records of that. */
  doubled: number;
  /** All else that is not as it must be. */
  wrong: string[];
};

/** Compares a finished batch of new users with the directory: `rows` users, of whom the first `seats` have a license. */
export async function judge(
  db: Database,
  { batchId, customerId, rows, seats }: { batchId: string; customerId: string; rows: number; seats: number },
): Promise<Verdict> {
  const [found] = await db.sql<{ made: number; doubled: number; licensed: number; consumed: number }[]>`
    select
      (select count(*)::int from row_results join users on users.id = user_id
        where batch_id = ${batchId} and state in ('succeeded', 'partial')) as made,
      (select count(*)::int from users where customer_id = ${customerId})
        - (select count(distinct lower(user_principal_name))::int from users where customer_id = ${customerId})
        + (select count(*) - count(distinct user_id) from audit
          where customer_id = ${customerId} and operation = 'create_customer_user')::int as doubled,
      (select count(*)::int from row_results where batch_id = ${batchId} and state = 'succeeded') as licensed,
      (select consumed from products where customer_id = ${customerId}) as consumed`;
  if (found === undefined) throw new Error("a statement of one row gave none");
  const { made, doubled, licensed, consumed } = found;
  const wrong = await brokenInvariants(db);
  if (licensed !== seats || consumed !== seats) wrong.push(`${licensed} rows got ${consumed} of ${seats} seats`);
  return { lost: rows - made, doubled, wrong };
}
