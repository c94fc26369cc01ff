import type { PlacedGrant } from "../../../../contract/authority.ts";
import type { Page } from "../../../../contract/paging.ts";
import type { Overview } from "../../../../contract/overview.ts";
import type { Actor } from "../../../actor.ts";
import { listAllGrants } from "../../../access/agents/list-all-grants.ts";
import { readableCustomers } from "../../../access/authority/readable-customers.ts";
import { may } from "../../../access/authority/may.ts";
import type { CoreContext } from "../../../context.ts";
import { sql } from "../../../../db/sql-text.ts";
import { asksOf } from "../../../sql/asks.ts";
import { type Among, amongSql, batchBriefSql, latestBatchesSql } from "./batch-brief.ts";
import { readFailures } from "./read-failures.ts";

const itemsAtMost = 50;
const passwordHours = 48;
const grantDays = 30;

/** Gives what needs somebody at the customers that the actor may read; failures are those of the last `days`. */
export async function readOverview(context: CoreContext, actor: Actor, days: number): Promise<Overview> {
  const readable = await readableCustomers(context, actor, "grant");
  const asks = asksOf(context.db.pool);
  const among: Among = readable === "all" ? null : readable;
  const now = context.now();
  const [failures, waiting, seats, passwords, grants] = await Promise.all([
    readFailures(asks, among, new Date(now.getTime() - days * 86_400_000)),
    asks.rows<Dated<Overview["waiting"][number], "createdAt" | "startAt">>(waitingSql(among)),
    asks.rows<Overview["seats"][number]>(seatsSql(among)),
    asks.rows<Dated<Overview["passwords"][number], "expiresAt">>(
      passwordsSql(among, now, new Date(now.getTime() + passwordHours * 3_600_000)),
    ),
    endingGrants(context, actor),
  ]);
  return {
    failures,
    waiting: waiting.map((one) => ({
      ...one,
      createdAt: one.createdAt.toISOString(),
      startAt: one.startAt?.toISOString() ?? null,
    })),
    seats,
    passwords: passwords.map((one) => ({ ...one, expiresAt: one.expiresAt.toISOString() })),
    grants: grants.items,
  };
}

/** Grants that end soon: all of them for who may renew them, else those of the agent's own; the overview is open to any agent. */
async function endingGrants(context: CoreContext, { authority }: Actor): Promise<Page<PlacedGrant>> {
  const renews = authority.kind === "unrestricted" || may(authority, "manageAgents").allowed;
  const endsBefore = new Date(context.now().getTime() + grantDays * 86_400_000).toISOString();
  const agentId = renews ? undefined : authority.agentId;
  return await listAllGrants(context, { limit: itemsAtMost, count: false, endsBefore, agentId });
}

/** An item as it is read, with times that are Dates. */
type Dated<Item, Times extends keyof Item> = Omit<Item, Times> & {
  [Time in Times]: null extends Item[Time] ? Date | null : Date;
};

const waitingSql = (among: Among) => sql`
select ${batchBriefSql}, batches.start_at as "startAt", batches.stopped_message as stopped
from ${latestBatchesSql(among)} batches join customers on customers.id = batches.customer_id
where batches.state in ('ready', 'awaiting_approval', 'paused', 'scheduled') order by batches.no desc limit ${itemsAtMost}`;

const seatsSql = (among: Among) => sql`
select json_build_object('id', customers.id, 'name', customers.name) as customer, products.sku_id as "skuId",
  products.name, products.total, products.total - products.consumed as available
from products join customers on customers.id = products.customer_id
where ${amongSql(among)} and products.publisher_address is null
  and products.total > 0 and (products.total - products.consumed) * 20 <= products.total
order by (products.total - products.consumed)::float / products.total, customers.name, products.name
limit ${itemsAtMost}`;

const passwordsSql = (among: Among, from: Date, until: Date) => sql`
select json_build_object('id', customers.id, 'name', customers.name) as customer, batches.id as "batchId",
  batches.no as "batchNo", ending.passwords, ending.expires_at as "expiresAt"
from (
  select batch_id, count(*)::int as passwords, min(expires_at) as expires_at from temporary_passwords
  where expires_at > ${from} and expires_at <= ${until} and ${amongSql(among)} group by batch_id
) ending
join batches on batches.id = ending.batch_id join customers on customers.id = batches.customer_id
order by ending.expires_at, batches.no limit ${itemsAtMost}`;
