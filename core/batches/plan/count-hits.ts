import type { RowPlan } from "../../../contract/batch.ts";
import type { Hits } from "../../../contract/brakes.ts";
import type { Operation } from "../../../contract/operations.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import { openRoles } from "../../access/authority/rules.ts";
import { batchInputsSql, inputColumns } from "../work-rows/input-columns.ts";

type Batch = { id: string; customerId: string; operation: Operation };

/** Which rows of an operation hit their users. */
type Hitting = {
  plans: readonly RowPlan[];
  /** SQL over the `results` of a row, and over its `input` where `reads`. */
  hit: SqlText;
  /** What the rows ask for counts, and not their plans alone. */
  reads?: true;
  /** Whether its other rows count, too, where the user holds an admin role. */
  touch?: true;
  /** Whether its rows may give admin roles; such a row counts whoever the user is. */
  gives?: true;
};

const input = inputColumns("input");

const blocks = sql`(${input.accountEnabled} = false and exists (
  select from users where users.id = results.user_id and users.account_enabled))`;
const takes = sql`(${input.removedSkuIds} <> '{}' and exists (
  select from license_assignments held where held.user_id = results.user_id and held.sku_id = any(${input.removedSkuIds})))`;

const closed = sql`(${input.roles} <> '{}' and not ${input.roles} <@ ${openRoles}::text[])`;

const creating: Hitting = {
  plans: ["create", "update", "restore"],
  hit: sql`(results.plan = 'update' and ${blocks})`,
  reads: true,
  touch: true,
  gives: true,
};

const hitting: Partial<Record<Operation, Hitting>> = {
  createUsers: creating,
  updateUsers: { plans: ["update"], hit: blocks, reads: true, touch: true },
  changePermissions: { plans: ["update"], hit: sql`false`, reads: true, touch: true, gives: true },
  changeLicenses: { plans: ["update"], hit: takes, reads: true, touch: true },
  resetPasswords: { plans: ["reset"], hit: sql`true` },
  deleteUsers: { plans: ["delete"], hit: sql`true` },
  restoreUsers: { plans: ["restore"], hit: sql`false`, touch: true },
  removeUsers: { plans: ["remove"], hit: sql`true` },
  undoBatch: {
    plans: ["update", "delete", "restore"],
    hit: sql`(results.plan = 'delete' or ${blocks} or ${takes})`,
    reads: true,
    touch: true,
    gives: true,
  },
};

/** An undo that only deletes and restores. */
const turning: Hitting = { plans: ["delete", "restore"], hit: sql`results.plan = 'delete'`, touch: true };

export const noHits: Hits = { users: 0, admins: 0, of: null };

/** How many rows are planned in each way; null where that is not known yet. */
type Planned = Readonly<Record<RowPlan, number>> | null;

/**
 * Counts the users whom the pending rows of a batch hit, or those of its rows in `rowNos`. Where none is planned so that it can
 * hit a user, nothing is asked.
 */
export async function countHits(
  tx: Tx,
  batch: Batch,
  plan: Planned,
  rowNos?: readonly number[],
): Promise<Pick<Hits, "users" | "admins">> {
  const way = batch.operation === "undoBatch" && plan?.update === 0 ? turning : hitting[batch.operation];
  if (way === undefined || way.plans.every((one) => plan?.[one] === 0)) return noHits;
  const [counted] = await tx.rows<Pick<Hits, "users" | "admins">>(countSql(batch, way, plan, rowNos));
  return counted ?? noHits;
}

/** SQL for what the pending rows of a batch that creates users hit: a line of `users` and `admins`. */
export function createHitsSql(batch: Batch): SqlText {
  return countSql(batch, creating, null, undefined);
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

/**
 * SQL for the condition that leaves out rows that cannot count: of new users only those do who get an admin role. Most files give
 * none, which the inputs alone tell in half the time that a join with their results takes.
 */
function worthSql(batchId: string, plans: readonly RowPlan[], plan: Planned): SqlText {
  if (!plans.includes("create") || plan?.create === 0) return sql``;
  if (plan === null || plans.some((one) => one !== "create" && plan[one] > 0)) {
    return sql`and (results.plan <> 'create' or ${closed})`;
  }
  return sql`and ${closed} and exists (select from ${batchInputsSql(batchId)} input where ${closed})`;
}

function countSql(
  batch: Batch,
  { plans, hit, reads, touch, gives }: Hitting,
  plan: Planned,
  rowNos: readonly number[] | undefined,
): SqlText {
  const inputs = reads === true ? sql`join ${batchInputsSql(batch.id)} input using (row_no)` : sql``;
  return sql`
select count(*) filter (where hit)::int as users,
  count(*) filter (where given or guarded and (hit or ${touch ?? false}))::int as admins
from (
  select ${hit} as hit, ${gives === true ? closed : sql`false`} as given, results.user_id in (
    select user_id from role_assignments where role <> all(${openRoles}::text[])) as guarded
  from row_results results ${inputs}
  where results.batch_id = ${batch.id} and results.state = 'pending' and results.plan = any(${plans})
    ${worthSql(batch.id, plans, plan)} ${rowNos === undefined ? sql`` : sql`and results.row_no = any(${rowNos}::int[])`}
) counted`;
}
