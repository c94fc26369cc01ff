import type { Database } from "../../db/open-database.ts";

const counts = ["pending", "succeeded", "unchanged", "partial", "failed", "cancelled"];

/** What must hold at every moment when no chunk is at work; each query gives the rows that break it. */
const checks: Record<string, string> = {
  "consumed seats are the assignments, and no more than there are": `
    select sku_part_number, consumed, total, assigned from products, lateral (
      select count(*) as assigned from license_assignments
      where customer_id = products.customer_id and sku_id = products.sku_id) counted
    where consumed <> assigned or consumed > total`,
  "an active name belongs to one user": `
    select lower(user_principal_name), count(*) from users where deleted_at is null group by 1 having count(*) > 1`,
  "a chunk counts its rows": `
    select chunks.batch_id, chunks.no from chunks, lateral (
      select ${counts.map((state) => `count(*) filter (where state = '${state}') as ${state}`).join(", ")}
      from row_results where batch_id = chunks.batch_id and row_no between row_from and row_to) counted
    where ${counts.map((state) => `chunks.${state} <> counted.${state}`).join(" or ")}`,
  "every row of a file has its result and its chunk": `
    select id from batches where state <> 'rejected' and (
      (select count(*) from rows where batch_id = batches.id) <> (select count(*) from row_results where batch_id = batches.id)
      or (select count(*) from row_results where batch_id = batches.id)
        <> (select sum(${counts.join(" + ")}) from chunks where batch_id = batches.id))`,
  "every row of a file for many customers is in one of its batches, or refused": `
    select bundles.id from bundles where rows <> refused + (
      select count(*) from row_results join batches on batches.id = batch_id where bundle_id = bundles.id)`,
  "an ended batch has nothing pending": `
    select batches.id, no from batches where state in ('finished', 'cancelled') and exists (
      select from chunks where batch_id = batches.id and (pending > 0 or state <> 'done'))`,
  "a row that ended well names its user": `
    select batch_id, row_no from row_results where state in ('succeeded', 'unchanged', 'partial') and not exists (
      select from users where id = row_results.user_id) and not exists (
      select from audit where audit.user_id = row_results.user_id and operation = 'remove_customer_user')`,
  "a deleted user takes no seat": `
    select id from users join license_assignments held on held.user_id = users.id where deleted_at is not null`,
  "what is kept of users is kept of users who are there": `
    select user_id from former_licenses where not exists (select from users where id = former_licenses.user_id)
    union all select user_id from license_assignments where not exists (
      select from users where id = license_assignments.user_id)
    union all select user_id from temporary_passwords where not exists (
      select from users where id = temporary_passwords.user_id)`,
  "a row that did not end well says why": `
    select batch_id, row_no from row_results where state in ('partial', 'failed') and (code is null or message is null)`,
  "a user was created once": `
    select users.id, count(audit.id) from users left join audit
      on audit.user_id = users.id and audit.operation = 'create_customer_user'
    group by users.id having count(audit.id) <> 1`,
  "a user has a temporary password or one of their own": `
    select id from users where not exists (select from temporary_passwords where user_id = users.id)
      and not exists (select from user_passwords where user_id = users.id)`,
  "every license was recorded": `
    select user_id, sku_id from license_assignments where not exists (
      select from audit where audit.user_id = license_assignments.user_id
        and (operation = 'update_customer_user_licenses' or after -> 'added' is not null))`,
};

/** Which invariants of the directory and its batches do not hold, each with an example; none is how it must be. */
export async function brokenInvariants(db: Database): Promise<string[]> {
  const broken = await Promise.all(
    Object.entries(checks).map(async ([name, query]) => {
      const { rows } = await db.pool.query(query);
      return rows.length === 0 ? [] : [`${name}: not so ${rows.length} times, such as ${JSON.stringify(rows[0])}`];
    }),
  );
  return broken.flat();
}
