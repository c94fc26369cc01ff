import { type Grant, gdapRoles, type NewGrant } from "../../../contract/authority.ts";
import type { Page, PageQuery } from "../../../contract/paging.ts";
import { Problem } from "../../../contract/problem.ts";
import { inTransaction, type Tx } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import { newId } from "../../../db/new-id.ts";
import type { Actor } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import type { CoreContext } from "../../context.ts";
import { cutPage, unpackCursor } from "../../paging.ts";
import { refuseHigher } from "./refuse-higher.ts";
import { refuseOwn } from "./refuse-own.ts";

type GrantRecord = Omit<Grant, "endsAt" | "createdAt"> & { endsAt: Date; createdAt: Date };

/** Gives a page of the grants at a customer that have not ended, in the order in which they were made. */
export async function listGrants(context: CoreContext, customerId: string, filter: PageQuery): Promise<Page<Grant>> {
  const { db } = context;
  const [after = null] = unpackCursor(filter.cursor, ["id"]) ?? [];
  const where = sql`grants.customer_id = ${customerId} and grants.ends_at > ${context.now()}`;
  const records = await db.sql<GrantRecord[]>`${grantsSql}
    where ${where} ${after === null ? sql`` : sql`and grants.id > ${after}::uuid`}
    order by grants.id limit ${filter.limit + 1}`;
  const page = cutPage(records, filter.limit, (last) => [last.id]);
  const items = page.items.map(grantView);
  if (!filter.count) return { ...page, items };
  const [counted] = await db.sql<{ total: number }[]>`select count(*)::int as total from grants where ${where}`;
  return { ...page, items, total: counted?.total ?? 0 };
}

/** Gives one grant at a customer, or null where there is none. */
export async function getGrant(context: CoreContext, customerId: string, grantId: string): Promise<Grant | null> {
  const [record] = await context.db.sql<GrantRecord[]>`${grantsSql}
    where grants.customer_id = ${customerId} and grants.id = ${grantId}`;
  return record === undefined ? null : grantView(record);
}

const grantsSql = sql`select grants.id, grants.customer_id as "customerId", grants.agent_id as "agentId",
  grants.group_id as "groupId", coalesce(agents.name, agent_groups.name) as holder, grants.role,
  grants.ends_at as "endsAt", grants.created_at as "createdAt", grants.created_by as "createdBy"
  from grants left join agents on agents.id = grants.agent_id left join agent_groups on agent_groups.id = grants.group_id`;

function grantView(record: GrantRecord): Grant {
  return { ...record, endsAt: record.endsAt.toISOString(), createdAt: record.createdAt.toISOString() };
}

/**
 * Grants a role at a customer for so many days, to another agent or to a group that the one who acts is not in. It allows
 * no more than the one who acts may do there.
 * @throws Problem forbidden, grant_exists, body_invalid
 */
export async function makeGrant(
  context: CoreContext,
  actor: Actor,
  customerId: string,
  { agentId, groupId, role, days }: NewGrant,
): Promise<{ id: string }> {
  const id = newId();
  const now = context.now();
  await inTransaction(context.db.pool, async (tx) => {
    refuseOwn(actor, await holders(tx, agentId, groupId));
    await refuseHigher(tx, actor, [{ customerId, role }], now, "nobody gives what they do not hold");
    // One that has run out and was not swept yet is none.
    const holder = { agentId: agentId ?? null, groupId: groupId ?? null };
    await tx.rows(sql`
      delete from grants where customer_id = ${customerId} and role = ${role}
        and agent_id is not distinct from ${holder.agentId}::uuid
        and group_id is not distinct from ${holder.groupId}::uuid and ends_at <= ${now}`);
    const made = await tx.rows(sql`
      insert into grants (id, customer_id, agent_id, group_id, role, ends_at, created_at, created_by)
      values (${id}, ${customerId}, ${holder.agentId}, ${holder.groupId}, ${role},
        ${now} + make_interval(days => ${days}), ${now}, ${actor.name})
      on conflict on constraint grants_once do nothing returning id`);
    if (made.length === 0) {
      const label = gdapRoles[role].label;
      throw new Problem("grant_exists", `A grant of ${label} is under way here. End it first, then make a longer one.`);
    }
    const after = { grantId: id, agentId, groupId, role, days };
    await recordAct(tx, actor, { operation: "make_grant", customerId, after });
    await actor.recordResult?.(tx, id);
  });
  return { id };
}

/**
 * Lets a grant that has not ended last so many days from now on, as if it were made now.
 * @throws Problem not_found, forbidden for who would hold it
 */
export async function renewGrant(
  context: CoreContext,
  actor: Actor,
  customerId: string,
  grantId: string,
  days: number,
): Promise<void> {
  const now = context.now();
  await inTransaction(context.db.pool, async (tx) => {
    const [grant] = await tx.rows<{ agentId: string | null; groupId: string | null; endsAt: Date }>(
      sql`select agent_id as "agentId", group_id as "groupId", ends_at as "endsAt" from grants
       where id = ${grantId} and customer_id = ${customerId} and ends_at > ${now} for update`,
    );
    if (grant === undefined) throw new Problem("not_found", "There is no such grant, or it has ended.");
    refuseOwn(actor, await holders(tx, grant.agentId ?? undefined, grant.groupId ?? undefined));
    await tx.rows(sql`
      update grants set ends_at = ${now} + make_interval(days => ${days}), created_at = ${now}, created_by = ${actor.name}
      where id = ${grantId}`);
    const before = { grantId, endsAt: grant.endsAt.toISOString() };
    await recordAct(tx, actor, { operation: "renew_grant", customerId, before, after: { grantId, days } });
  });
}

/** Ends a grant now. @throws Problem not_found */
export async function endGrant(context: CoreContext, actor: Actor, customerId: string, grantId: string): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    const [before] = await tx.rows<Record<string, unknown>>(
      sql`delete from grants where id = ${grantId} and customer_id = ${customerId}
       returning id as "grantId", agent_id as "agentId", group_id as "groupId", role, ends_at as "endsAt"`,
    );
    if (before === undefined) throw new Problem("not_found", "There is no such grant.");
    await recordAct(tx, actor, { operation: "end_grant", customerId, before });
  });
}

/** The agents whom a grant is for; who is put into the group at the same time waits for this. */
async function holders(tx: Tx, agentId: string | undefined, groupId: string | undefined): Promise<string[]> {
  const found = await tx.rows<{ id: string }>(
    groupId === undefined
      ? sql`select id from agents where id = ${agentId ?? null} for share`
      : sql`select id from agent_groups where id = ${groupId} for share`,
  );
  if (found.length === 0) {
    const column = groupId === undefined ? "agentId" : "groupId";
    const message = `There is no ${groupId === undefined ? "agent" : "group"} ${groupId ?? agentId}.`;
    throw new Problem("body_invalid", message, { errors: [{ column, message }] });
  }
  if (groupId === undefined) return found.map(({ id }) => id);
  const members = await tx.rows<{ id: string }>(
    sql`select agent_id as id from agent_group_members where group_id = ${groupId}`,
  );
  return members.map(({ id }) => id);
}
