import type { Database } from "../../../db/open-database.ts";
import { brokenInvariants } from "../../support/broken-invariants.ts";
import type { Started } from "./work.ts";

/** What became of the rows of some batches. */
export type Verdict = {
  /** Rows without an outcome, or without a user of their own who was made or deleted as they were to be. */
  lost: number;
  /** Users who belong to no row, and records beyond the first of what became of a user. */
  doubled: number;
  /** All else that is not as it must be. */
  wrong: string[];
};

type Found = {
  /** Users whom the rows that ended well name, those of them who are as they must be, and all that there are. */
  named: number;
  right: number;
  users: number;
  /** Records that a user was made or deleted, and the users whom they are about. */
  records: number;
  recorded: number;
  /** Rows that got all they asked for. */
  succeeded: number;
  /** Records of licenses that were given, and seats that are taken. */
  given: number;
  consumed: number;
};

/** Compares finished batches, each at a customer of its own, with the directory. */
export async function judge(db: Database, batches: readonly Started[]): Promise<Verdict> {
  const verdict: Verdict = { lost: 0, doubled: 0, wrong: await brokenInvariants(db) };
  for (const batch of batches) {
    const { rows, seats } = batch;
    const found = await look(db, batch);
    verdict.lost += rows - found.right;
    verdict.doubled += found.users - found.named + found.records - found.recorded;
    // Whoever is deleted gives the seat back.
    const [succeeded, consumed] = batch.operation === "create-users" ? [seats, seats] : [rows, 0];
    const counts: [keyof Found, number][] = [
      ["recorded", rows],
      ["succeeded", succeeded],
      ["given", seats],
      ["consumed", consumed],
    ];
    for (const [what, due] of counts) {
      if (found[what] !== due) verdict.wrong.push(`${batch.operation}: ${what} is ${found[what]} of ${due}`);
    }
  }
  return verdict;
}

async function look(db: Database, { batchId, customerId, operation }: Started): Promise<Found> {
  const deletes = operation === "delete-users";
  const step = deletes ? "delete_customer_user" : "create_customer_user";
  const [found] = await db.sql<Found[]>`
    with named as (
      select distinct users.id, deleted_at from row_results join users on users.id = user_id
      where batch_id = ${batchId} and state in ('succeeded', 'partial') and customer_id = ${customerId}
    ), records as (
      select user_id, operation, after from audit where customer_id = ${customerId} and user_id is not null
    )
    select
      (select count(*)::int from named) as named,
      (select count(*)::int from named where (deleted_at is not null) = ${deletes}) as "right",
      (select count(*)::int from users where customer_id = ${customerId}) as users,
      (select count(*)::int from records where operation = ${step}) as records,
      (select count(distinct user_id)::int from records where operation = ${step}) as recorded,
      (select count(*)::int from row_results where batch_id = ${batchId} and state = 'succeeded') as succeeded,
      (select count(*)::int from records
        where operation = 'update_customer_user_licenses' or after -> 'added' is not null) as given,
      (select consumed from products where customer_id = ${customerId}) as consumed`;
  if (found === undefined) throw new Error("a statement of one row gave none");
  return found;
}
