import type { RowPlan } from "../../../contract/batch.ts";
import type { Hits } from "../../../contract/brakes.ts";
import type { Operation } from "../../../contract/operations.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import { openRoles } from "../../access/authority/rules.ts";
import { batchInputsSql, inputColumns } from "../work-rows/input-columns.ts";
import { sameRolesSql } from "../work-rows/matches-sql.ts";

type Batch = { id: string; customerId: string; operation: Operation };

/** Which rows of an operation hit their users: SQL over the row `input` and the user `users`; null where all of `plans` do. */
type Hitting = {
  plans: readonly RowPlan[];
  hit: SqlText | null;
  /** Rows that count where the user holds an admin role, and otherwise not, beside those that hit. */
  touch?: SqlText;
};

const input = inputColumns("input");

const blocks = sql`(${input.accountEnabled} = false and users.account_enabled)`;
const takes = sql`exists (
  select from license_assignments held where held.user_id = users.id and held.sku_id = any(${input.removedSkuIds}))`;

const hitting: Partial<Record<Operation, Hitting>> = {
  createUsers: { plans: ["update"], hit: blocks, touch: sql`not ${sameRolesSql("input", "users")}` },
  updateUsers: { plans: ["update"], hit: blocks },
  changePermissions: { plans: ["update"], hit: sql`false`, touch: sql`true` },
  changeLicenses: { plans: ["update"], hit: takes },
  resetPasswords: { plans: ["reset"], hit: null },
  deleteUsers: { plans: ["delete"], hit: null },
  removeUsers: { plans: ["remove"], hit: null },
  undoBatch: {
    plans: ["update", "delete"],
    hit: sql`(results.plan = 'delete' or ${blocks} or ${takes})`,
    touch: sql`not ${sameRolesSql("input", "users")}`,
  },
};

export const noHits: Hits = { users: 0, admins: 0, of: null };

/**
 * Counts the users whom the pending rows of a batch hit, or those of its rows in `rowNos`. `plan` is what the rows are planned
 * as; where none is planned so that it can hit a user, nothing is asked.
 */
export async function countHits(
  tx: Tx,
  batch: Batch,
  plan: Readonly<Record<RowPlan, number>>,
  rowNos?: readonly number[],
): Promise<Pick<Hits, "users" | "admins">> {
  const way = hitting[batch.operation];
  if (way === undefined || way.plans.every((one) => plan[one] === 0)) return noHits;
  const [counted] = await tx.rows<Pick<Hits, "users" | "admins">>(countSql(batch, way, rowNos));
  return counted ?? noHits;
}

/** Gives the hits with the number of the customer's users, which is counted where more than one user is hit. */
export async function withUsers(
  tx: Tx,
  { customerId, operation }: Batch,
  { users, admins }: Pick<Hits, "users" | "admins">,
): Promise<Hits> {
  if (users < 2) return { users, admins, of: null };
  const those = operation === "removeUsers" ? sql`deleted_at is not null` : sql`deleted_at is null`;
  const [counted] = await tx.rows<{ of: number }>(
    sql`select count(*)::int as of from users where customer_id = ${customerId} and ${those}`,
  );
  return { users, admins, of: counted?.of ?? 0 };
}

function countSql(batch: Batch, { plans, hit, touch }: Hitting, rowNos: readonly number[] | undefined): SqlText {
  const looked =
    hit === null
      ? sql``
      : sql`join ${batchInputsSql(batch.id)} input using (row_no) join users on users.id = results.user_id`;
  return sql`
select count(*) filter (where hit)::int as users, count(*) filter (where guarded and (hit or touch))::int as admins
from (
  select ${hit ?? sql`true`} as hit, ${touch ?? sql`false`} as touch, results.user_id in (
    select user_id from role_assignments where role <> all(${openRoles}::text[])) as guarded
  from row_results results ${looked}
  where results.batch_id = ${batch.id} and results.state = 'pending' and results.plan = any(${plans})
    ${rowNos === undefined ? sql`` : sql`and results.row_no = any(${rowNos}::int[])`}
) counted`;
}
