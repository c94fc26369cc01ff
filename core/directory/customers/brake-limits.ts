import { type BrakeLimits, type CustomerBrakes, usualLimits } from "../../../contract/brakes.ts";
import { Problem } from "../../../contract/problem.ts";
import { inTransaction } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import type { Actor } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import type { CoreContext } from "../../context.ts";
import { type Asks, asksOf } from "../../sql/asks.ts";

/** Under which name of `installation` the limits for all customers lie. */
const allName = "brakes";

/** SQL for the limits for all customers as JSON; null where nobody has set any. */
export const limitsForAllSql = `(select value::jsonb from installation where name = '${allName}')`;

/** Gives the limits for all customers that have none of their own. */
export async function readLimits({ db }: CoreContext): Promise<BrakeLimits> {
  return await limitsForAll(asksOf(db.pool));
}

/** Gives the limits that count at a customer. @throws Problem not_found */
export async function readCustomerBrakes({ db }: CoreContext, customerId: string): Promise<CustomerBrakes> {
  return await brakesOf(asksOf(db.pool), customerId);
}

/** Sets the limits for all customers that have none of their own. */
export async function changeLimits(context: CoreContext, actor: Actor, limits: BrakeLimits): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    const before = await limitsForAll(tx);
    await tx.rows(sql`
      insert into installation (name, value) values (${allName}, ${JSON.stringify(limits)})
      on conflict (name) do update set value = excluded.value`);
    await recordAct(tx, actor, { operation: "change_brakes", customerId: null, before, after: limits });
  });
}

/** Gives a customer limits of its own, or takes them away where `limits` is null. @throws Problem not_found */
export async function changeCustomerBrakes(
  context: CoreContext,
  actor: Actor,
  customerId: string,
  limits: BrakeLimits | null,
): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    await tx.rows(sql`select from customers where id = ${customerId} for update`);
    const before = await brakesOf(tx, customerId);
    const kept = limits === null ? null : JSON.stringify(limits);
    await tx.rows(sql`update customers set brakes = ${kept}::jsonb where id = ${customerId}`);
    const after = await brakesOf(tx, customerId);
    await recordAct(tx, actor, { operation: "change_brakes", customerId, before, after });
  });
}

async function limitsForAll(asks: Asks): Promise<BrakeLimits> {
  const [found] = await asks.rows<{ limits: BrakeLimits | null }>(sql`select ${sql.unsafe(limitsForAllSql)} as limits`);
  return found?.limits ?? usualLimits;
}

async function brakesOf(asks: Asks, customerId: string): Promise<CustomerBrakes> {
  const [found] = await asks.rows<{ own: BrakeLimits | null }>(
    sql`select brakes as own from customers where id = ${customerId}`,
  );
  if (found === undefined) throw new Problem("not_found", "There is no such customer.");
  return { limits: found.own ?? (await limitsForAll(asks)), own: found.own !== null };
}
