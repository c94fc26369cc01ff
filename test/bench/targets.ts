import { inTransaction, type Tx } from "../../db/in-transaction.ts";
import { newId } from "../../db/new-id.ts";
import type { Database } from "../../db/open-database.ts";
import { ended, newCustomer } from "./provision.ts";
import { peopleFile } from "./sample-people.ts";
import { atMost, n, rate } from "./figures.ts";
import type { Served } from "./served.ts";
import type { Line } from "./table.ts";
import { sql, type SqlText } from "../../db/sql-text.ts";

const added = { skuPartNumber: "AAD_PREMIUM", skuId: "078d2b04-f1bd-4111-bbd4-b4b1b354cef4" };
const other = { skuPartNumber: "AAD_PREMIUM_P2", skuId: "84a661c4-e949-4bd2-a560-ed7766fcaf2b" };

/**
 * License changes, deletes and restores, each for `count` users with a license, all that a filter finds: as a batch from
 * request to end, beside plain SQL on as many others.
 */
export async function targetLines(served: Served, db: Database, count: number): Promise<Line[]> {
  const customer = await filledCustomer(served, count);
  const plainId = await plainCustomer(db, count);
  const give = { add: [{ sku: added.skuPartNumber }] };
  const swap = { add: [{ sku: other.skuPartNumber }], remove: [added.skuPartNumber] };
  const steps = [
    { what: "licenses given", json: { operation: "changeLicenses", change: give }, plain: giveSql },
    { what: "licenses swapped", json: { operation: "changeLicenses", change: swap }, plain: swapSql },
    { what: "deletes", json: { operation: "deleteUsers" }, plain: deleteSql },
    { what: "restores", json: { operation: "restoreUsers" }, plain: restoreSql },
  ];
  const lines: Line[] = [];
  for (const { what, json, plain } of steps) {
    const sqlMs = await plainMs(db, plainId, plain(plainId));
    const batchMs = await runMs(served, customer, { ...json, select: { filter: {} } }, count);
    lines.push({
      what: `${n(count)} ${what}, from request to end`,
      figure: rate(count, batchMs),
      ...atMost(2.5, batchMs, sqlMs, "plain SQL"),
    });
  }
  return lines;
}

async function filledCustomer(served: Served, count: number): Promise<string> {
  const { id, domain } = await newCustomer(served, count);
  for (const { skuPartNumber } of [added, other]) {
    await served.ask(`/customers/${id}/products`, { json: { skuPartNumber, total: count } });
  }
  const path = `/customers/${id}/uploads?operation=create-users&apply=true`;
  const batch = await served.upload(path, peopleFile(domain, count));
  await ended(served, batch.id);
  return id;
}

async function runMs(served: Served, customerId: string, json: object, count: number): Promise<number> {
  const started = performance.now();
  const batch = (await served.ask(`/customers/${customerId}/batches`, { json })) as { id: string };
  const totals = await ended(served, batch.id);
  if (totals["succeeded"] !== count) throw new Error(`not all were done: ${JSON.stringify(totals)}`);
  return performance.now() - started;
}

/** A customer with `count` users, each with a license, made by SQL alone. */
async function plainCustomer(db: Database, count: number): Promise<string> {
  const id = newId();
  const first = newId();
  await db.sql`insert into customers (id, name) values (${id}, 'Plain SQL')`;
  await db.sql`insert into products (customer_id, sku_id, sku_part_number, name, total, consumed) values
    (${id}, ${first}, 'FIRST', 'First', ${count}, ${count}), (${id}, ${added.skuId}, 'SECOND', 'Second', ${count}, 0),
    (${id}, ${other.skuId}, 'THIRD', 'Third', ${count}, 0)`;
  await db.sql`
    insert into users (id, customer_id, user_principal_name, display_name, usage_location)
    select gen_random_uuid(), ${id}::uuid, 'plain.' || no || '@plain.example', 'Plain ' || no, 'NL'
    from generate_series(1, ${count}::int) no`;
  await db.sql`insert into license_assignments (user_id, sku_id, customer_id)
    select id, ${first}::uuid, customer_id from users where customer_id = ${id}`;
  await db.sql`vacuum analyze users`;
  return id;
}

async function plainMs(db: Database, customerId: string, statement: SqlText): Promise<number> {
  const started = performance.now();
  await inTransaction(db.pool, async (tx: Tx) => {
    await tx.rows(sql`select from users where customer_id = ${customerId} order by id for update`);
    await tx.rows(statement);
  });
  return performance.now() - started;
}

const recorded = (customerId: string, operation: string, from: string) => sql`
  insert into audit (actor_id, actor_name, customer_id, operation, status, user_id, before)
  select 'bench', 'Bench', ${customerId}, ${operation}, 'succeeded', id, json_build_object('displayName', display_name)
  from ${sql.unsafe(from)}`;

const giveSql = (customerId: string) => sql`
with changed as (
  update users set version = version + 1 where customer_id = ${customerId} returning id, display_name
), given as (
  insert into license_assignments (user_id, sku_id, customer_id) select id, ${added.skuId}, ${customerId} from changed returning 1
), recorded as (${recorded(customerId, "update_customer_user_licenses", "changed")})
update products set consumed = (select count(*) from given) where customer_id = ${customerId} and sku_id = ${added.skuId}`;

const swapSql = (customerId: string) => sql`
with changed as (
  update users set version = version + 1 where customer_id = ${customerId} returning id, display_name
), taken as (
  delete from license_assignments where customer_id = ${customerId} and sku_id = ${added.skuId} returning 1
), given as (
  insert into license_assignments (user_id, sku_id, customer_id) select id, ${other.skuId}, ${customerId} from changed returning 1
), recorded as (${recorded(customerId, "update_customer_user_licenses", "changed")})
update products set consumed = case sku_id when ${other.skuId} then (select count(*) from given)
  else consumed - (select count(*) from taken) end
where customer_id = ${customerId} and sku_id in (${added.skuId}, ${other.skuId})`;

const deleteSql = (customerId: string) => sql`
with changed as (
  update users set deleted_at = now(), version = version + 1 where customer_id = ${customerId} returning id, display_name
), freed as (
  delete from license_assignments where customer_id = ${customerId} returning *
), kept as (
  insert into former_licenses (user_id, sku_id, customer_id, disabled_plans)
  select user_id, sku_id, customer_id, disabled_plans from freed
), recorded as (${recorded(customerId, "delete_customer_user", "changed")})
update products set consumed = 0 where customer_id = ${customerId}`;

const restoreSql = (customerId: string) => sql`
with changed as (
  update users set deleted_at = null, version = version + 1 where customer_id = ${customerId} returning id, display_name
), back as (
  delete from former_licenses where customer_id = ${customerId} returning *
), given as (
  insert into license_assignments (user_id, sku_id, customer_id, disabled_plans)
  select user_id, sku_id, customer_id, disabled_plans from back
), recorded as (${recorded(customerId, "restore_customer_user", "changed")})
update products set consumed = total where customer_id = ${customerId}`;
