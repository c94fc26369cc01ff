import {
  type BrakeLimits,
  type CustomerBrakes,
  type CustomerBrakesWish,
  type LimitsForAll,
  type LimitsWish,
  usualLimits,
} from "../../../contract/brakes.ts";
import { environmentToken } from "../../../contract/environment-token.ts";
import { Problem } from "../../../contract/problem.ts";
import { inTransaction, type Tx } from "../../../db/in-transaction.ts";
import type { KeptAskedLimits } from "../../../db/schema/customers.ts";
import { sql } from "../../../db/sql-text.ts";
import { countAsOne, countsAs } from "../../access/agents/counts-as.ts";
import type { Actor } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import type { CoreContext } from "../../context.ts";
import { type Asks, asksOf } from "../../sql/asks.ts";
import { sameLimits, stricterLimits } from "./weigh-limits.ts";

/** Under which names of `installation` the limits for all customers lie, and looser ones that were asked for. */
const allName = "brakes";
const askedName = "brakes_asked";

const valueSql = (name: string) => `(select value::jsonb from installation where name = '${name}')`;

/** SQL for the limits for all customers as JSON; null where nobody has set any. */
export const limitsForAllSql = valueSql(allName);

/** SQL for the looser limits for all customers that one agent has asked for, as JSON; null where there are none. */
export const askedForAllSql = valueSql(askedName);

type Kept = { limits: BrakeLimits | null; asked: KeptAskedLimits | null };

/** Gives the limits for all customers that have none of their own. */
export async function readLimits({ db }: CoreContext): Promise<LimitsForAll> {
  return forAllView(await keptForAll(asksOf(db.pool)));
}

/** Gives the limits that count at a customer. @throws Problem not_found */
export async function readCustomerBrakes({ db }: CoreContext, customerId: string): Promise<CustomerBrakes> {
  const asks = asksOf(db.pool);
  return customerView(await keptOf(asks, customerId), await keptForAll(asks));
}

/**
 * Sets the limits for all customers that have none of their own. What is stricter than before counts at once. What is looser is
 * asked for, in place of what was asked for before, and counts once another agent agrees (`agree`) to these very limits.
 * @throws Problem limits_changed, approval_own, approval_related, forbidden
 */
export async function changeLimits(
  context: CoreContext,
  actor: Actor,
  { agree, ...wanted }: LimitsWish,
): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    await holdLimits(tx);
    const before = await keptForAll(tx);
    const after = await changed(context, tx, before, actor, { wanted, limits: wanted, forAll: usualLimits, agree });
    await keep(tx, allName, after.limits);
    await keep(tx, askedName, after.asked);
    const [was, is] = [forAllView(before), forAllView(after)];
    await recordAct(tx, actor, { operation: "change_brakes", customerId: null, before: was, after: is });
  });
}

/**
 * Gives a customer limits of its own, or takes them away where they are null. What is looser than before counts only once
 * another agent agrees, as for all customers.
 * @throws Problem not_found, limits_changed, approval_own, approval_related, forbidden
 */
export async function changeCustomerBrakes(
  context: CoreContext,
  actor: Actor,
  customerId: string,
  { limits: wanted, agree }: CustomerBrakesWish,
): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    await holdLimits(tx);
    const before = await keptOf(tx, customerId);
    const all = await keptForAll(tx);
    const forAll = all.limits ?? usualLimits;
    const after = await changed(context, tx, before, actor, { wanted, limits: wanted ?? forAll, forAll, agree });
    await tx.rows(sql`
      update customers set brakes = ${jsonOf(after.limits)}::jsonb, brakes_asked = ${jsonOf(after.asked)}::jsonb
      where id = ${customerId}`);
    const [was, is] = [customerView(before, all), customerView(after, all)];
    await recordAct(tx, actor, { operation: "change_brakes", customerId, before: was, after: is });
  });
}

/** Has those who change limits do so one after the other: each goes by what the one before has left, for all and at a customer. */
async function holdLimits(tx: Tx): Promise<void> {
  await tx.rows(sql`select pg_advisory_xact_lock(hashtextextended('brake limits', 0))`);
}

type Wanted = { wanted: BrakeLimits | null; limits: BrakeLimits; forAll: BrakeLimits; agree: boolean | undefined };

/**
 * What is kept once `actor` has saved `wanted`, which stands for `limits`, or agreed to it; `forAll` are those that count where none
 * are kept.
 * @throws Problem limits_changed, approval_own, approval_related, forbidden
 */
async function changed(
  { now }: CoreContext,
  tx: Tx,
  before: Kept,
  { id, name }: Actor,
  { wanted, limits, forAll, agree = false }: Wanted,
): Promise<Kept> {
  const askedAs = await countsAs(tx, id, now());
  if (agree) {
    requireSecondFor(before.asked, wanted, { id, askedAs });
    return { limits: wanted, asked: null };
  }
  const counted = before.limits ?? forAll;
  const counts = stricterLimits(counted, limits);
  if (sameLimits(counts, limits)) return { limits: wanted, asked: null };
  if (id === environmentToken.id)
    throw new Problem("forbidden", `Looser limits are asked for by an Admin agent. ${noAgent}`);
  return {
    limits: sameLimits(counts, counted) ? before.limits : counts,
    asked: { limits: wanted, by: name, byId: id, askedAs },
  };
}

/** Whoever agrees is another agent than the first, agrees to what they saw, and counts as neither the first nor whom that one counted as. */
function requireSecondFor(
  asked: KeptAskedLimits | null,
  wanted: BrakeLimits | null,
  { id, askedAs }: { id: string; askedAs: string },
): void {
  if (asked === null || !sameWish(asked.limits, wanted)) {
    throw new Problem("limits_changed", "These limits are not asked for, or no more. Look again.");
  }
  // A question of an earlier release may be the token's.
  if ([id, asked.byId].includes(environmentToken.id)) {
    throw new Problem("forbidden", `Looser limits need two Admin agents. ${noAgent}`);
  }
  if (id === asked.byId)
    throw new Problem("approval_own", `${asked.by} asked for these limits; another agent has to agree.`);
  if ([asked.byId, asked.askedAs].includes(askedAs)) {
    throw countAsOne(asked.by, "Looser limits need another Admin agent, who can agree at once.");
  }
}

const noAgent = "The token of the environment is none: sign in as one.";

function sameWish(one: BrakeLimits | null, other: BrakeLimits | null): boolean {
  return one === null || other === null ? one === other : sameLimits(one, other);
}

async function keep(tx: Tx, name: string, value: object | null): Promise<void> {
  if (value === null) await tx.rows(sql`delete from installation where name = ${name}`);
  else {
    await tx.rows(sql`
      insert into installation (name, value) values (${name}, ${JSON.stringify(value)})
      on conflict (name) do update set value = excluded.value`);
  }
}

async function keptForAll(asks: Asks): Promise<Kept> {
  const [found] = await asks.rows<Kept>(
    sql`select ${sql.unsafe(limitsForAllSql)} as limits, ${sql.unsafe(askedForAllSql)} as asked`,
  );
  return found ?? { limits: null, asked: null };
}

async function keptOf(asks: Asks, customerId: string): Promise<Kept> {
  const [found] = await asks.rows<Kept>(
    sql`select brakes as limits, brakes_asked as asked from customers where id = ${customerId}`,
  );
  if (found === undefined) throw new Problem("not_found", "There is no such customer.");
  return found;
}

function forAllView({ limits, asked }: Kept): LimitsForAll {
  return { ...(limits ?? usualLimits), asked: askedView(asked) };
}

function customerView({ limits, asked }: Kept, all: Kept): CustomerBrakes {
  return { limits: limits ?? all.limits ?? usualLimits, own: limits !== null, asked: askedView(asked) };
}

function askedView(asked: KeptAskedLimits | null): CustomerBrakes["asked"] {
  if (asked === null) return null;
  const { limits, by, byId } = asked;
  const note = `${by} has asked for looser limits. They count once another Admin agent agrees.`;
  return { limits, by, byId, note };
}

function jsonOf(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
